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
  [[    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)*head);
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_LIKELY((size_t)*head >= PAR_DETAIL_LOAD_RELAXED(&worker->private_from)))]]
  [[    const size_t from = PAR_DETAIL_LOAD_RELAXED(&worker->private_from);
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)*head);
    if (PAR_LIKELY((size_t)*head >= from))]]
  forks_force twice)
