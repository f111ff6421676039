/* SPDX-License-Identifier: MIT */
/* output.c - see output.h. */
#include "mandelbrot/base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char pattern[] = ".mandelbrot-XXXXXX";

/* The name of the temporary file, while is_temporary says that there is one. Static because the
 * signal's handler reads it, on whichever thread it runs. */
static char temporary[PATH_MAX];
static atomic_bool is_temporary;

static void on_signal(int number)
{
    if (is_temporary)
        unlink(temporary);
    /* The handler was installed for one signal only, so this one has its usual effect. */
    raise(number);
}

/* Signals that end a program and can be handled. What the caller had ignored stays ignored. */
static void guard(void)
{
    static const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
        struct sigaction action;
        if (sigaction(deadly[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
            continue;
        memset(&action, 0, sizeof action);
        action.sa_handler = on_signal;
        action.sa_flags = (int)SA_RESETHAND;
        sigemptyset(&action.sa_mask);
        sigaction(deadly[i], &action, NULL);
    }
}

static int stream_of(int fd, FILE **stream)
{
    *stream = fdopen(fd, "wb");
    if (*stream != NULL)
        return 0;
    const int error = errno;
    close(fd);
    return error;
}

/* Opens what is there already and is no regular file. */
static int open_directly(const char *file, FILE **stream)
{
    const int fd = open(file, O_WRONLY | O_CLOEXEC);
    return fd < 0 ? errno : stream_of(fd, stream);
}

static int open_standard(FILE **stream)
{
    /* What stands in for a stream that was closed can only be read. */
    if ((fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE) == O_RDONLY)
        return EBADF;
    const int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return fd < 0 ? errno : stream_of(fd, stream);
}

/* The temporary name is in the same folder, so that renaming is one step. */
static int name_temporary(const char *target)
{
    const char *const slash = strrchr(target, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - target) + 1;
    if (folder + sizeof pattern > sizeof temporary)
        return ENAMETOOLONG;
    memcpy(temporary, target, folder);
    memcpy(temporary + folder, pattern, sizeof pattern);
    return 0;
}

static int open_temporary(const char *target, mode_t mode, FILE **stream)
{
    const int error = name_temporary(target);
    if (error != 0)
        return error;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    guard();
    const int fd = mkostemp(temporary, O_CLOEXEC);
    const int failure = errno;
    is_temporary = fd >= 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (fd < 0)
        return failure;
    if (fchmod(fd, mode) == 0)
        return stream_of(fd, stream);
    const int refused = errno;
    close(fd);
    return refused;
}

static void remove_temporary(void)
{
    if (!is_temporary)
        return;
    unlink(temporary);
    is_temporary = false;
}

/* The permissions that a file gets which did not exist. */
static mode_t mode_of_new_files(void)
{
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Opens a regular file, or one that does not exist, by way of a temporary one. */
static int open_by_rename(mandel_output *output, const char *file, const struct stat *old)
{
    if (old != NULL && access(file, W_OK) != 0)
        return errno;
    /* Through symbolic links, so that the file is replaced and not the link. */
    output->target = old != NULL ? realpath(file, NULL) : strdup(file);
    if (output->target == NULL)
        return errno;
    const mode_t mode = old != NULL ? old->st_mode & 0777 : mode_of_new_files();
    const int error = open_temporary(output->target, mode, &output->stream);
    if (error == 0)
        return 0;
    remove_temporary();
    free(output->target);
    output->target = NULL;
    return error;
}

int mandel_output_open(mandel_output *output, const char *file)
{
    *output = (mandel_output){0};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (strcmp(file, "-") == 0)
        return open_standard(&output->stream);
    struct stat old;
    if (stat(file, &old) == 0)
        return S_ISREG(old.st_mode) ? open_by_rename(output, file, &old)
                                    : open_directly(file, &output->stream);
    return errno == ENOENT ? open_by_rename(output, file, NULL) : errno;
}

/* Closes the stream, whatever happens. Returns the first error. */
static int finish(FILE *stream, size_t *bytes)
{
    struct stat written;
    int error = fflush(stream) == 0 ? 0 : errno;
    if (bytes != NULL)
        *bytes = fstat(fileno(stream), &written) == 0 ? (size_t)written.st_size : 0;
    if (fclose(stream) != 0 && error == 0)
        error = errno;
    return error;
}

int mandel_output_commit(mandel_output *output, size_t *bytes)
{
    int error = finish(output->stream, bytes);
    if (error == 0 && output->target != NULL && rename(temporary, output->target) != 0)
        error = errno;
    if (error == 0)
        is_temporary = false;
    remove_temporary();
    free(output->target);
    *output = (mandel_output){0};
    return error;
}

void mandel_output_discard(mandel_output *output)
{
    fclose(output->stream);
    remove_temporary();
    free(output->target);
    *output = (mandel_output){0};
}
