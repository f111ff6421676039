/* SPDX-License-Identifier: MIT */
#include "pool/member.h"

#include "pool/process.h"
#include "pool/settle.h"
#include "pool/sleep.h"

#include <errno.h>

/* ---- seats for guests ------------------------------------------------------------------------ */

static ws_worker *make_guest_seat(ws_crew *crew, size_t guest)
{
    pthread_mutex_lock(&crew->lock);
    ws_worker *seat = ws_worker_make(crew, crew->threads + guest);
    if (seat != NULL && guest >= ws_load_relaxed(&crew->guests_made))
        ws_store_release(&crew->guests_made, guest + 1);
    pthread_mutex_unlock(&crew->lock);
    return seat;
}

static ws_worker *try_seat(ws_crew *crew, size_t guest)
{
    ws_worker *seat = ws_worker_at(crew, crew->threads + guest);
    if (seat == NULL)
        seat = make_guest_seat(crew, guest);
    if (seat == NULL || ws_load_relaxed(&seat->taken) != 0 || !ws_cas_acq_rel(&seat->taken, 0, 1))
        return NULL;
    return seat;
}

/* The seat it had last time first: its memory is near, and nobody else may want it. */
static ws_worker *take_seat(ws_crew *crew)
{
    static __thread size_t last;
    ws_worker *seat = try_seat(crew, last);
    for (size_t guest = 0; seat == NULL && guest < WS_GUESTS; guest++) {
        seat = try_seat(crew, guest);
        last = guest;
    }
    return seat;
}

/* ---- membership ------------------------------------------------------------------------------ */

int ws_member_visit(ws_crew *crew)
{
    if (ws_process_is_stale(crew))
        return ECANCELED;
    if ((ws_add_seq_cst(&crew->state, WS_MEMBER) & WS_CLOSING) == 0)
        return 0;
    ws_member_end_visit(crew);
    return ECANCELED;
}

/* While the crew closes, the last one must not touch it after the destroyer can see that it is the
 * last: so it counts itself out under the lock. */
void ws_member_end_visit(ws_crew *crew)
{
    size_t state = ws_load_relaxed(&crew->state);
    while ((state & WS_CLOSING) == 0) {
        if (ws_cas_seq_cst(&crew->state, state, state - WS_MEMBER))
            return;
        state = ws_load_relaxed(&crew->state);
    }
    pthread_mutex_lock(&crew->lock);
    ws_add_seq_cst(&crew->state, -WS_MEMBER);
    ws_unpark(&crew->quiet);
    pthread_mutex_unlock(&crew->lock); /* after this line the crew may be gone */
}

/* Members whose `outer` is not to be found below what the thread is now: those who have gone back,
 * and those who found no seat inside another pool. */
static __thread ws_member *aside;

static void put_aside(ws_member *member)
{
    member->left = aside;
    aside = member;
}

static void sit_down(ws_member *member)
{
    ws_worker *seat = member->seat;
    seat->outer = member->outer;
    seat->forks.owner.group = member->outer != NULL ? member->outer->group : ws_group_outside;
    ws_worker_seat(seat);
    ws_sleep_resume(seat);
    par_detail_self_v1 = &seat->forks.owner;
}

int ws_member_enter(ws_member *member, ws_crew *crew)
{
    const int rc = ws_member_visit(crew);
    if (rc != 0)
        return rc;
    member->crew = crew;
    member->outer = par_detail_self_v1;
    member->seat = take_seat(crew);
    if (member->seat != NULL) {
        sit_down(member);
        return 0;
    }
    if (member->outer != NULL)
        put_aside(member);
    par_detail_self_v1 = ws_worker_serial();
    return 0;
}

void ws_member_leave(ws_member *member)
{
    ws_crew *crew = member->crew;
    if (aside == member)
        aside = member->left;
    if (member->seat != NULL)
        ws_settle_leave(member->seat);
    if (ws_process_is_stale(crew))
        return;
    par_detail_self_v1 = member->outer;
    if (member->seat != NULL) {
        ws_store_release(&member->seat->taken, 0);
        ws_sleep_pause(crew, NULL);
    }
    ws_member_end_visit(crew);
}

void ws_member_leave_seat(par_detail_worker *owner)
{
    if (ws_worker_is_serial(owner)) {
        par_detail_self_v1 = NULL;
        return;
    }
    ws_worker *seat = (ws_worker *)(void *)owner;
    ws_member_leave(&(ws_member){seat->crew, seat, seat->outer, NULL});
}

/* ---- going back ------------------------------------------------------------------------------ */

static ws_worker *seat_below(par_detail_worker *owner, const ws_crew *crew)
{
    while (owner != NULL && !ws_worker_is_serial(owner)) {
        ws_worker *seat = (ws_worker *)(void *)owner;
        if (seat->crew == crew)
            return seat;
        owner = seat->outer;
    }
    return NULL;
}

static ws_worker *seat_in(const ws_crew *crew)
{
    ws_worker *seat = seat_below(par_detail_self_v1, crew);
    for (const ws_member *each = aside; seat == NULL && each != NULL; each = each->left)
        seat = seat_below(each->outer, crew);
    return seat;
}

bool ws_member_is_inside(const ws_crew *crew)
{
    return seat_in(crew) != NULL;
}

bool ws_member_go_back(ws_member *member, ws_crew *crew)
{
    ws_worker *seat = seat_in(crew);
    if (seat == NULL)
        return false;
    *member = (ws_member){crew, seat, par_detail_self_v1, NULL};
    put_aside(member);
    par_detail_self_v1 = &seat->forks.owner;
    return true;
}

void ws_member_return(ws_member *member)
{
    aside = member->left;
    if (!ws_process_is_stale(member->crew))
        par_detail_self_v1 = member->outer;
}

/* ---- all seats of a thread ------------------------------------------------------------------- */

static void visit_below(par_detail_worker *owner, void (*visit)(ws_worker *seat, size_t arg),
                        size_t arg)
{
    while (owner != NULL && !ws_worker_is_serial(owner)) {
        ws_worker *seat = (ws_worker *)(void *)owner;
        owner = seat->outer;
        visit(seat, arg);
    }
}

void ws_member_each_seat(void (*visit)(ws_worker *seat, size_t arg), size_t arg)
{
    visit_below(par_detail_self_v1, visit, arg);
    for (const ws_member *each = aside; each != NULL; each = each->left)
        visit_below(each->outer, visit, arg);
}
