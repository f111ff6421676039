/* SPDX-License-Identifier: MIT */
/* log_test.c - the form of the library's lines: whole, one write each, nothing but text in them. */
#include "base/log.h"

#include "tests/base/capture.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <wchar.h>

Test(log, writes_one_line_with_the_prefix)
{
    const capture c = capture_begin();
    ws_log("%s is %d", "answer", 42);
    char *const text = capture_end(c);
    cr_expect_str_eq(text, "par: answer is 42\n");
    free(text);
}

Test(log, an_empty_message_is_a_line)
{
    const capture c = capture_begin();
    ws_log("%s", "");
    char *const text = capture_end(c);
    cr_expect_str_eq(text, "par: \n");
    free(text);
}

Test(log, a_value_cannot_break_the_line_or_steer_the_terminal)
{
    const capture c = capture_begin();
    ws_log("value \"%s\"", "a\nb\r\x1b[2J\x7f\tü");
    char *const text = capture_end(c);
    cr_expect_str_eq(text, "par: value \"a?b??[2J??ü\"\n");
    free(text);
}

/* The longest message that fits is whole; one letter more is cut, visibly. */
Test(log, long_messages_are_cut_at_a_known_length)
{
    enum { LONGEST = 1024 - 6 };
    char message[LONGEST + 2];
    memset(message, 'x', sizeof message);
    message[LONGEST] = '\0';

    capture c = capture_begin();
    ws_log("%s", message);
    char *text = capture_end(c);
    cr_expect_eq(strlen(text), 1024u, "%zu", strlen(text));
    cr_expect_eq(strstr(text, "..."), NULL);
    free(text);

    message[LONGEST] = 'x';
    message[LONGEST + 1] = '\0';
    c = capture_begin();
    ws_log("%s", message);
    text = capture_end(c);
    cr_expect_eq(strlen(text), 1024u, "%zu", strlen(text));
    cr_expect_str_eq(text + 1024 - 5, "x...\n");
    free(text);
}

/* A packet socket shows the writes as they were made. */
Test(log, each_line_is_one_write)
{
    int ends[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    const int saved = dup(STDERR_FILENO);
    dup2(ends[0], STDERR_FILENO);
    ws_log("first %d", 1);
    ws_log("second");
    dup2(saved, STDERR_FILENO);

    char packet[64] = "";
    ssize_t length = recv(ends[1], packet, sizeof packet - 1, 0);
    cr_expect_eq(length, 13);
    cr_expect_str_eq(packet, "par: first 1\n");
    memset(packet, 0, sizeof packet);
    length = recv(ends[1], packet, sizeof packet - 1, 0);
    cr_expect_eq(length, 12);
    cr_expect_str_eq(packet, "par: second\n");
}

Test(log, errno_stays_as_it_was)
{
    const int saved = dup(STDERR_FILENO);
    close(STDERR_FILENO);
    errno = ENOMEM;
    ws_log("nobody reads this");
    const int after = errno;
    dup2(saved, STDERR_FILENO);
    cr_expect_eq(after, ENOMEM, "errno is %d", after);
}

Test(log, a_message_that_cannot_be_formatted_is_still_a_line)
{
    const wchar_t invalid[] = {(wchar_t)0xd800, 0};
    const capture c = capture_begin();
    ws_log("%ls", invalid);
    char *const text = capture_end(c);
    cr_expect_str_eq(text, "par: (a message that cannot be formatted)\n");
    free(text);
}

static void say_that_exit_handlers_ran(void)
{
    static const char message[] = "an exit handler ran\n";
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
}

/* Ends a child by ws_log_die. */
static pid_t start_dying_child(int stderr_end)
{
    const pid_t child = fork();
    if (child == 0) {
        dup2(stderr_end, STDERR_FILENO);
        atexit(say_that_exit_handlers_ran);
        ws_log_die("state %s is impossible", "X");
    }
    return child;
}

Test(log, die_says_why_and_ends_with_status_70_without_exit_handlers)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    const pid_t child = start_dying_child(ends[1]);
    cr_assert_gt(child, 0);
    close(ends[1]);
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status));
    cr_expect_eq(WEXITSTATUS(status), 70);
    char text[128] = "";
    const ssize_t length = read(ends[0], text, sizeof text - 1);
    cr_expect_gt(length, 0);
    cr_expect_str_eq(text, "par: state X is impossible\n");
}
