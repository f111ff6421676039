# cmake -DSCRATCH=<folder> -P floors_test.cmake
# Runs floors.cmake on small trees: a right one, and one for each way to break a rule.
cmake_policy(VERSION 3.24)

# Writes a right tree, then `content` to `file`, and runs the check on it.
function(run_check file content out_result out_text)
  file(REMOVE_RECURSE ${SCRATCH})
  file(WRITE ${SCRATCH}/CMakeLists.txt
    "runtime/base/park_\${PAR_PARK}.c runtime/cpu/topology_hwloc.c\n"
    "runtime/deque/deque.c par_iter/par_map.c\n")
  file(WRITE ${SCRATCH}/include/par/join.h "#include <stddef.h>\n")
  file(WRITE ${SCRATCH}/include/par/par.h "#include <par/join.h>\n")
  file(WRITE ${SCRATCH}/runtime/base/atomic.h "#include <atomic_ops.h>\n")
  file(WRITE ${SCRATCH}/runtime/cpu/topology_hwloc.c "#include <hwloc.h>\n")
  file(WRITE ${SCRATCH}/runtime/deque/deque.h "#include \"base/atomic.h\"\n")
  file(WRITE ${SCRATCH}/runtime/deque/deque.c
    "#include \"deque/deque.h\"\n  # include \"base/atomic.h\"\n")
  file(WRITE ${SCRATCH}/par_iter/par_map.c "#include <par/join.h>\n#include \"par_iter/blocks.h\"\n")
  file(WRITE ${SCRATCH}/bench/micro/bench.h "#include <stddef.h>\n")
  file(WRITE ${SCRATCH}/bench/micro/fib.c "#include \"micro/bench.h\"\n#include <par/par.h>\n")
  file(APPEND ${SCRATCH}/${file} "${content}\n")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/floors.cmake
    RESULT_VARIABLE result ERROR_VARIABLE text OUTPUT_QUIET)
  set(${out_result} ${result} PARENT_SCOPE)
  set(${out_text} "${text}" PARENT_SCOPE)
endfunction()

function(expect_right file content)
  run_check(${file} "${content}" result text)
  if(NOT result EQUAL 0)
    message(SEND_ERROR "'${content}' in ${file} was refused:\n${text}")
  endif()
endfunction()

function(expect_wrong file content)
  run_check(${file} "${content}" result text)
  if(result EQUAL 0)
    message(SEND_ERROR "'${content}' in ${file} was not caught")
  elseif(NOT text MATCHES "${file}")
    message(SEND_ERROR "'${content}' in ${file}: the message does not name the file:\n${text}")
  endif()
endfunction()

expect_right(runtime/deque/deque.c "#include <stdio.h>")
expect_right(runtime/deque/deque.c "#include <par/join.h>")
expect_right(runtime/base/park_futex.c "#include \"base/atomic.h\"")
expect_right(runtime/base/park_condvar.c "#include \"base/atomic.h\"")
expect_right(runtime/deque/deque.c "/* not an #include \"pool/pool.h\" */")

expect_wrong(runtime/base/atomic.h "#include \"deque/deque.h\"")
expect_wrong(runtime/base/atomic.h "  #  include \"deque/deque.h\"")
expect_wrong(runtime/deque/deque.c "#include \"par_iter/blocks.h\"")
expect_wrong(runtime/deque/deque.c "#include \"deque.h\"")
expect_wrong(runtime/deque/deque.c "#include \"../base/atomic.h\"")
expect_wrong(runtime/deque/deque.c "#include \"base/missing.h\"")
expect_wrong(runtime/deque/deque.c "#include <atomic_ops.h>")
expect_wrong(runtime/deque/deque.c "#include <hwloc.h>")
expect_wrong(runtime/deque/deque.c "#include <par/missing.h>")
expect_wrong(runtime/deque/deque.c "#include HEADER")
expect_wrong(runtime/base/park_other.c "#include \"base/atomic.h\"")
expect_wrong(runtime/deque/forgotten.c "#include \"base/atomic.h\"")
expect_wrong(par_iter/par_map.c "#include \"deque/deque.h\"")
expect_wrong(par_iter/par_map.c "#include \"../runtime/deque/deque.h\"")
expect_wrong(include/par/join.h "#include \"deque/deque.h\"")
expect_wrong(include/par/join.h "#include <hwloc/helper.h>")
expect_wrong(bench/micro/fib.c "#include \"deque/deque.h\"")
expect_wrong(bench/micro/fib.c "#include \"bench.h\"")
expect_wrong(bench/micro/fib.c "#include \"../runtime/deque/deque.h\"")
