/* SPDX-License-Identifier: MIT */
/* config.h - what every header of par needs from the compiler, and the version. The only macros
 * about compilers are here. */
#ifndef PAR_CONFIG_H
#define PAR_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAR_VERSION_MAJOR 0
#define PAR_VERSION_MINOR 1
#define PAR_VERSION_PATCH 0
#define PAR_VERSION "0.1.0"

#define PAR_API __attribute__((visibility("default")))
#define PAR_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define PAR_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* PAR_INLINE: a public function whose body stands in its header. In C the library holds the
 * external definition, so its address can be taken and other languages can call it.
 * PAR_DETAIL_INLINE: a piece of one, which never becomes a function of its own. */
#ifdef __cplusplus
#define PAR_BEGIN_DECLS extern "C" {
#define PAR_END_DECLS }
#define PAR_NOEXCEPT noexcept
#define PAR_RESTRICT __restrict
#define PAR_INLINE inline
#define PAR_DETAIL_INLINE inline __attribute__((always_inline))
#else
#define PAR_BEGIN_DECLS
#define PAR_END_DECLS
#define PAR_NOEXCEPT
#define PAR_RESTRICT restrict
#define PAR_INLINE inline
#define PAR_DETAIL_INLINE extern inline __attribute__((gnu_inline, always_inline))
#endif

PAR_BEGIN_DECLS

/* The version of the library in use, such as "0.1.0"; PAR_VERSION is that of the headers. */
PAR_API const char *par_version(void) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
