/* SPDX-License-Identifier: MIT */
/* ref_channel.c - four tasks square numbers that come through one channel and send them into
 * another. */
#include <par/channel.h>
#include <par/scope.h>
#include <stdio.h>

enum { SQUARERS = 4, NUMBERS = 100 };

PAR_CHANNEL_DEFINE(numbers, long);

typedef struct ends {
    numbers_receiver in;
    numbers_sender out;
} ends;

static void square(par_scope *scope, void *arg)
{
    (void)scope;
    const ends *mine = arg;
    PAR_FOR_RECV(long, number, mine->in.end)
    {
        numbers_send(mine->out, number * number);
    }
    numbers_receiver_drop(mine->in);
    numbers_sender_drop(mine->out); /* the last of them ends the loop in run */
}

static void run(par_scope *scope, void *arg)
{
    numbers_sender questions, results;
    numbers_receiver asked, answers;
    if (numbers_create(&questions, &asked, 16) != 0)
        return;
    if (numbers_create(&results, &answers, PAR_UNBOUNDED) != 0)
        return;
    for (int i = 0; i < SQUARERS; i++) {
        const ends copy = {numbers_receiver_clone(asked), numbers_sender_clone(results)};
        par_scope_spawn_copy(scope, square, &copy, sizeof copy);
    }
    numbers_receiver_drop(asked);
    numbers_sender_drop(results);
    for (long i = 1; i <= NUMBERS; i++)
        numbers_send(questions, i); /* waits while 16 are on their way */
    numbers_sender_drop(questions);
    PAR_FOR_RECV(long, number, answers.end)
    {
        *(long *)arg += number;
    }
    numbers_receiver_drop(answers);
}

int main(void)
{
    long sum = 0;
    par_scope_run(run, &sum);
    printf("%ld\n", sum);
    return 0;
}
