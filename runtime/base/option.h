/* SPDX-License-Identifier: MIT */
/* option.h - the table of every tunable: one row per PAR_* variable with its default, range and
 * meaning, and its strict reader. Knows what a value may look like, not what it does.
 *
 * O1  The environment is read once, through secure_getenv; later changes of it are not seen.
 * O2  A value that is not wholly understood is reported once on stderr, with its name, the accepted
 *     form and the default that is used instead. An empty value is as none.
 * O3  Precedence: a call's option, then the environment, then the default. */
#ifndef WS_BASE_OPTION_H
#define WS_BASE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(identifier, variable, kind, default, minimum, maximum, words, meaning)
 * kind: NUMBER (minimum..maximum, or one of the words), SIZE (bytes, with K, M, G), WORD (one of
 * the words; its value is the word's position), TEXT (free). `words` is a |-separated list; a word
 * of a NUMBER stands for `default`. */
#define WS_OPTIONS(X)                                                                              \
    X(NUM_THREADS, "PAR_NUM_THREADS", NUMBER, 0, 1, 4096, "auto",                                  \
      "threads of a pool; auto: one per core this process may use")                                \
    X(AFFINITY, "PAR_AFFINITY", WORD, 0, 0, 2, "auto|none|core",                                   \
      "binding of threads to cores; auto: if they fill the machine and nothing narrows it")        \
    X(SMT, "PAR_SMT", WORD, 0, 0, 1, "0|1", "use both hardware threads of a core")                 \
    X(WAIT, "PAR_WAIT", WORD, 0, 0, 1, "descendants|any", "what a waiting join may run")           \
    X(SPIN_US, "PAR_SPIN_US", NUMBER, 50, 0, 1000000, "",                                          \
      "microseconds an idle thread looks for work before it sleeps")                               \
    X(MAX_SPARES, "PAR_MAX_SPARES", NUMBER, 64, 0, 65536, "",                                      \
      "threads kept for the cores of threads that wait")                                           \
    X(FENCE, "PAR_FENCE", WORD, 0, 0, 1, "auto|full",                                              \
      "who pays for ordering; auto: the idle, through membarrier, where the system has it")        \
    X(STACK_SIZE, "PAR_STACK_SIZE", SIZE, 0, 65536, 1099511627776, "auto",                         \
      "bytes of stack of each thread; auto: the system's default")                                 \
    X(GRAIN, "PAR_GRAIN", NUMBER, 0, 1, 1099511627776, "auto",                                     \
      "largest piece of a loop that names none; auto: by the time pieces take")                    \
    X(STATS, "PAR_STATS", WORD, 0, 0, 2, "0|1|json", "print counters of the default pool at exit") \
    X(TOPOLOGY, "PAR_TOPOLOGY", TEXT, 0, 0, 0, "",                                                 \
      "machine to assume: an hwloc synthetic description or the path of an XML file")              \
    X(DISPLAY_ENV, "PAR_DISPLAY_ENV", WORD, 0, 0, 1, "0|1", "print this table at start")

typedef enum ws_option {
#define X(id, variable, kind, value, minimum, maximum, words, meaning) WS_OPTION_##id,
    WS_OPTIONS(X)
#undef X
        WS_OPTION_COUNT
} ws_option;

/* The value in force: the environment's, else the default. Reads the environment at first use, and
 * then reports every bad value and every unknown PAR_ name within two letters of a row. Any thread.
 */
int64_t ws_option_get(ws_option option);

/* The text of a TEXT row, NULL if not set. */
const char *ws_option_text(ws_option option);

/* Whether the environment set it (and the value was good). */
bool ws_option_from_environment(ws_option option);

/* Whether `value` is one that the row accepts. */
bool ws_option_accepts(ws_option option, int64_t value);

/* Writes the table to `buffer` as snprintf would: variable, value, where it came from, meaning. */
size_t ws_option_print(char *buffer, size_t size);

/* What the row accepts ("a number from 1 to 4096, or auto"), and its default as the environment
 * would say it; both as snprintf. */
size_t ws_option_form(ws_option option, char *buffer, size_t size);
size_t ws_option_default(ws_option option, char *buffer, size_t size);

/* Parses `text` as the row would. True and *value, or false. For tests and the reader. */
bool ws_option_parse(ws_option option, const char *text, int64_t *value);

/* Forgets what was read, so that a test can set the environment and read again. */
void ws_option_reset(void);

#endif
