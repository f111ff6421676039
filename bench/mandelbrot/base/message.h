/* SPDX-License-Identifier: MIT */
/* message.h - what the program says when something is wrong: one line on stderr that begins with
 * its name. Whoever reads what a person wrote uses it. */
#ifndef MANDEL_MESSAGE_H
#define MANDEL_MESSAGE_H

#include <stdbool.h>

/* Room for the text of one message. */
enum { MANDEL_MESSAGE_SIZE = 512 };

/* A text in quotes that fits in the middle of a line, whatever was typed: control characters are
 * shown as '?', and of a long text only the beginning. */
typedef struct mandel_quoted {
    char text[96];
} mandel_quoted;

mandel_quoted mandel_message_quote(const char *text);

/* Writes a message for somebody else to print, and returns false: for readers that end with it. */
bool mandel_message_complain(char message[MANDEL_MESSAGE_SIZE], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes "mandelbrot: ", the text and a newline to stderr in one piece. */
void mandel_message_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
