# Seeded bugs: copies of the real sources with one thing wrong, which the checker must find. A
# mutant whose place is no longer in the source fails as a test.

# model_mutant(<name> <file> <from> <to> <harness> <kind> [<harness> <kind>]...): in <file> the text
# <from>, which stands there once, becomes <to>; then each <harness> fails as <kind>.
function(model_mutant name file from to)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
  file(READ ${PROJECT_SOURCE_DIR}/${file} text)
  string(FIND "${text}" "${from}" first)
  string(FIND "${text}" "${from}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    par_add_test(finds_${name} model sh -c
      "echo 'tests/model/mutants.cmake: what ${name} changes is not once in ${file}'; exit 1")
    return()
  endif()
  string(REPLACE "${from}" "${to}" text "${text}")
  set(mutant ${CMAKE_CURRENT_BINARY_DIR}/mutants/${name})
  file(CONFIGURE OUTPUT ${mutant}/${file} CONTENT "@text@" @ONLY)

  add_executable(test_model_${name})
  if(file MATCHES "\\.h$") # is in all of them
    set(sources)
    foreach(source IN LISTS model_sources)
      model_file_of(path ${source} ${PROJECT_SOURCE_DIR}/${source})
      list(APPEND sources ${path})
    endforeach()
    target_sources(test_model_${name} PRIVATE
      ${model_own} ${sources} $<TARGET_OBJECTS:model_engine>)
  else()
    string(MAKE_C_IDENTIFIER model_${file} library)
    list(REMOVE_ITEM objects $<TARGET_OBJECTS:${library}>)
    model_file_of(path ${file} ${mutant}/${file})
    target_sources(test_model_${name} PRIVATE ${path} ${objects})
  endif()
  model_compile(test_model_${name} ${mutant})

  while(ARGN)
    list(POP_FRONT ARGN harness kind)
    par_add_test(finds_${name}_by_${harness} model
      test_model_${name} ${harness} --expect ${kind})
  endwhile()
endfunction()

# ---- the must-fail cases of a private tail ---------------------------------------------------

# The last entry leaves, and the next one gets its index and its tag.
model_mutant(last_entry_keeps_its_tag runtime/deque/forks.c
  [[ws_cas_seq_cst(&forks->top, top, retagged(top, b))]]
  [[ws_cas_seq_cst(&forks->top, top, top)]]
  forks_last twice)

# The entry at top becomes private, although a thief may still take it by an older public_to.
model_mutant(shrink_down_to_top runtime/deque/forks.c
  [[larger(to, index_of(top) + 1)]]
  [[larger(to, index_of(top))]]
  forks_shrink twice)

# What is hidden stays in reach of a thief that looks anew.
model_mutant(hidden_but_public runtime/deque/forks.c
  [[        ws_store_seq_cst(&forks->public_to, b); /* H2 */]]
  [[        (void)b; /* H2 */]]
  forks_hold_public twice)

# What is hidden stays in reach of a thief that has looked before.
model_mutant(hidden_keeps_its_tag runtime/deque/forks.c
  [[        ws_store_seq_cst(&forks->top, retagged(top, b)); /* H3: no thief can move it from b */]]
  [[        (void)b;]]
  forks_hold_public twice)

# What was public for a while becomes private although a thief may still take it.
model_mutant(released_but_public runtime/deque/forks.c
  [[    close_from(forks, index_at(forks, bottom));
    ws_store_seq_cst(&forks->owner.private_from, bottom); /* H4 */]]
  [[    ws_store_seq_cst(&forks->owner.private_from, bottom); /* H4 */]]
  forks_expose twice)

# An old bottom together with a new public_to.
model_mutant(bottom_before_public_to runtime/deque/forks.c
  [[    if (t < lowest || t >= ws_load_seq_cst(&forks->public_to)) /* S2 */
        return false;
    if (t >= load_bottom(forks)) /* S3 */
        return false;]]
  [[    const size_t bottom = load_bottom(forks);
    if (t < lowest || t >= ws_load_seq_cst(&forks->public_to))
        return false;
    if (t >= bottom)
        return false;]]
  forks_force_other twice)

