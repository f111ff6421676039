/* SPDX-License-Identifier: MIT */
/* log.h - the library's only voice: lines on stderr that begin with "par: ". */
#ifndef WS_BASE_LOG_H
#define WS_BASE_LOG_H

/* Writes one line in one call to write(2), without its own newline. Any thread; does not allocate.
 */
void ws_log(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ws_log, then the process ends at once with status 70. For states that cannot be returned from. */
void ws_log_die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
