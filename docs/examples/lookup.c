/* SPDX-License-Identifier: MIT */
/* lookup.c - two ways to look something up are tried at once; the first answer counts, and nobody
 * waits longer than a minute. */
#include <par/scope.h>
#include <par/select.h>
#include <stdio.h>

PAR_CHANNEL_DEFINE(answers, int);

static void ask_cache(par_scope *scope, void *arg)
{
    (void)scope;
    const answers_sender *to = arg;
    answers_sender_drop(*to); /* does not know */
}

static void ask_table(par_scope *scope, void *arg)
{
    (void)scope;
    const answers_sender *to = arg;
    answers_send(*to, 42);
    answers_sender_drop(*to);
}

static int first_answer(answers_receiver cache, answers_receiver table)
{
    int answer = -1;
    const par_deadline deadline = par_in(PAR_S(60));
    par_select_case cases[] = {PAR_SELECT_RECV(cache.end, &answer),
                               PAR_SELECT_RECV(table.end, &answer)};
    size_t chosen = 0;
    while (par_select(cases, 2, deadline, NULL, 0, &chosen) == 0) {
        if (cases[chosen].result == 0)
            return answer;
        cases[chosen].receiver = NULL; /* closed: from now on only the other */
    }
    return -1;
}

static void run(par_scope *scope, void *arg)
{
    answers_sender to[2];
    answers_receiver from[2];
    if (answers_create(&to[0], &from[0], 1) != 0 || answers_create(&to[1], &from[1], 1) != 0)
        return;
    par_scope_spawn_copy(scope, ask_cache, &to[0], sizeof to[0]);
    par_scope_spawn_copy(scope, ask_table, &to[1], sizeof to[1]);
    *(int *)arg = first_answer(from[0], from[1]);
    answers_receiver_drop(from[0]);
    answers_receiver_drop(from[1]);
}

int main(void)
{
    int answer = 0;
    par_scope_run(run, &answer);
    printf("%d\n", answer);
    return 0;
}