model_mutant(revocation_without_barrier runtime/deque/forks.c
  [[    ws_barrier_all(); /* R2 */
]]
  ""
  forks_force twice)

# ---- forks -----------------------------------------------------------------------------------

model_mutant(stolen_entry_keeps_its_tag runtime/deque/forks.c
  [[retagged(last, b)); /* P4 */]]
  [[last - 1);]]
  forks_last twice)

model_mutant(pop_without_fence runtime/deque/forks.c
  [[ws_exchange_seq_cst(&forks->owner.bottom, (size_t)slot); /* P1 */]]
  [[ws_store_release(&forks->owner.bottom, (size_t)slot);]]
  forks_public twice)

model_mutant(steal_without_cas runtime/deque/forks.c
  [[return ws_cas_seq_cst(&forks->top, top, top + 1); /* S4 */]]
  [[ws_store_release(&forks->top, top + 1);
    return true;]]
  forks_public twice)

model_mutant(last_entry_without_cas runtime/deque/forks.c
  [[if (index_of(top) == b && ws_cas_seq_cst(&forks->top, top, retagged(top, b))) /* P3 */
        return true;]]
  [[if (index_of(top) == b) {
        ws_store_seq_cst(&forks->top, retagged(top, b));
        return true;
    }]]
  forks_public twice)

model_mutant(two_revoke runtime/deque/forks.c
  [[        !ws_cas_seq_cst(&forks->owner.private_from, from, WS_REVOKING)) /* R1 */
        return false;]]
  [[        !(ws_store_seq_cst(&forks->owner.private_from, WS_REVOKING), true))
        return false;]]
  forks_force_two twice)

model_mutant(shrink_over_a_revocation runtime/deque/forks.c
  [[        ws_cas_seq_cst(&forks->owner.private_from, from,
                       address_of]]
  [[        ws_store_seq_cst(&forks->owner.private_from,
                       address_of]]
  forks_shrink_force twice)

model_mutant(shrink_without_public_to runtime/deque/forks.c
  [[        ws_store_seq_cst(&forks->public_to, to);             /* P0 */]]
  [[        (void)to;]]
  forks_shrink twice)

model_mutant(publish_nothing runtime/deque/forks.c
  [[return base + larger(1, n / 2);]]
  [[return base + n / 2;]]
  forks_force_last twice)

model_mutant(bottom_before_slot include/par/detail/worker.h
  [[    PAR_DETAIL_STORE_RELAXED(&head->fn, (size_t)fn);
    PAR_DETAIL_STORE_RELAXED(&head->frame, (size_t)job);
    /* Release: whoever reads this bottom reads the slot and the frame. */
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)(head + 1));]]
  [[    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)(head + 1));
    PAR_DETAIL_STORE_RELAXED(&head->fn, (size_t)fn);
    PAR_DETAIL_STORE_RELAXED(&head->frame, (size_t)job);]]
  forks_public twice)

model_mutant(private_from_before_bottom include/par/detail/worker.h
  [[    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)base);
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_LIKELY((size_t)base >= PAR_DETAIL_LOAD_RELAXED(&worker->private_from)))]]
  [[    const size_t from = PAR_DETAIL_LOAD_RELAXED(&worker->private_from);
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)base);
    if (PAR_LIKELY((size_t)base >= from))]]
  forks_force twice)

# ---- the deque of tasks ----------------------------------------------------------------------

model_mutant(deque_pop_without_fence runtime/deque/deque.c
  [[ws_exchange_seq_cst(&deque->bottom, b);          /* P1 */]]
  [[ws_store_release(&deque->bottom, b);]]
  deque_two twice)

