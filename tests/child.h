/* SPDX-License-Identifier: MIT */
/* child.h - runs the calling program again with other arguments and environment, and keeps what it
 * wrote and how it ended. For what only a whole process can show. */
#ifndef TESTS_CHILD_H
#define TESTS_CHILD_H

#include "support.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILD_TEXT = 65536 };

typedef struct child_end {
    int status; /* as waitpid gives it */
    char out[CHILD_TEXT];
    char err[CHILD_TEXT];
} child_end;

/* Moves what was written to `file` into `text`. */
static inline void child_read(char *text, int file)
{
    const ssize_t n = pread(file, text, CHILD_TEXT - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    close(file);
}

static inline void child_exec(const char *const *arguments, const char *const *environment, int out,
                              int err)
{
    const char *argv[16] = {"/proc/self/exe"};
    for (size_t i = 0; i < 14 && arguments[i] != NULL; i++)
        argv[i + 1] = arguments[i];
    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++)
        putenv((char *)(uintptr_t)environment[i]);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

/* Runs this program with `arguments`, and with `environment` ("NAME=value") added to its own; both
 * end with NULL. The calling process has no other thread. NULL, or what went wrong. */
static inline const char *child_run(child_end *end, const char *const *arguments,
                                    const char *const *environment)
{
    const int out = memfd_create("out", 0);
    const int err = memfd_create("err", 0);
    if (out < 0 || err < 0)
        return wrong("no place for output: %s", strerror(errno));
    const pid_t pid = fork();
    if (pid == 0)
        child_exec(arguments, environment, out, err);
    const bool ended = pid > 0 && waitpid(pid, &end->status, 0) == pid;
    child_read(end->out, out);
    child_read(end->err, err);
    return ended ? NULL : wrong("no child: %s", strerror(errno));
}

/* NULL if the child ended by exit(code). */
static inline const char *child_judge(const child_end *end, int code)
{
    if (WIFEXITED(end->status) && WEXITSTATUS(end->status) == code)
        return NULL;
    return wrong("%s %d instead of exit %d; stderr: %.200s",
                 WIFSIGNALED(end->status) ? "signal" : "exit",
                 WIFSIGNALED(end->status) ? WTERMSIG(end->status) : WEXITSTATUS(end->status), code,
                 end->err);
}

static inline size_t child_lines(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

#endif
