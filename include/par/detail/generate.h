/* SPDX-License-Identifier: MIT */
/* generate.h - what macros that generate typed functions have in common. Not API.
 *
 * CAST: a conversion that each language has no warning for.
 * SIGNATURE: compiles only if `function` has the type Result(parameters). Written so that the error
 * stands on the user's line.
 * COPYABLE: compiles only if values of type T may be moved as bytes.
 * GENERATED: before a generated function, which may stay unused. */
#ifndef PAR_DETAIL_GENERATE_H
#define PAR_DETAIL_GENERATE_H

#include <par/config.h>

#ifdef __cplusplus
#define PAR_DETAIL_CAST(Type, value) static_cast<Type>(value)
#define PAR_DETAIL_SIGNATURE(name, function, Result, ...)                                          \
    __attribute__((unused)) static Result (*const name##_element)(__VA_ARGS__) = function;
#define PAR_DETAIL_COPYABLE(T)                                                                     \
    static_assert(__is_trivially_copyable(T), #T " must be a type that memcpy can copy");
#define PAR_DETAIL_NULL nullptr
#define PAR_DETAIL_ALIGNOF(T) alignof(T)
#else
#define PAR_DETAIL_CAST(Type, value) ((Type)(value))
#define PAR_DETAIL_SIGNATURE(name, function, Result, ...)                                          \
    _Static_assert(_Generic(function, Result(*)(__VA_ARGS__) : 1), "");
#define PAR_DETAIL_COPYABLE(T)
#define PAR_DETAIL_NULL NULL
#define PAR_DETAIL_ALIGNOF(T) _Alignof(T)
#endif

#define PAR_DETAIL_GENERATED __attribute__((unused)) static inline

#endif
