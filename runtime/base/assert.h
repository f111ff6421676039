/* SPDX-License-Identifier: MIT */
/* assert.h - WS_ASSERT states what is proved; it is checked in debug builds and gone in others. */
#ifndef WS_BASE_ASSERT_H
#define WS_BASE_ASSERT_H

#include "base/log.h"

#ifdef NDEBUG
#define WS_ASSERT(condition) ((void)sizeof(condition))
#else
#define WS_ASSERT(condition)                                                                       \
    ((condition) ? (void)0                                                                         \
                 : ws_log_die("%s:%d: this must hold: %s", __FILE__, __LINE__, #condition))
#endif

#endif
