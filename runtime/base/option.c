/* SPDX-License-Identifier: MIT */
/* option.c - reads the PAR_* variables strictly against the table of option.h. Everything happens
 * once, under `once`; afterwards the values are constant, so readers need no lock. */
#include "base/option.h"

#include "base/log.h"
#include "base/text.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

enum {
    VALUE_SIZE = 32,    /* of a value that is not free text */
    FORM_SIZE = 128,    /* of the sentence about what a row accepts */
    TYPING_MISTAKES = 2 /* letters by which a name may miss the one that was meant */
};

typedef enum kind { KIND_NUMBER, KIND_SIZE, KIND_WORD, KIND_TEXT } kind;

typedef struct row {
    const char *variable;
    kind kind;
    int64_t value;
    int64_t minimum;
    int64_t maximum;
    const char *words;
    const char *meaning;
} row;

static const row rows[WS_OPTION_COUNT] = {
#define X(id, variable, kind, value, minimum, maximum, words, meaning)                             \
    {variable, KIND_##kind, value, minimum, maximum, words, meaning},
    WS_OPTIONS(X)
#undef X
};

typedef struct setting {
    int64_t value;
    char *text; /* of a TEXT row: owned, or NULL */
    bool from_environment;
} setting;

static const pthread_once_t fresh = PTHREAD_ONCE_INIT;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static setting settings[WS_OPTION_COUNT];

/* ---- values --------------------------------------------------------------------------------- */

/* Takes the next word of a row's list; empty at the end. */
static ws_text next_word(ws_text *words)
{
    return ws_text_next(words, '|');
}

static ws_text all_words(const row *r)
{
    return (ws_text){r->words, strlen(r->words)};
}

/* The position of `text` among the row's words, or -1. */
static int64_t find_word(const row *r, ws_text text)
{
    ws_text words = all_words(r);
    for (int64_t position = 0; words.length > 0; position++) {
        if (ws_text_same(next_word(&words), text)) {
            return position;
        }
    }
    return -1;
}

static ws_text word_at(const row *r, int64_t position)
{
    ws_text words = all_words(r);
    ws_text word = next_word(&words);
    while (position-- > 0) {
        word = next_word(&words);
    }
    return word;
}

/* The power of two that a size's last letter stands for, or -1. */
static int suffix_shift(char letter)
{
    switch (letter) {
    case 'k':
    case 'K':
        return 10;
    case 'm':
    case 'M':
        return 20;
    case 'g':
    case 'G':
        return 30;
    default:
        return -1;
    }
}

static bool parse_number(const row *r, ws_text text, int64_t *value)
{
    if (find_word(r, text) >= 0) {
        *value = r->value;
        return true;
    }
    if (!ws_text_take_number(&text, value)) {
        return false;
    }
    if (r->kind == KIND_SIZE && text.length == 1) {
        const int shift = suffix_shift(*text.begin);
        if (shift < 0 || *value > INT64_MAX >> shift) {
            return false;
        }
        *value <<= shift;
        text.length = 0;
    }
    return text.length == 0 && *value >= r->minimum && *value <= r->maximum;
}

bool ws_option_parse(ws_option option, const char *text, int64_t *value)
{
    const row *const r = &rows[option];
    int64_t parsed = 0;
    bool good = true;
    if (r->kind == KIND_WORD) {
        parsed = find_word(r, ws_text_trim(text));
        good = parsed >= 0;
    } else if (r->kind != KIND_TEXT) {
        good = parse_number(r, ws_text_trim(text), &parsed);
    }
    if (good) {
        *value = parsed;
    }
    return good;
}

bool ws_option_accepts(ws_option option, int64_t value)
{
    const row *const r = &rows[option];
    const bool has_word = r->kind != KIND_WORD && *r->words != '\0';
    return (has_word && value == r->value) || (value >= r->minimum && value <= r->maximum);
}

/* ---- people --------------------------------------------------------------------------------- */

typedef struct output {
    char *buffer;
    size_t size;
    size_t length; /* of the whole text, also of what did not fit */
} output;

__attribute__((format(printf, 2, 3))) static void put(output *out, const char *format, ...)
{
    const size_t used = out->length < out->size ? out->length : out->size;
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(out->size > used ? out->buffer + used : NULL, out->size - used,
                                 format, arguments);
    va_end(arguments);
    out->length += length > 0 ? (size_t)length : 0;
}

/* Sizes in the largest unit that divides them. */
static void put_size(output *out, int64_t value)
{
    static const char units[] = "KMG";
    size_t unit = 0;
    while (unit < sizeof units - 1 && value != 0 && value % 1024 == 0) {
        value /= 1024;
        unit++;
    }
    put(out, "%lld", (long long)value);
    if (unit > 0) {
        put(out, "%c", units[unit - 1]);
    }
}

static void put_number(output *out, const row *r, int64_t value)
{
    if (r->kind == KIND_SIZE) {
        put_size(out, value);
    } else {
        put(out, "%lld", (long long)value);
    }
}

/* As the environment would say it. */
static void put_value(output *out, const row *r, const setting *s)
{
    if (r->kind == KIND_TEXT) {
        put(out, "%s", s->text != NULL ? s->text : "none");
    } else if (r->kind == KIND_WORD) {
        const ws_text word = word_at(r, s->value);
        put(out, "%.*s", (int)word.length, word.begin);
    } else if (*r->words != '\0' && s->value == r->value) {
        put(out, "%s", r->words);
    } else {
        put_number(out, r, s->value);
    }
}

static void put_words(output *out, const row *r)
{
    ws_text words = all_words(r);
    ws_text word = next_word(&words);
    put(out, "%.*s", (int)word.length, word.begin);
    while (words.length > 0) {
        word = next_word(&words);
        put(out, "%s%.*s", words.length > 0 ? ", " : " or ", (int)word.length, word.begin);
    }
}

size_t ws_option_form(ws_option option, char *buffer, size_t size)
{
    const row *const r = &rows[option];
    output out = {buffer, size, 0};
    if (r->kind == KIND_TEXT) {
        put(&out, "any text");
    } else if (r->kind == KIND_WORD) {
        put_words(&out, r);
    } else {
        put(&out, "a %s from ", r->kind == KIND_SIZE ? "size" : "number");
        put_number(&out, r, r->minimum);
        put(&out, " to ");
        put_number(&out, r, r->maximum);
        put(&out, "%s%s", *r->words != '\0' ? ", or " : "", r->words);
    }
    return out.length;
}

size_t ws_option_default(ws_option option, char *buffer, size_t size)
{
    const setting unset = {.value = rows[option].value};
    output out = {buffer, size, 0};
    put_value(&out, &rows[option], &unset);
    return out.length;
}

static const char *origin(const setting *s)
{
    return s->from_environment ? "environment" : "default";
}

static void put_row(output *out, size_t i)
{
    char value[VALUE_SIZE];
    output text = {value, sizeof value, 0};
    put_value(&text, &rows[i], &settings[i]);
    put(out, "%-16s %-12s %-12s %s", rows[i].variable,
        settings[i].text != NULL ? settings[i].text : value, origin(&settings[i]), rows[i].meaning);
}

static void display(void)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        char line[1024];
        output out = {line, sizeof line, 0};
        put_row(&out, i);
        ws_log("%s", line);
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

static void report_value(size_t i, const char *text)
{
    char form[FORM_SIZE];
    char value[VALUE_SIZE];
    ws_option_form((ws_option)i, form, sizeof form);
    ws_option_default((ws_option)i, value, sizeof value);
    ws_log("%s: \"%.200s\" is not accepted; it takes %s; the default, %s, is used",
           rows[i].variable, text, form, value);
}

static void read_row(size_t i)
{
    setting *const s = &settings[i];
    *s = (setting){.value = rows[i].value};
    const char *const text = secure_getenv(rows[i].variable);
    if (text == NULL || ws_text_trim(text).length == 0) {
        return;
    }
    if (!ws_option_parse((ws_option)i, text, &s->value)) {
        report_value(i, text);
        return;
    }
    if (rows[i].kind == KIND_TEXT) {
        s->text = strdup(text);
    }
    s->from_environment = rows[i].kind != KIND_TEXT || s->text != NULL;
}

/* The row that the unknown `name` most likely means, NULL if it means none or is a row itself. */
static const row *likely_row(ws_text name)
{
    const row *likely = NULL;
    size_t fewest = TYPING_MISTAKES + 1;
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        const ws_text variable = {rows[i].variable, strlen(rows[i].variable)};
        const size_t count = ws_text_mistakes(name, variable, TYPING_MISTAKES);
        if (count < fewest) {
            likely = &rows[i];
            fewest = count;
        }
    }
    return fewest > 0 ? likely : NULL;
}

