/* SPDX-License-Identifier: MIT */
/* output_test.c - a file is there as a whole or not at all. */
#include "mandelbrot/base/output.h"

#include "mandelbrot/base/folder.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void expect_content(const char *path, const char *text)
{
    size_t n;
    uint8_t *const bytes = folder_read(path, &n);
    cr_assert_not_null(bytes, "%s is not there", path);
    cr_assert_str_eq((const char *)bytes, text);
    cr_assert_eq(n, strlen(text));
    free(bytes);
}

/* Writes a file through an output. */
static int write_through(const char *path, const char *text, size_t *bytes)
{
    mandel_output output;
    const int error = mandel_output_open(&output, path);
    if (error != 0)
        return error;
    cr_assert_geq(fputs(text, output.stream), 0);
    return mandel_output_commit(&output, bytes);
}

Test(output, a_new_file_appears_when_it_is_complete)
{
    folder f = folder_make();
    const char *const path = folder_path(&f, "new.txt");
    mandel_output output;
    cr_assert_eq(mandel_output_open(&output, path), 0);
    cr_assert_eq(access(path, F_OK), -1);
    cr_assert_eq(folder_files(&f), 1);
    fputs("all of it", output.stream);
    size_t bytes = 0;
    cr_assert_eq(mandel_output_commit(&output, &bytes), 0);
    cr_assert_eq(bytes, 9);
    expect_content(path, "all of it");
    cr_assert_eq(folder_files(&f), 1);
    folder_remove(&f);
}

Test(output, a_discarded_file_leaves_nothing)
{
    folder f = folder_make();
    mandel_output output;
    cr_assert_eq(mandel_output_open(&output, folder_path(&f, "new.txt")), 0);
    fputs("half of", output.stream);
    mandel_output_discard(&output);
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

Test(output, an_old_file_is_kept_until_then)
{
    folder f = folder_make();
    const char *const path = folder_path(&f, "old.txt");
    folder_write(path, "old");
    mandel_output output;
    cr_assert_eq(mandel_output_open(&output, path), 0);
    fputs("new", output.stream);
    fflush(output.stream);
    expect_content(path, "old");
    mandel_output_discard(&output);
    expect_content(path, "old");
    cr_assert_eq(write_through(path, "newer", NULL), 0);
    expect_content(path, "newer");
    cr_assert_eq(folder_files(&f), 1);
    folder_remove(&f);
}

static mode_t mode_of(const char *path)
{
    struct stat info;
    cr_assert_eq(lstat(path, &info), 0);
    return info.st_mode;
}

Test(output, permissions_are_those_of_the_old_file_or_of_any_new_one)
{
    folder f = folder_make();
    const char *const path = folder_path(&f, "file");
    umask(027);
    cr_assert_eq(write_through(path, "1", NULL), 0);
    cr_assert_eq(mode_of(path) & 0777, 0640);
    cr_assert_eq(chmod(path, 0604), 0);
    cr_assert_eq(write_through(path, "2", NULL), 0);
    cr_assert_eq(mode_of(path) & 0777, 0604);
    cr_assert_eq(umask(022), 027);
    folder_remove(&f);
}

Test(output, a_link_stays_a_link)
{
    folder f = folder_make();
    const char *const path = folder_path(&f, "file");
    const char *const link = folder_path(&f, "link");
    folder_write(path, "old");
    cr_assert_eq(symlink("file", link), 0);
    cr_assert_eq(write_through(link, "new", NULL), 0);
    cr_assert(S_ISLNK(mode_of(link)));
    expect_content(path, "new");
    cr_assert_eq(folder_files(&f), 2);
    folder_remove(&f);
}

Test(output, what_cannot_be_written_is_told)
{
    folder f = folder_make();
    const char *const path = folder_path(&f, "file");
    folder_write(path, "old");
    cr_assert_eq(write_through("", "x", NULL), ENOENT);
    cr_assert_eq(write_through(f.path, "x", NULL), EISDIR);
    cr_assert_eq(write_through(folder_path(&f, "no/file"), "x", NULL), ENOENT);
    cr_assert_eq(write_through(folder_path(&f, "new/"), "x", NULL), ENOENT);
    cr_assert_eq(write_through(folder_path(&f, "file/below"), "x", NULL), ENOTDIR);
    char *const longest = calloc(1, 100000);
    cr_assert_not_null(longest);
    memset(longest, 'x', 99999);
    cr_assert_eq(write_through(longest, "x", NULL), ENAMETOOLONG);
    free(longest);
    expect_content(path, "old");
    cr_assert_eq(folder_files(&f), 1);
    folder_remove(&f);
}

Test(output, a_name_of_the_greatest_length_is_fine)
{
    folder f = folder_make();
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    const char *const path = folder_path(&f, name);
    cr_assert_eq(write_through(path, "text", NULL), 0);
    expect_content(path, "text");
    folder_remove(&f);
}

Test(output, devices_are_written_to_and_not_replaced)
{
    cr_assert_eq(write_through("/dev/null", "text", NULL), 0);
    cr_assert(S_ISCHR(mode_of("/dev/null")));
    cr_assert_eq(write_through("/dev/full", "text", NULL), ENOSPC);
    cr_assert(S_ISCHR(mode_of("/dev/full")));
}

Test(output, standard_output_is_a_stream_of_its_own)
{
    folder f = folder_make();
    const char *const path = folder_path(&f, "stdout");
    const int before = dup(STDOUT_FILENO);
    const int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    cr_assert(fd >= 0 && dup2(fd, STDOUT_FILENO) == STDOUT_FILENO);
    const int error = write_through("-", "to standard output", NULL);
    const bool still_open = fcntl(STDOUT_FILENO, F_GETFD) >= 0;
    dup2(before, STDOUT_FILENO);
    close(before);
    close(fd);
    cr_assert_eq(error, 0);
    cr_assert(still_open);
    expect_content(path, "to standard output");
    folder_remove(&f);
}

/* Ends a process by a signal while its output is open; returns how it ended. */
static int end_by(int number, const char *path)
{
    const pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        mandel_output output;
        if (mandel_output_open(&output, path) != 0)
            _exit(99);
        fputs("half of", output.stream);
        fflush(output.stream);
        raise(number);
        _exit(98);
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    return status;
}

Test(output, a_signal_ends_the_program_and_leaves_nothing)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
    folder f = folder_make();
    const char *const path = folder_path(&f, "file");
    folder_write(path, "old");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        signal(numbers[i], SIG_DFL);
        const int status = end_by(numbers[i], path);
        cr_assert(WIFSIGNALED(status), "signal %d: status %d", numbers[i], status);
        cr_assert_eq(WTERMSIG(status), numbers[i]);
        expect_content(path, "old");
        cr_assert_eq(folder_files(&f), 1, "signal %d", numbers[i]);
    }
    folder_remove(&f);
}

Test(output, an_ignored_signal_stays_ignored)
{
    folder f = folder_make();
    signal(SIGHUP, SIG_IGN);
    const int status = end_by(SIGHUP, folder_path(&f, "file"));
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 98);
    folder_remove(&f);
}