model_mutant(deque_steal_without_cas runtime/deque/deque.c
  [[return ws_cas_seq_cst(&deque->top, top, top + 1); /* S3 */]]
  [[ws_store_release(&deque->top, top + 1);
    return true;]]
  deque_two twice)

model_mutant(deque_last_without_cas runtime/deque/deque.c
  [[b == top && ws_cas_seq_cst(&deque->top, top, top + 1);]]
  [[b == top && (ws_store_seq_cst(&deque->top, top + 1), true);]]
  deque_last twice)

model_mutant(deque_slot_after_steal runtime/deque/deque.c
  [[    *item = ws_item_read(slot_at(deque, top));
    if (may != NULL && !may(item, ctx))
        return false;
    return ws_cas_seq_cst(&deque->top, top, top + 1); /* S3 */]]
  [[    if (!ws_cas_seq_cst(&deque->top, top, top + 1))
        return false;
    *item = ws_item_read(slot_at(deque, top));
    return may == NULL || may(item, ctx);]]
  deque_full twice)

model_mutant(deque_compares_indices runtime/deque/deque.c
  [[if ((ptrdiff_t)(bottom - top) <= 0)]]
  [[if (bottom <= top)]]
  deque_wrap twice)

model_mutant(deque_pop_compares_indices runtime/deque/deque.c
  [[if ((ptrdiff_t)(b - top) > 0)]]
  [[if (b > top)]]
  deque_wrap invariant)

model_mutant(deque_one_too_many runtime/deque/deque.c
  [[>= deque->capacity)]]
  [[> deque->capacity)]]
  deque_full twice)

# ---- latches ---------------------------------------------------------------------------------

model_mutant(latch_touched_after_set runtime/pool/worker.c
  [[if (ws_latch_set(&job->state)) /* after this line the job is gone */]]
  [[(void)ws_latch_set(&job->state);
    if (ws_load_acquire(&job->state) == PAR_DETAIL_DONE)]]
  latch_set dead)

model_mutant(latch_set_by_a_store runtime/job/latch.h
  [[return (ws_exchange_acq_rel(word, PAR_DETAIL_DONE) & PAR_DETAIL_ASLEEP) != 0;]]
  [[const size_t seen = ws_load_acquire(word);
    ws_store_release(word, PAR_DETAIL_DONE);
    return (seen & PAR_DETAIL_ASLEEP) != 0;]]
  latch_set deadlock)

model_mutant(asleep_by_a_store runtime/job/latch.h
  [[ws_cas_seq_cst(word, seen, seen | PAR_DETAIL_ASLEEP))]]
  [[(ws_store_release(word, seen | PAR_DETAIL_ASLEEP), true))]]
  latch_set deadlock)

model_mutant(asleep_without_another_look runtime/pool/wait.c
  [[    if (!help(worker, ctx)) {]]
  [[    (void)help;
    (void)ctx;
    {]]
  latch_told deadlock)

model_mutant(made_and_not_told runtime/pool/wait.c
  [[    if (ws_latch_has_sleeper(latch))
        ws_unpark(&worker->parker);]]
  [[    (void)latch;
    (void)worker;]]
  latch_told deadlock)

# ---- taking only what descends ---------------------------------------------------------------

model_mutant(unfinished_before_slot runtime/deque/forks.c
  [[    if (t >= load_bottom(forks)) /* S3 */
        return false;
    *item = ws_item_read(&forks->slots[t]);
    if (may != NULL && !may(item, ctx))
        return false;]]
  [[    if (may != NULL && !may(item, ctx))
        return false;
    if (t >= load_bottom(forks))
        return false;
    *item = ws_item_read(&forks->slots[t]);]]
  leapfrog_after assert)

model_mutant(unfinished_not_asked runtime/pool/detail.c
  [[&work.item, mark, is_unfinished, job)]]
  [[&work.item, mark, NULL, NULL)]]
  leapfrog_after assert)

