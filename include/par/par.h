/* SPDX-License-Identifier: MIT */
/* par.h - all of par. Each part can also be included alone. */
#ifndef PAR_PAR_H
#define PAR_PAR_H

#include <par/algorithm.h>
#include <par/arc.h>
#include <par/arrange.h>
#include <par/barrier.h>
#include <par/block.h>
#include <par/bridge.h>
#include <par/broadcast.h>
#include <par/channel.h>
#include <par/condvar.h>
#include <par/config.h>
#include <par/gang.h>
#include <par/group.h>
#include <par/info.h>
#include <par/iter.h>
#include <par/iter_any.h>
#include <par/iter_compare.h>
#include <par/iter_slices.h>
#include <par/iter_unzip.h>
#include <par/join.h>
#include <par/latch.h>
#include <par/loop.h>
#include <par/mutex.h>
#include <par/off_thread.h>
#include <par/once.h>
#include <par/panic.h>
#include <par/pipeline.h>
#include <par/pool.h>
#include <par/queue.h>
#include <par/rwlock.h>
#include <par/scan.h>
#include <par/scope.h>
#include <par/select.h>
#include <par/sort.h>
#include <par/stats.h>
#include <par/sync.h>
#include <par/task.h>
#include <par/text.h>
#include <par/thread.h>
#include <par/time.h>
#include <par/tree.h>
#include <par/typed.h>
#include <par/typed_find.h>
#include <par/typed_sum.h>
#include <par/typed_try.h>

#endif
