/* SPDX-License-Identifier: MIT */
/* message.c - see message.h. */
#include "mandelbrot/base/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

mandel_quoted mandel_message_quote(const char *text)
{
    static const char rest[] = "...";
    mandel_quoted quoted;
    const size_t room = sizeof quoted.text - sizeof "''";
    const bool fits = strlen(text) <= room;
    const size_t shown = fits ? strlen(text) : room - (sizeof rest - 1);
    size_t length = 0;
    quoted.text[length++] = '\'';
    for (size_t i = 0; i < shown; i++) {
        const unsigned char c = (unsigned char)text[i];
        quoted.text[length++] = c < ' ' || c == 0x7f ? '?' : (char)c;
    }
    if (!fits) {
        memcpy(quoted.text + length, rest, sizeof rest - 1);
        length += sizeof rest - 1;
    }
    quoted.text[length++] = '\'';
    quoted.text[length] = '\0';
    return quoted;
}

bool mandel_message_complain(char message[MANDEL_MESSAGE_SIZE], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, MANDEL_MESSAGE_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

void mandel_message_error(const char *format, ...)
{
    static const char name[] = "mandelbrot: ";
    char line[sizeof name + MANDEL_MESSAGE_SIZE];
    memcpy(line, name, sizeof name);
    const size_t room = sizeof line - sizeof name;
    va_list arguments;
    va_start(arguments, format);
    const int wanted = vsnprintf(line + sizeof name - 1, room, format, arguments);
    va_end(arguments);
    size_t length = sizeof name - 1;
    if (wanted > 0)
        length += (size_t)wanted < room ? (size_t)wanted : room - 1;
    line[length++] = '\n';
    /* There is nobody left to tell if this fails. */
    const ssize_t written = write(STDERR_FILENO, line, length);
    (void)written;
}
