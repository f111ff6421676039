/* SPDX-License-Identifier: MIT */
/* cgroup.h - finds the control groups that the process is in: their folders, wherever the
 * hierarchies are mounted. Does not know what limits stand in them. */
#ifndef WS_CPU_CGROUP_H
#define WS_CPU_CGROUP_H

typedef enum ws_cgroup_kind {
    WS_CGROUP_V2,        /* the unified hierarchy */
    WS_CGROUP_V1_CPU,    /* the one with the controller `cpu` */
    WS_CGROUP_V1_CPUSET, /* the one with the controller `cpuset` */
    WS_CGROUP_KINDS
} ws_cgroup_kind;

/* `folder` is without the root. 0 to go on; any other value ends the walk and is returned by it. */
typedef int ws_cgroup_fn(ws_cgroup_kind kind, const char *folder, void *arg);

/* Visits the folder of the process's group in each mount of each hierarchy, and those of all its
 * ancestors that the mount shows, the innermost first. A mount that does not show the group at all
 * counts only if no other of its hierarchy does, and then with its top folder alone: it is what a
 * container was given. `root` stands before all paths. 0, ENOMEM, or what `visit` returned. */
int ws_cgroup_walk(const char *root, ws_cgroup_fn *visit, void *arg);

#endif
