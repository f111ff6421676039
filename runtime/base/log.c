/* SPDX-License-Identifier: MIT */
/* log.c - the library's only voice. A line is made on the stack and written whole, so that lines
 * of several threads do not mix, and so that it works when memory has run out. */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 1024, DIE_STATUS = 70 };

static const char prefix[] = "par: ";
static const char cut[] = "...";

/* Values from outside are quoted in messages; none of them may end the line or steer a terminal. */
static void replace_control_characters(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c < ' ' || c == 0x7f) {
            text[i] = '?';
        }
    }
}

/* Formats into `line` and returns its length with the newline. */
static size_t make_line(char line[LINE_SIZE], const char *format, va_list arguments)
{
    const size_t start = sizeof prefix - 1;
    const size_t room = LINE_SIZE - start; /* the newline takes the place of the final 0 */
    memcpy(line, prefix, start);
    const int wanted = vsnprintf(line + start, room, format, arguments);
    size_t length = wanted < 0 ? 0 : (size_t)wanted;
    if (wanted < 0) {
        length = (size_t)snprintf(line + start, room, "(a message that cannot be formatted)");
    } else if (length >= room) {
        length = room - 1;
        memcpy(line + start + length - (sizeof cut - 1), cut, sizeof cut - 1);
    }
    replace_control_characters(line + start, length);
    line[start + length] = '\n';
    return start + length + 1;
}

static void write_line(const char *format, va_list arguments)
{
    char line[LINE_SIZE];
    const size_t size = make_line(line, format, arguments);
    ssize_t written;
    do {
        written = write(STDERR_FILENO, line, size);
    } while (written < 0 && errno == EINTR);
}

void ws_log(const char *format, ...)
{
    const int saved = errno;
    va_list arguments;
    va_start(arguments, format);
    write_line(format, arguments);
    va_end(arguments);
    errno = saved;
}

void ws_log_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(format, arguments);
    va_end(arguments);
    _exit(DIE_STATUS);
}
