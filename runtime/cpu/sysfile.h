/* SPDX-License-Identifier: MIT */
/* sysfile.h - the small text files in which the system tells about itself. */
#ifndef WS_CPU_SYSFILE_H
#define WS_CPU_SYSFILE_H

/* Reads the file <root><folder>/<name> as a string, which the caller frees. A file that is missing
 * or cannot be read gives NULL. 0 or ENOMEM. */
int ws_sysfile_read(char **out, const char *root, const char *folder, const char *name);

#endif