model_mutant(mark_ignored runtime/pool/detail.c
  [[&work.item, mark, is_unfinished, job)]]
  [[&work.item, 0 * mark, is_unfinished, job)]]
  leapfrog_below assert)

model_mutant(mark_after_thief runtime/job/job.h
  [[    ws_store_relaxed(&job->mark, mark);
    ws_add_seq_cst(&job->state, (size_t)thief); /* J2: pairs with ws_job_thief */]]
  [[    ws_add_seq_cst(&job->state, (size_t)thief);
    ws_store_relaxed(&job->mark, mark);]]
  leapfrog_below assert)

# ---- sleeping and waking ---------------------------------------------------------------------

model_mutant(sleep_without_another_look runtime/pool/sleep.c
  [[    if (must_get_up(worker) && get_up(worker))                          /* S4 */
        return;
]]
  [[    (void)must_get_up;
]]
  sleep_fork deadlock sleep_task deadlock sleep_injected deadlock)

model_mutant(request_without_barrier runtime/pool/sleep.c
  [[    if (crew->asymmetric)
        ws_barrier_all();
]]
  ""
  sleep_fork deadlock sleep_lend deadlock)

model_mutant(request_before_bit runtime/pool/sleep.c
  [[    ws_or_seq_cst(word_of(crew, worker->index), bit_of(worker->index)); /* S1 */
    ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));         /* S2 */
    ask_for_work(crew);                                                 /* S3 */]]
  [[    ask_for_work(crew);
    ws_or_seq_cst(word_of(crew, worker->index), bit_of(worker->index));
    ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));]]
  sleep_fork_again deadlock)

model_mutant(bit_after_count runtime/pool/sleep.c
  [[    ws_or_seq_cst(word_of(crew, worker->index), bit_of(worker->index)); /* S1 */
    ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));         /* S2 */
    ask_for_work(crew);                                                 /* S3 */
    if (must_get_up(worker) && get_up(worker))                          /* S4 */
        return;]]
  [[    ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));
    ask_for_work(crew);
    const bool must = must_get_up(worker);
    ws_or_seq_cst(word_of(crew, worker->index), bit_of(worker->index));
    if (must && get_up(worker))
        return;]]
  sleep_fork deadlock)

model_mutant(limit_before_bottom include/par/detail/worker.h
  [[    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)(head + 1));
    /* The limit is read after bottom is stored: who asks sets the one and then reads the other. */
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_UNLIKELY((size_t)head >= PAR_DETAIL_LOAD_RELAXED(&worker->limit)) &&]]
  [[    const size_t limit = PAR_DETAIL_LOAD_RELAXED(&worker->limit);
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)(head + 1));
    if (PAR_UNLIKELY((size_t)head >= limit) &&]]
  sleep_fork deadlock)

model_mutant(limit_raised_for_good runtime/pool/detail.c
  [[    if (ws_sleep_must_ask(crew))
        ws_forks_request(forks); /* on behalf of those who sleep */
]]
  ""
  sleep_two deadlock)

model_mutant(answer_without_order runtime/pool/detail.c
  [[ws_exchange_seq_cst(&forks->owner.bottom, forks->owner.bottom);]]
  [[]]
  sleep_full_fence deadlock)

model_mutant(found_nobody_and_gone runtime/pool/sleep.c
  [[        if (!anyone_sleeps(crew) && !somebody_is_needed(crew))
            return;
    }]]
  [[        return;
    }]]
  sleep_not_found deadlock)

model_mutant(last_searcher_says_nothing runtime/pool/sleep.c
  [[    announce_if_needed(crew, worker);
}

void ws_sleep_search]]
  [[}

void ws_sleep_search]]
  sleep_last deadlock)

model_mutant(found_in_a_crowd_without_asking runtime/pool/sleep.c
  [[        ask_for_work(crew); /* those who pushed have left it to the searcher */]]
  [[        (void)crew;]]
  sleep_crowded deadlock)

