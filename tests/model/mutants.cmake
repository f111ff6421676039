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
    list(TRANSFORM model_sources PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE sources)
    target_sources(test_model_${name} PRIVATE
      ${model_own} ${sources} $<TARGET_OBJECTS:model_engine>)
  else()
    string(MAKE_C_IDENTIFIER model_${file} library)
    list(REMOVE_ITEM objects $<TARGET_OBJECTS:${library}>)
    target_sources(test_model_${name} PRIVATE ${mutant}/${file} ${objects})
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
