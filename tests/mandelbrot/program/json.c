/* SPDX-License-Identifier: MIT */
/* json.c - see json.h. Each skip_... takes where something begins and returns where it ends, or
 * NULL if it is not that. */
#include "mandelbrot/program/json.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_value(const char *at);

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Strings with escapes are not needed yet. */
static const char *skip_string(const char *at)
{
    if (*at != '"')
        return NULL;
    for (at++; *at != '"'; at++)
        if (*at == '\\' || (unsigned char)*at < ' ')
            return NULL;
    return at + 1;
}

static const char *skip_digits(const char *at)
{
    const size_t n = strspn(at, "0123456789");
    return n == 0 ? NULL : at + n;
}

static const char *skip_number(const char *at)
{
    if (*at == '-')
        at++;
    at = *at == '0' ? at + 1 : skip_digits(at);
    if (at != NULL && *at == '.')
        at = skip_digits(at + 1);
    if (at == NULL || (*at != 'e' && *at != 'E'))
        return at;
    at++;
    return skip_digits(*at == '+' || *at == '-' ? at + 1 : at);
}

static const char *skip_member(const char *at)
{
    at = skip_string(at);
    if (at == NULL)
        return NULL;
    at = skip_space(at);
    return *at == ':' ? skip_value(at + 1) : NULL;
}

/* Items between brackets, with commas between them. */
static const char *skip_list(const char *at, char close, const char *(*skip_item)(const char *))
{
    at = skip_space(at + 1);
    if (*at == close)
        return at + 1;
    for (;;) {
        at = skip_item(skip_space(at));
        if (at == NULL)
            return NULL;
        at = skip_space(at);
        if (*at == close)
            return at + 1;
        if (*at++ != ',')
            return NULL;
    }
}

static const char *skip_value(const char *at)
{
    static const char *const words[] = {"true", "false", "null"};
    at = skip_space(at);
    if (*at == '{')
        return skip_list(at, '}', skip_member);
    if (*at == '[')
        return skip_list(at, ']', skip_value);
    if (*at == '"')
        return skip_string(at);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return at + strlen(words[i]);
    return skip_number(at);
}

bool json_is_valid(const char *text)
{
    const char *const end = skip_value(text);
    return end != NULL && *skip_space(end) == '\0';
}

/* The value of a member of the object that begins at `at`, which is valid; or NULL. */
static const char *find_member(const char *at, const char *name, size_t length)
{
    at = skip_space(at);
    if (*at != '{')
        return NULL;
    do {
        at = skip_space(at + 1);
        if (*at == '}')
            return NULL;
        const char *const value = skip_space(strchr(skip_string(at), ':') + 1);
        if (strncmp(at + 1, name, length) == 0 && at[1 + length] == '"')
            return value;
        at = skip_space(skip_value(value));
    } while (*at == ',');
    return NULL;
}

const char *json_find(const char *text, const char *path)
{
    if (!json_is_valid(text))
        return NULL;
    while (text != NULL && *path != '\0') {
        const size_t length = strcspn(path, ".");
        text = find_member(text, path, length);
        path += length;
        if (*path == '.')
            path++;
    }
    return text;
}

double json_number(const char *text, const char *path)
{
    const char *const value = json_find(text, path);
    return value != NULL && skip_number(value) != NULL ? strtod(value, NULL) : -1.0;
}