model_mutant(enters_without_asking runtime/pool/sleep.c
  [[    ws_forks_request(&worker->forks); /* M1 */
]]
  ""
  sleep_enter deadlock)

model_mutant(leaves_without_a_look runtime/pool/sleep.c
  [[        ws_crew_request(crew); /* M2 */
    announce_if_needed(crew, worker);]]
  [[        ws_crew_request(crew);
    (void)worker;]]
  sleep_leave_task deadlock)

model_mutant(leaves_without_asking runtime/pool/sleep.c
  [[        ws_crew_request(crew); /* M2 */]]
  [[        (void)crew;]]
  sleep_leave_fork deadlock)

model_mutant(forgets_and_says_nothing runtime/pool/detail.c
  [[        ws_sleep_forget(crew);]]
  [[        (void)crew;]]
  sleep_lend_heard deadlock)

model_mutant(forgets_after_the_last_look runtime/pool/detail.c
  [[        ws_forks_set_limit(forks); /* before publishing: what is asked later stays asked */
        ws_sleep_forget(crew);
    }]]
  [[        ws_forks_set_limit(forks);
    }
    if (!ws_sleep_must_ask(crew)) {
        ws_sleep_forget(crew);
        return;
    }]]
  sleep_lend_heard deadlock)
# ---- reference counts ------------------------------------------------------------------------

# Two looks at two counts, with nothing that holds one of them.
model_mutant(alone_by_two_looks runtime/sync/arc.c
  [[    if (!ws_cas_acq_rel(&arc->weak, 1, WS_ARC_LOCKED))
        return false;
    const bool alone = ws_load_acquire(&arc->strong) == 1;
    ws_store_release(&arc->weak, 1);
    return alone;]]
  [[    return ws_load_acquire(&arc->weak) == 1 && ws_load_acquire(&arc->strong) == 1;]]
  arc_alone assert)

