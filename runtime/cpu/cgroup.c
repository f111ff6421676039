/* SPDX-License-Identifier: MIT */
/* cgroup.c - finds the folders of the process's control groups, from what /proc says about its
 * groups and its mounts. Both files may describe a world that is only partly visible: a container
 * sees a part of each hierarchy, and its group's path may begin outside that part. The labels are
 * those of docs/design/topology.md. */
#include "cpu/cgroup.h"

#include "base/text.h"
#include "cpu/sysfile.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line of /proc/self/mountinfo, as far as it matters. */
typedef struct mount {
    ws_text root; /* which folder of the hierarchy is mounted */
    ws_text point;
    ws_text type;
    ws_text options; /* of the file system */
} mount;

typedef struct walk {
    const char *root;
    ws_cgroup_fn *visit;
    void *arg;
    char *groups;                  /* the text of /proc/self/cgroup */
    char *mounts;                  /* the text of /proc/self/mountinfo */
    ws_text path[WS_CGROUP_KINDS]; /* of the process in each hierarchy; empty if in none */
    bool shown[WS_CGROUP_KINDS];   /* a mount shows that path */
} walk;

static ws_text text_of(const char *string)
{
    return (ws_text){string, strlen(string)};
}

static bool equals(ws_text text, const char *string)
{
    return text.length == strlen(string) && memcmp(text.begin, string, text.length) == 0;
}

static bool lists(ws_text list, const char *word)
{
    while (list.length > 0) {
        if (equals(ws_text_next(&list, ','), word)) {
            return true;
        }
    }
    return false;
}

/* Whether a component of the path is "..": then it leads out of what is visible. */
static bool climbs(ws_text path)
{
    while (path.length > 0) {
        if (equals(ws_text_next(&path, '/'), "..")) {
            return true;
        }
    }
    return false;
}

/* ---- the two files -------------------------------------------------------------------------- */

/* G1. Lines are "number:controllers:path"; version 2 has the number 0 and no controllers. */
static void find_paths(walk *w)
{
    ws_text rest = text_of(w->groups);
    while (rest.length > 0) {
        ws_text path = ws_text_next(&rest, '\n');
        const ws_text number = ws_text_next(&path, ':');
        const ws_text controllers = ws_text_next(&path, ':');
        if (path.length == 0 || *path.begin != '/') {
            continue;
        }
        if (equals(number, "0") && controllers.length == 0) {
            w->path[WS_CGROUP_V2] = path;
        }
        if (lists(controllers, "cpu")) {
            w->path[WS_CGROUP_V1_CPU] = path;
        }
        if (lists(controllers, "cpuset")) {
            w->path[WS_CGROUP_V1_CPUSET] = path;
        }
    }
}

/* G2. "36 35 0:31 /root /point rw,relatime shared:1 - cgroup cgroup rw,cpu": the words before the
 * dash vary in number. */
static bool parse_mount(ws_text line, mount *out)
{
    for (int skipped = 0; skipped < 3; skipped++) {
        ws_text_next(&line, ' ');
    }
    out->root = ws_text_next(&line, ' ');
    out->point = ws_text_next(&line, ' ');
    while (line.length > 0 && !equals(ws_text_next(&line, ' '), "-")) {
    }
    out->type = ws_text_next(&line, ' ');
    ws_text_next(&line, ' ');
    out->options = line;
    return out->root.length > 0 && *out->root.begin == '/' && out->point.length > 0 &&
           *out->point.begin == '/';
}

static bool is_of_kind(const mount *m, ws_cgroup_kind kind)
{
    switch (kind) {
    case WS_CGROUP_V2:
        return equals(m->type, "cgroup2");
    case WS_CGROUP_V1_CPU:
        return equals(m->type, "cgroup") && lists(m->options, "cpu");
    case WS_CGROUP_V1_CPUSET:
        return equals(m->type, "cgroup") && lists(m->options, "cpuset");
    case WS_CGROUP_KINDS:
    default:
        return false;
    }
}

/* ---- folders -------------------------------------------------------------------------------- */

static bool is_octal(const char *digits)
{
    return digits[0] >= '0' && digits[0] <= '3' && digits[1] >= '0' && digits[1] <= '7' &&
           digits[2] >= '0' && digits[2] <= '7';
}

