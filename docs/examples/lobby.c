/* SPDX-License-Identifier: MIT */
/* lobby.c - players come in on many threads and wait in one lobby; each time eight wait, a game
 * begins. */
#include <par/condvar.h>
#include <par/scope.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { GAME_SIZE = 8, DOORS = 4, PLAYERS_AT_A_DOOR = 17, LOBBY_SIZE = 64 };

struct lobby {
    par_mutex mutex;
    par_condvar changed;
    int waiting[LOBBY_SIZE] PAR_FIELD_GUARDED_BY(mutex); /* in the order of coming */
    size_t n PAR_FIELD_GUARDED_BY(mutex);
    size_t open_doors PAR_FIELD_GUARDED_BY(mutex);
    atomic_size_t games;
    atomic_size_t players;
};

/* A place at a door: where its players come in, and their first number. */
struct door {
    struct lobby *lobby;
    int first;
};

static void join_lobby(struct lobby *lobby, int player)
{
    PAR_LOCK_GUARD(guard, &lobby->mutex);
    while (lobby->n == LOBBY_SIZE)
        par_condvar_wait(&lobby->changed, &lobby->mutex);
    lobby->waiting[lobby->n++] = player;
    if (lobby->n >= GAME_SIZE)
        par_condvar_notify_all(&lobby->changed);
}

/* Waits for enough players, and takes those who came first. False: no more will come. */
static bool take_players(struct lobby *lobby, int *players)
{
    PAR_LOCK_GUARD(guard, &lobby->mutex);
    while (lobby->n < GAME_SIZE && lobby->open_doors > 0)
        par_condvar_wait(&lobby->changed, &lobby->mutex);
    if (lobby->n < GAME_SIZE)
        return false;
    for (size_t i = 0; i < GAME_SIZE; i++)
        players[i] = lobby->waiting[i];
    lobby->n -= GAME_SIZE;
    for (size_t i = 0; i < lobby->n; i++)
        lobby->waiting[i] = lobby->waiting[GAME_SIZE + i];
    par_condvar_notify_all(&lobby->changed);
    return true;
}

static void close_door(struct lobby *lobby)
{
    PAR_LOCK_GUARD(guard, &lobby->mutex);
    lobby->open_doors--;
    par_condvar_notify_all(&lobby->changed);
}

/* Not under the lock: others come in meanwhile. */
static void play(par_scope *scope, void *arg)
{
    struct lobby *lobby = arg;
    (void)scope;
    atomic_fetch_add(&lobby->games, 1);
    atomic_fetch_add(&lobby->players, GAME_SIZE);
}

static void serve_door(par_scope *scope, void *arg)
{
    const struct door *door = arg;
    (void)scope;
    for (int i = 0; i < PLAYERS_AT_A_DOOR; i++)
        join_lobby(door->lobby, door->first + i);
    close_door(door->lobby);
}

static void host(par_scope *scope, void *arg)
{
    struct lobby *lobby = arg;
    int players[GAME_SIZE];
    for (int i = 0; i < DOORS; i++) {
        const struct door door = {lobby, 100 * i};
        if (par_scope_spawn_copy(scope, serve_door, &door, sizeof door) != 0)
            close_door(lobby);
    }
    while (take_players(lobby, players))
        if (par_scope_spawn(scope, play, lobby) != 0)
            play(scope, lobby);
}

static size_t count_waiting(struct lobby *lobby)
{
    PAR_LOCK_GUARD(guard, &lobby->mutex);
    return lobby->n;
}

int main(void)
{
    static struct lobby lobby = {
        .mutex = PAR_MUTEX_INIT, .changed = PAR_CONDVAR_INIT, .open_doors = DOORS};
    par_scope_run(host, &lobby);
    printf("%zu games of %zu players, %zu still wait\n", atomic_load(&lobby.games),
           atomic_load(&lobby.players), count_waiting(&lobby));
}
