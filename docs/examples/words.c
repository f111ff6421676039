/* SPDX-License-Identifier: MIT */
/* words.c - an index of words, built by three stages that run at the same time. */
#include <par/channel.h>
#include <par/scope.h>
#include <stdio.h>
#include <string.h>

typedef struct word {
    char text[16];
    int line;
} word;

PAR_CHANNEL_DEFINE(lines, const char *);
PAR_CHANNEL_DEFINE(words, word);

static const char *const poem[] = {"the owl and the cat", "went to sea", "the sea was calm"};

typedef struct splitting {
    lines_receiver in;
    words_sender out;
} splitting;

static void split(par_scope *scope, void *arg)
{
    (void)scope;
    const splitting *stage = arg;
    int number = 0;
    PAR_FOR_RECV(const char *, line, stage->in.end)
    {
        number++;
        while (*line != '\0') {
            word next = {.line = number};
            const size_t length = strcspn(line, " ");
            memcpy(next.text, line, length);
            if (words_send(stage->out, next) != 0)
                break; /* nobody wants words any more */
            line += length + strspn(line + length, " ");
        }
    }
    lines_receiver_drop(stage->in);
    words_sender_drop(stage->out);
}

static void run(par_scope *scope, void *arg)
{
    (void)arg;
    lines_sender to_split;
    words_sender to_print;
    words_receiver from_split;
    splitting stage;
    if (lines_create(&to_split, &stage.in, 2) != 0)
        return;
    if (words_create(&to_print, &from_split, 8) != 0)
        return;
    stage.out = to_print;
    if (par_scope_spawn_copy(scope, split, &stage, sizeof stage) != 0)
        return;
    for (size_t i = 0; i < sizeof poem / sizeof poem[0]; i++)
        lines_send(to_split, poem[i]);
    lines_sender_drop(to_split); /* closes: the splitter ends, and so do its words */
    PAR_FOR_RECV(word, next, from_split.end)
    {
        printf("%d %s\n", next.line, next.text);
    }
    words_receiver_drop(from_split);
}

int main(void)
{
    par_scope_run(run, NULL);
    return 0;
}
