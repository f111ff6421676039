/* SPDX-License-Identifier: MIT */
/* sleep.h - who sleeps, who is woken, and why no wake-up is lost. The protocol, with the labels
 * that sleep.c repeats, and its proof are in docs/design/sleep.md. */
#ifndef WS_POOL_SLEEP_H
#define WS_POOL_SLEEP_H

#include "pool/worker.h"

/* A searcher has found something and goes to work; wakes another if there is more. */
void ws_sleep_found(ws_worker *worker);

/* A worker that has nothing to do goes searching. */
void ws_sleep_search(ws_worker *worker);

/* A searcher has found nothing for long: sleeps until it is woken to search, or must end. */
void ws_sleep_wait(ws_worker *worker);

/* Work has been made visible, by an access that is sequentially consistent: wakes one sleeper if
 * nobody searches. `worker` is NULL for a thread without a seat. */
void ws_sleep_published(ws_crew *crew, ws_worker *worker);

/* Whether a published item could be of use to somebody who does not look for it by himself. */
bool ws_sleep_is_hungry(const ws_crew *crew);

/* Whether who has announced a fork must see to it that the next one is announced too. */
bool ws_sleep_must_ask(const ws_crew *crew);

/* The place a worker works at: its own, or where a guest's thread runs now. Below `threads`. */
size_t ws_sleep_home(const ws_worker *worker);

/* Takes a sleeper out of its sleep and sends it the letter, which it opens before anything else. No
 * two letters of this kind go to the same one. Returns it; NULL: nobody sleeps. */
ws_worker *ws_sleep_send(ws_worker *worker, ws_mail *mail);

/* A member begins to run, or stops to: it enters or leaves, or waits with nothing to run. */
void ws_sleep_resume(ws_worker *worker);
void ws_sleep_pause(ws_crew *crew, ws_worker *worker);

/* pause and resume for a member that waits in the middle of a task, so that others may run in its
 * place. Such waits nest: a wait in foreign code may call what waits. */
void ws_sleep_lend(ws_worker *worker);
void ws_sleep_take_back(ws_worker *worker);

/* An owner has stopped looking for sleepers at each push. Before it asks once more whether somebody
 * is hungry. */
void ws_sleep_forget(ws_crew *crew);

#endif
