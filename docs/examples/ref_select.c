/* SPDX-License-Identifier: MIT */
/* ref_select.c - words come from one channel and a wish to stop from another; what waits too long
 * is told. */
#include <par/scope.h>
#include <par/select.h>
#include <stdio.h>

enum { WORD, STOP, PATIENCE };

typedef struct ends {
    par_sender *words;
    par_sender *stop;
} ends;

static void talk(par_scope *scope, void *arg)
{
    (void)scope;
    const ends *to = arg;
    const char *words[] = {"one", "two", "three"};
    for (int i = 0; i < 3; i++)
        par_send(to->words, &words[i]); /* received before it returns */
    par_send(to->stop, NULL);
    par_sender_drop(to->words); /* they are this task's */
    par_sender_drop(to->stop);
}

static void listen(par_receiver *words, par_receiver *stop)
{
    const char *word = NULL;
    par_receiver *patience = par_after(PAR_S(60));
    par_select_case cases[] = {[WORD] = PAR_SELECT_RECV(words, &word),
                               [STOP] = PAR_SELECT_RECV(stop, NULL),
                               [PATIENCE] = PAR_SELECT_RECV(patience, &(par_deadline){0})};
    size_t chosen = WORD;
    while (chosen == WORD && par_select(cases, 3, PAR_FOREVER, NULL, 0, &chosen) == 0) {
        if (chosen == WORD)
            puts(word);
    }
    puts(chosen == STOP ? "stopped" : "out of patience");
    par_receiver_drop(patience);
}

static void run(par_scope *scope, void *arg)
{
    (void)arg;
    par_receiver *words, *stop;
    ends to;
    par_channel_options of_words = PAR_CHANNEL_OPTIONS_INIT;
    of_words.element_size = sizeof(const char *);
    par_channel_options of_nothing = PAR_CHANNEL_OPTIONS_INIT;
    if (par_channel_create(&to.words, &words, &of_words) != 0)
        return;
    if (par_channel_create(&to.stop, &stop, &of_nothing) == 0) {
        if (par_scope_spawn_copy(scope, talk, &to, sizeof to) == 0) {
            listen(words, stop);
        } else {
            par_sender_drop(to.words);
            par_sender_drop(to.stop);
        }
        par_receiver_drop(stop);
    } else {
        par_sender_drop(to.words);
    }
    par_receiver_drop(words);
}

int main(void)
{
    par_scope_run(run, NULL);
    return 0;
}