/* Copies a path of mountinfo, where \040 stands for a blank and so on, and returns its length. */
static size_t unescape(char *out, ws_text text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *const c = text.begin + i;
        if (*c == '\\' && i + 3 < text.length && is_octal(c + 1)) {
            out[length++] = (char)((c[1] - '0') * 64 + (c[2] - '0') * 8 + (c[3] - '0'));
            i += 3;
        } else {
            out[length++] = *c;
        }
    }
    return length;
}

/* A folder that is about to be visited: the mount point and a path below it. */
static char *make_folder(const mount *m, ws_text below, size_t *point_length)
{
    char *const folder = malloc(m->point.length + below.length + 1);
    if (folder == NULL) {
        return NULL;
    }
    size_t length = unescape(folder, m->point);
    while (length > 0 && folder[length - 1] == '/') {
        length--;
    }
    *point_length = length;
    memcpy(folder + length, below.begin, below.length);
    length += below.length;
    while (length > *point_length && folder[length - 1] == '/') {
        length--;
    }
    folder[length] = '\0';
    return folder;
}

/* G3, G4. Visits the folder `below` the mount point, then its ancestors up to the mount point
 * itself. */
static int visit_upwards(const walk *w, ws_cgroup_kind kind, const mount *m, ws_text below)
{
    size_t point_length = 0;
    char *const folder = make_folder(m, below, &point_length);
    if (folder == NULL) {
        return ENOMEM;
    }
    int rc = w->visit(kind, folder, w->arg);
    while (rc == 0 && strlen(folder) > point_length) {
        *strrchr(folder, '/') = '\0';
        rc = w->visit(kind, folder, w->arg);
    }
    free(folder);
    return rc;
}

/* G3. What remains of `path` behind the mounted folder `top`. False if it is not in there. */
static bool path_below(ws_text path, const char *top, size_t top_length, ws_text *below)
{
    if (top_length == 1) {
        top_length = 0;
    }
    if (path.length < top_length || memcmp(path.begin, top, top_length) != 0) {
        return false;
    }
    *below = (ws_text){path.begin + top_length, path.length - top_length};
    return !climbs(*below) && (below->length == 0 || *below->begin == '/');
}

static int visit_if_shown(walk *w, ws_cgroup_kind kind, const mount *m)
{
    char *const top = malloc(m->root.length);
    if (top == NULL) {
        return ENOMEM;
    }
    ws_text below;
    const bool shown = path_below(w->path[kind], top, unescape(top, m->root), &below);
    free(top);
    if (!shown) {
        return 0;
    }
    w->shown[kind] = true;
    return visit_upwards(w, kind, m, below);
}

static int visit_mounts(walk *w, ws_cgroup_kind kind, bool tops_only)
{
    ws_text rest = text_of(w->mounts);
    int rc = 0;
    while (rc == 0 && rest.length > 0) {
        mount m;
        if (!parse_mount(ws_text_next(&rest, '\n'), &m) || !is_of_kind(&m, kind)) {
            continue;
        }
        rc = tops_only ? visit_upwards(w, kind, &m, (ws_text){"", 0}) : visit_if_shown(w, kind, &m);
    }
    return rc;
}

static int visit_kind(walk *w, ws_cgroup_kind kind)
{
    if (w->path[kind].length == 0) {
        return 0;
    }
    const int rc = visit_mounts(w, kind, false);
    return rc == 0 && !w->shown[kind] ? visit_mounts(w, kind, true) : rc;
}

static int run(walk *w)
{
    int rc = ws_sysfile_read(&w->groups, w->root, "/proc/self", "cgroup");
    if (rc == 0) {
        rc = ws_sysfile_read(&w->mounts, w->root, "/proc/self", "mountinfo");
    }
    if (rc != 0 || w->groups == NULL || w->mounts == NULL) {
        return rc;
    }
    find_paths(w);
    for (int kind = 0; rc == 0 && kind < WS_CGROUP_KINDS; kind++) {
        rc = visit_kind(w, (ws_cgroup_kind)kind);
    }
    return rc;
}

int ws_cgroup_walk(const char *root, ws_cgroup_fn *visit, void *arg)
{
    walk w = {.root = root, .visit = visit, .arg = arg};
    const int rc = run(&w);
    free(w.groups);
    free(w.mounts);
    return rc;
}