# A weak reference does not see that the count is locked.
model_mutant(downgrade_past_the_lock runtime/sync/arc.c
  [[if (weak == WS_ARC_LOCKED) {]]
  [[if (weak == 0) {]]
  arc_alone dead)

# What has ended comes back.
model_mutant(upgrade_from_nothing runtime/sync/arc.c
  [[        if (strong == 0)
            return NULL; /* A1 */]]
  [[]]
  arc_end assert)

# The last strong reference frees without regard to the weak ones.
model_mutant(free_with_the_object runtime/sync/arc.c
  [[    drop_weak(arc); /* A2: the strong ones' */]]
  [[    release(arc);]]
  arc_end dead)

# The last one is told by a look after the subtraction.
model_mutant(last_by_a_second_look runtime/sync/arc.c
  [[    if (before != 1)
        return false;
    (void)ws_load_acquire(count); /* A3 */
    return true;]]
  [[    (void)before;
    return ws_load_acquire(count) == 0;]]
  arc_end dead)

# To move the inside out leaves the count as it is.
model_mutant(unwrap_without_taking runtime/sync/arc.c
  [[return ws_cas_acq_rel(&arc->strong, 1, 0);]]
  [[return ws_load_acquire(&arc->strong) == 1;]]
  arc_inside dead)


# ---- channels --------------------------------------------------------------------------------

# Two senders are in their turn at once, or two receivers.
model_mutant(turn_of_two_senders runtime/stream/channel_array.c
  [[    const size_t word = ws_turn_enter(&channel->tail.word);]]
  [[    const size_t word = ws_turn_await(&channel->tail.word);]]
  channel_senders deadlock)

model_mutant(turn_of_two_receivers runtime/stream/channel_array.c
  [[    const size_t word = ws_turn_enter(&channel->head.word);]]
  [[    const size_t word = ws_turn_await(&channel->head.word);]]
  channel_receivers twice)

model_mutant(list_turn_of_two_senders runtime/stream/channel_list.c
  [[    const size_t word = ws_turn_enter(&channel->tail.word);]]
  [[    const size_t word = ws_turn_await(&channel->tail.word);]]
  list_senders deadlock)

model_mutant(list_turn_of_two_receivers runtime/stream/channel_list.c
  [[    const size_t word = ws_turn_enter(&channel->head.word);]]
  [[    const size_t word = ws_turn_await(&channel->head.word);]]
  list_receivers invariant)

model_mutant(ring_has_one_place_more runtime/stream/channel_ring.h
  [[        channel->tail.seen = ws_load_acquire(&channel->head.word); /* C2 */
        room = channel->capacity - ws_side_between(channel->tail.seen, tail);]]
  [[        channel->tail.seen = ws_load_acquire(&channel->head.word);
        room = channel->capacity + 1 - ws_side_between(channel->tail.seen, tail);]]
  channel_wrap twice)

# T2 without its half: the sender looks at a head that is still on its way.
model_mutant(waits_without_passing_the_head runtime/stream/channel.c
  [[    if (sends)
        ws_turn_pass(&channel->head.word);
]]
  ""
  channel_senders deadlock)

model_mutant(waits_without_passing_the_tail runtime/stream/channel.c
  [[    ws_turn_pass(&channel->tail.word);
]]
  ""
  list_senders deadlock)

model_mutant(waits_without_another_look runtime/stream/channel.c
  [[    return sends ? channel->engine->can_send(channel) : channel->engine->can_receive(channel);]]
  [[    return false;]]
  channel_wrap deadlock select_two deadlock)

model_mutant(spare_taken_in_two_steps runtime/stream/channel_list.c
  [[    return (ws_block *)ws_exchange_acq_rel(&channel->spare, 0);]]
  [[    ws_block *spare = (ws_block *)ws_load_relaxed(&channel->spare);
    ws_store_release(&channel->spare, 0);
    return spare;]]
  list_spare assert)

model_mutant(spsc_waits_without_barrier runtime/stream/channel_spsc.c
  [[    if (channel->needs_barrier)
        ws_barrier_all(); /* Q1 */
    else]]
  [[    if (!channel->needs_barrier)]]
  spsc_barrier deadlock)

model_mutant(spsc_publishes_by_a_store runtime/stream/channel_spsc.c
  [[        ws_exchange_seq_cst(word, value);]]
  [[        ws_store_release(word, value);]]
  spsc_fence deadlock)

# ---- capacity 0 ------------------------------------------------------------------------------

model_mutant(zero_done_before_the_copy runtime/stream/channel_zero.c
  [[    ws_copy_one(receiver->element, elements, channel->size);
    finish(receiver);]]
  [[    void *place = receiver->element;
    finish(receiver);
    ws_pause();
    ws_copy_one(place, elements, channel->size);]]
  zero_both assert)

model_mutant(zero_claims_who_has_left runtime/stream/channel_zero.c
  [[        if (ws_cas_acq_rel(each->choice, WS_CHOICE_WAITING, ws_choice_of(each, WS_CHOICE_CLAIMED)))
            return each;]]
  [[        ws_store_release(each->choice, ws_choice_of(each, WS_CHOICE_CLAIMED));
        return each;]]
  zero_three assert)

model_mutant(zero_waits_without_another_look runtime/stream/channel_zero.c
  [[    const bool again = is_closed(channel) || is_met(others, waiter->choice);]]
  [[    const bool again = is_closed(channel);
    (void)is_met;]]
  zero_meet deadlock)

# ---- the end of channels ---------------------------------------------------------------------

model_mutant(close_calls_no_sender runtime/stream/channel.c
  [[    ws_waiters_call_some(&channel->senders_waiting, SIZE_MAX);
]]
  ""
  close_last deadlock)

model_mutant(close_calls_no_receiver runtime/stream/channel.c
  [[    ws_waiters_call_some(&channel->receivers_waiting, SIZE_MAX);
]]
  ""
  close_array deadlock)

model_mutant(close_outside_of_the_turn runtime/stream/channel.c
  [[    const size_t word = ws_turn_enter(&channel->tail.word);]]
  [[    const size_t word = ws_turn_await(&channel->tail.word);]]
  close_last never)

model_mutant(close_calls_no_receiver_of_zero runtime/stream/channel_zero.c
  [[    call_all(&channel->receivers_waiting);
]]
  ""
  close_zero deadlock)

model_mutant(frees_blocks_from_the_first runtime/stream/channel_list.c
  [[    ws_block *block = channel->head.block != NULL ? channel->head.block : channel->first;
    while]]
  [[    ws_block *block = channel->first;
    while]]
  close_list dead)

model_mutant(freed_with_what_is_in_it runtime/stream/channel.c
  [[    channel->engine->discard(channel);
    channel->engine->free(channel);]]
  [[    channel->engine->free(channel);]]
  close_spsc never)

model_mutant(freed_by_both_sides runtime/stream/channel.c
  [[    if (ws_add_seq_cst(&channel->sides, (size_t)-1) != 1)
        return;]]
  [[    ws_add_seq_cst(&channel->sides, (size_t)-1);
    if (ws_load_acquire(&channel->sides) != 0)
        return;]]
  close_last dead)

model_mutant(two_last_receivers runtime/stream/channel.c
  [[    if (channel == NULL || ws_add_seq_cst(&channel->receivers, (size_t)-1) != 1)
        return;]]
  [[    const size_t left = ws_load_acquire(&channel->receivers) - 1;
    ws_store_release(&channel->receivers, left);
    if (left != 0)
        return;]]
  close_receivers never)

# ---- select ----------------------------------------------------------------------------------

model_mutant(select_waits_without_the_copy runtime/stream/channel_move.c
  [[    while (is_open(choice))
        ws_blocker_park(self, PAR_FOREVER);
    return]]
  [[    (void)self;
    return]]
  zero_both assert)

model_mutant(select_calls_nobody_else runtime/stream/select.c
  [[        ws_waiters_call_some(ws_channel_waiting(channel, sends(called)), 1);]]
  [[        (void)ws_channel_waiting(channel, sends(called));]]
  select_called deadlock)

model_mutant(select_passes_over_closed_ones runtime/stream/select.c
  [[        if (code != EAGAIN) {]]
  [[        if (code == 0) {]]
  select_close endless)

model_mutant(select_forgets_the_number runtime/stream/select.c
  [[.number = i,]]
  [[.number = 0,]]
  select_cross assert select_zero assert)

model_mutant(canceled_and_sleeps_on runtime/stream/channel_move.c
  [[        if (group != NULL && ws_group_is_canceled(group))
            return;
        if]]
  [[        (void)group;
        if]]
  wait_cancel deadlock)

# ---- locks -----------------------------------------------------------------------------------

model_mutant(queues_without_another_look runtime/sync/lock.c
  [[        may = may_enter(state, self->reads, woken);
    } while]]
  [[        may = false;
    } while]]
  mutex_two deadlock)

model_mutant(goes_back_and_stays_woken runtime/sync/lock.c
  [[    return without(state, woken) | WS_LOCK_QUEUED | reserved;]]
  [[    return state | WS_LOCK_QUEUED | reserved;]]
  mutex_three deadlock)

model_mutant(gives_up_although_told runtime/sync/lock.c
  [[        if (reason != 0 && ws_lock_leave(lock, self))
            return reason;]]
  [[        if (reason != 0) {
            ws_lock_leave(lock, self);
            return reason;
        }]]
  mutex_until assert)

model_mutant(cycles_are_not_refused runtime/sync/lock.c
  [[        return ws_cycle_refuse(lock, self);]]
  [[        return lock == NULL;]]
  mutex_cycle deadlock)

# D1: each of the two sees the cycle, and nobody looks at the other's verdict.
model_mutant(both_are_refused runtime/sync/cycle.c
  [[    const bool refused = closes_cycle(lock, self->blocker) && ws_lock_leave(lock, self);
    pthread_mutex_unlock(&verdicts);]]
  [[    const bool closes = closes_cycle(lock, self->blocker);
    pthread_mutex_unlock(&verdicts);
    const bool refused = closes && ws_lock_leave(lock, self);]]
  mutex_cycle assert)

model_mutant(moved_and_not_queued runtime/sync/lock.c
  [[(tries ? WS_LOCK_WOKEN : WS_LOCK_QUEUED); /* K2, K3 */]]
  [[(tries ? WS_LOCK_WOKEN : 0);]]
  condvar_inside deadlock)

model_mutant(moved_to_a_free_lock runtime/sync/lock.c
  [[        const bool tries = is_free(state) && (state & WS_LOCK_WOKEN) == 0;]]
  [[        const bool tries = false;]]
  condvar_outside deadlock)

model_mutant(releases_before_it_is_in_line runtime/sync/condvar.c
  [[    stand_in_line(condvar, &waiter); /* C1 */
    ws_lock_release(lock);]]
  [[    ws_lock_release(lock);
    stand_in_line(condvar, &waiter);]]
  condvar_inside deadlock condvar_outside deadlock)

model_mutant(notifies_one_of_all runtime/sync/condvar.c
  [[    notify_up_to(condvar, SIZE_MAX);]]
  [[    notify_up_to(condvar, 1);]]
  condvar_all deadlock)

model_mutant(leaves_although_notified runtime/sync/condvar.c
  [[        if (reason != 0 && leave(condvar, self))
            return reason;]]
  [[        if (reason != 0) {
            leave(condvar, self);
            return reason;
        }]]
  condvar_until assert)

model_mutant(lets_one_reader_in runtime/sync/lock.c
  [[        tell_sharers(lock, next.sharers);]]
  [[        tell_sharers(lock, next.sharers > 0);]]
  rwlock_readers deadlock)

model_mutant(downgrades_the_line_away runtime/sync/lock.c
  [[                             flags_after(state, 0) | WS_LOCK_SHARED | WS_LOCK_SHARER));]]
  [[                             (flags_after(state, 0) & ~WS_LOCK_QUEUED) | WS_LOCK_SHARED |
                                 WS_LOCK_SHARER));]]
  rwlock_downgrade deadlock)