static void report_unknown_names(void)
{
    if (environ == NULL || getauxval(AT_SECURE) != 0) {
        return;
    }
    for (char **entry = environ; *entry != NULL; entry++) {
        const ws_text name = {*entry, strcspn(*entry, "=")};
        const row *const likely = strncmp(*entry, "PAR_", 4) == 0 ? likely_row(name) : NULL;
        if (likely != NULL) {
            ws_log("%.*s is unknown; did you mean %s?", (int)name.length, name.begin,
                   likely->variable);
        }
    }
}

static void read_environment(void)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        read_row(i);
    }
    report_unknown_names();
    if (settings[WS_OPTION_DISPLAY_ENV].value != 0) {
        display();
    }
}

int64_t ws_option_get(ws_option option)
{
    pthread_once(&once, read_environment);
    return settings[option].value;
}

const char *ws_option_text(ws_option option)
{
    pthread_once(&once, read_environment);
    return settings[option].text;
}

bool ws_option_from_environment(ws_option option)
{
    pthread_once(&once, read_environment);
    return settings[option].from_environment;
}

size_t ws_option_print(char *buffer, size_t size)
{
    pthread_once(&once, read_environment);
    output out = {buffer, size, 0};
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        put_row(&out, i);
        put(&out, "\n");
    }
    return out.length;
}

void ws_option_reset(void)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        free(settings[i].text);
        settings[i] = (setting){0};
    }
    once = fresh;
}
