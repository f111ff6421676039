/* SPDX-License-Identifier: MIT */
/* report.c - see report.h. */
#include "harness/report.h"

#include "harness/json.h"

#include <string.h>
#include <time.h>

extern char **environ;

static void text_row(FILE *stream, const char *name, const bench_spread *spread)
{
    fprintf(stream, "  %-44s %10.4g %10.4g %10.4g %10.4g %7zu\n", name, spread->min, spread->median,
            spread->p99, spread->max, spread->n);
}

void bench_report_text(FILE *stream, const bench_case *c, const bench_spread *spreads)
{
    fprintf(stream, "%s", c->name);
    for (size_t i = 0; i < c->n_parameters; i++)
        fprintf(stream, "%s%s %.9g", i == 0 ? ": " : ", ", c->parameters[i].name,
                c->parameters[i].value);
    fprintf(stream, "\n  %-44s %10s %10s %10s %10s %7s\n", c->unit.name, "min", "median", "p99",
            "max", "samples");
    for (size_t i = 0; i < c->n_sides; i++)
        text_row(stream, c->sides[i].name, &spreads[i]);
    if (c->n_ratios > 0)
        fprintf(stream, "  ratio\n");
    for (size_t i = 0; i < c->n_ratios; i++)
        text_row(stream, c->ratios[i].name, &spreads[c->n_sides + i]);
    putc('\n', stream);
    fflush(stream);
}

/* "name": before a value; a comma before all but the first of an object. */
static void key(FILE *stream, bool first, const char *name)
{
    fputs(first ? "" : ", ", stream);
    bench_json_string(stream, name);
    fputs(": ", stream);
}

static void text_field(FILE *stream, bool first, const char *name, const char *value)
{
    key(stream, first, name);
    bench_json_string(stream, value);
}

static void number_field(FILE *stream, bool first, const char *name, double value)
{
    key(stream, first, name);
    bench_json_number(stream, value);
}

static void spread_object(FILE *stream, const char *name, const bench_spread *spread)
{
    putc('{', stream);
    text_field(stream, true, "name", name);
    number_field(stream, false, "samples", (double)spread->n);
    number_field(stream, false, "min", spread->min);
    number_field(stream, false, "median", spread->median);
    number_field(stream, false, "p99", spread->p99);
    number_field(stream, false, "max", spread->max);
    putc('}', stream);
}

static void machine_object(FILE *stream, const bench_machine *machine)
{
    putc('{', stream);
    text_field(stream, true, "cpu", machine->cpu);
    number_field(stream, false, "cores", (double)machine->cores);
    text_field(stream, false, "governor", machine->governor);
    text_field(stream, false, "system", machine->system);
    text_field(stream, false, "compiler", machine->compiler);
    putc('}', stream);
}

/* The variables of the environment that steer a runtime that is measured. */
static void environment_object(FILE *stream)
{
    static const char *const prefixes[] = {"PAR_", "OMP_", "GOMP_", "KMP_", "TBB_", "RAYON_"};
    bool first = true;
    putc('{', stream);
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++) {
        for (size_t i = 0; i < BENCH_COUNT(prefixes); i++) {
            const char *const equals = strchr(*variable, '=');
            char name[64];
            if (equals == NULL || strncmp(*variable, prefixes[i], strlen(prefixes[i])) != 0)
                continue;
            snprintf(name, sizeof name, "%.*s", (int)(equals - *variable), *variable);
            text_field(stream, first, name, equals + 1);
            first = false;
        }
    }
    putc('}', stream);
}

static void runtime_object(FILE *stream, const bench *b)
{
    putc('{', stream);
    text_field(stream, true, "name", b->runtime);
    text_field(stream, false, "version", b->version);
    number_field(stream, false, "threads", (double)b->threads);
    key(stream, false, "environment");
    environment_object(stream);
    key(stream, false, "options");
    putc('{', stream);
    for (size_t i = 0; i < b->n_settings; i++)
        text_field(stream, i == 0, b->settings[i].name, b->settings[i].value);
    fputs("}}", stream);
}

static void parameters_object(FILE *stream, const bench_case *c)
{
    putc('{', stream);
    for (size_t i = 0; i < c->n_parameters; i++)
        number_field(stream, i == 0, c->parameters[i].name, c->parameters[i].value);
    putc('}', stream);
}

static void time_field(FILE *stream)
{
    const time_t now = time(NULL);
    struct tm parts;
    char text[32] = "unknown";
    if (gmtime_r(&now, &parts) != NULL)
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    text_field(stream, false, "time", text);
}

void bench_report_json(FILE *stream, const bench *b, const bench_case *c,
                       const bench_spread *spreads)
{
    putc('{', stream);
    text_field(stream, true, "benchmark", c->name);
    text_field(stream, false, "program", b->program);
    text_field(stream, false, "unit", c->unit.name);
    key(stream, false, "parameters");
    parameters_object(stream, c);
    key(stream, false, "sides");
    putc('[', stream);
    for (size_t i = 0; i < c->n_sides; i++) {
        fputs(i == 0 ? "" : ", ", stream);
        spread_object(stream, c->sides[i].name, &spreads[i]);
    }
    putc(']', stream);
    key(stream, false, "ratios");
    putc('[', stream);
    for (size_t i = 0; i < c->n_ratios; i++) {
        fputs(i == 0 ? "" : ", ", stream);
        spread_object(stream, c->ratios[i].name, &spreads[c->n_sides + i]);
    }
    putc(']', stream);
    key(stream, false, "right");
    fputs(b->failed ? "false" : "true", stream);
    key(stream, false, "quick");
    fputs(b->options.quick ? "true" : "false", stream);
    key(stream, false, "runtime");
    runtime_object(stream, b);
    key(stream, false, "machine");
    machine_object(stream, &b->machine);
    time_field(stream);
    fputs("}\n", stream);
    fflush(stream);
}
