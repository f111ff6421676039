/* SPDX-License-Identifier: MIT */
/* par.h - all of par. Each part can also be included alone. */
#ifndef PAR_PAR_H
#define PAR_PAR_H

#include <par/algorithm.h>
#include <par/broadcast.h>
#include <par/config.h>
#include <par/gang.h>
#include <par/group.h>
#include <par/info.h>
#include <par/join.h>
#include <par/loop.h>
#include <par/pool.h>
#include <par/scope.h>
#include <par/stats.h>
#include <par/task.h>
#include <par/typed.h>

#endif
