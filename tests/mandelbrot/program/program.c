/* SPDX-License-Identifier: MIT */
/* program.c - see program.h. MANDELBROT_PROGRAM is the path of the program. */
#include "mandelbrot/program/program.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void need(bool condition, const char *what)
{
    if (condition)
        return;
    perror(what);
    abort();
}

/* Never returns. */
static void become(const program *p, const folder *f, const char *const arguments[],
                   program_setup_fn *setup)
{
    char name[] = MANDELBROT_PROGRAM;
    char *argv[PROGRAM_MOST_WORDS + 2] = {name};
    for (int i = 0; arguments[i] != NULL; i++) {
        need(i < PROGRAM_MOST_WORDS, "too many arguments");
        argv[i + 1] = strdup(arguments[i]);
    }
    need(dup2(fileno(p->out_file), STDOUT_FILENO) >= 0, "dup2");
    need(dup2(fileno(p->err_file), STDERR_FILENO) >= 0, "dup2");
    need(chdir(f->path) == 0, f->path);
    if (setup != NULL)
        setup();
    execv(name, argv);
    perror(name);
    _exit(127);
}

program program_start(const folder *f, const char *const arguments[], program_setup_fn *setup)
{
    program p = {.out_file = tmpfile(), .err_file = tmpfile()};
    need(p.out_file != NULL && p.err_file != NULL, "tmpfile");
    p.pid = fork();
    need(p.pid >= 0, "fork");
    if (p.pid == 0)
        become(&p, f, arguments, setup);
    return p;
}

static char *collect(FILE *file, size_t *n)
{
    const long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    need(size >= 0, "ftell");
    char *const text = malloc((size_t)size + 1);
    need(text != NULL, "malloc");
    rewind(file);
    *n = fread(text, 1, (size_t)size, file);
    text[*n] = '\0';
    fclose(file);
    return text;
}

void program_finish(program *p)
{
    int status = 0;
    struct rusage used;
    need(wait4(p->pid, &status, 0, &used) == p->pid, "wait4");
    p->peak = (size_t)used.ru_maxrss * 1024;
    p->status = WIFSIGNALED(status) ? PROGRAM_SIGNALED + WTERMSIG(status) : WEXITSTATUS(status);
    p->out = collect(p->out_file, &p->n_out);
    p->err = collect(p->err_file, &p->n_err);
}

program program_run_with(const folder *f, const char *words, program_setup_fn *setup)
{
    char *const text = strdup(words);
    const char *arguments[PROGRAM_MOST_WORDS + 1] = {NULL};
    int n = 0;
    char *rest = NULL;
    for (char *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        need(n < PROGRAM_MOST_WORDS, "too many words");
        arguments[n++] = word;
    }
    program p = program_start(f, arguments, setup);
    program_finish(&p);
    free(text);
    return p;
}

program program_run(const folder *f, const char *words)
{
    return program_run_with(f, words, NULL);
}

void program_free(program *p)
{
    free(p->out);
    free(p->err);
    *p = (program){0};
}

bool program_complained(const program *p)
{
    const char *const end = strchr(p->err, '\n');
    return strncmp(p->err, "mandelbrot: ", 12) == 0 && end != NULL && end[1] == '\0';
}