# ---- what happens once -----------------------------------------------------------------------

model_mutant(lot_without_a_look runtime/sync/lot.c
  [[    const bool must_wait = ws_load_acquire(word) == value;]]
  [[    const bool must_wait = word != NULL && value != 0;]]
  once_three deadlock)

model_mutant(failed_and_wakes_nobody runtime/sync/once.c
  [[    if ((state & AWAITED) != 0)]]
  [[    if ((state & AWAITED) != 0 && run->code == 0)]]
  once_retry deadlock)

model_mutant(never_gives_up runtime/sync/lot.c
  [[    return in_time ? 0 : ETIMEDOUT;]]
  [[    return 0 * in_time;]]
  once_until endless)

# ---- looking while both sides move -----------------------------------------------------------

model_mutant(element_by_an_older_tail runtime/stream/channel_engine.h
  [[    const size_t head = ws_load_acquire(&channel->head.word);
    return ws_side_between(head, ws_load_acquire(&channel->tail.word)) != 0;]]
  [[    const size_t tail = ws_load_acquire(&channel->tail.word);
    return ws_side_between(ws_load_acquire(&channel->head.word), tail) != 0;]]
  list_overlooked deadlock channel_overlooked deadlock)

model_mutant(room_by_an_older_head runtime/stream/channel_engine.h
  [[    const size_t tail = ws_load_acquire(&channel->tail.word);
    const size_t head = ws_load_acquire(&channel->head.word);
]]
  [[    const size_t head = ws_load_acquire(&channel->head.word);
    const size_t tail = ws_load_acquire(&channel->tail.word);
]]
  room_overlooked deadlock)
