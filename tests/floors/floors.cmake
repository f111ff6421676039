# cmake -DROOT=<source folder> -P floors.cmake
# Fails when a file includes what its floor may not know. docs/design/floors.md says why.
#   F1  In runtime/ a file includes its own folder and folders that stand before it in the alphabet.
#   F2  runtime/ includes public headers, but never par_iter/; par_iter/ includes itself and public
#       headers; a public header includes public headers alone, with <par/...>.
#   F3  bench/ includes public headers and bench/ itself.
#   F6  In par_iter/ and in the renderer a folder includes itself and those that stand before it in
#       the alphabet.
#   F4  atomic_ops.h is named in runtime/base/atomic.h alone; hwloc.h in one file of runtime/cpu.
#   F5  Each source of runtime/ and par_iter/ stands in CMakeLists.txt.
cmake_policy(VERSION 3.24)

function(report file line reason)
  message(SEND_ERROR "${file}: ${line}: ${reason}")
endfunction()

function(check_runtime file floor line path)
  if(NOT path MATCHES "^([a-z_]+)/[a-z_0-9]+\\.h$")
    report(${file} "${line}" "an include is written \"floor/name.h\"")
  elseif(CMAKE_MATCH_1 STRGREATER floor)
    report(${file} "${line}" "'${floor}' stands before '${CMAKE_MATCH_1}' and may not include it")
  elseif(NOT EXISTS ${ROOT}/runtime/${path})
    report(${file} "${line}" "runtime/${path} does not exist")
  endif()
endfunction()

# F6, for a file in a folder of its own.
function(check_order file line folder path)
  if(path MATCHES "^(mandelbrot|par_iter)/([a-z]+)/" AND CMAKE_MATCH_2 STRGREATER folder)
    report(${file} "${line}" "'${folder}' stands before '${CMAKE_MATCH_2}' and may not include it")
  endif()
endfunction()

# `path` is what stands between the quotes.
function(check_quoted file line path)
  if(file MATCHES "^runtime/([a-z_]+)/")
    check_runtime(${file} ${CMAKE_MATCH_1} "${line}" "${path}")
  elseif(file MATCHES "^par_iter/" AND NOT path MATCHES "^par_iter/")
    report(${file} "${line}" "par_iter/ includes its own files and public headers only")
  elseif(file MATCHES "^include/")
    report(${file} "${line}" "a public header includes with <...> only")
  elseif(file MATCHES "^bench/" AND (path MATCHES "\\.\\./" OR NOT EXISTS ${ROOT}/bench/${path}))
    report(${file} "${line}" "bench/ includes itself, written from bench/, and public headers only")
  elseif(file MATCHES "^(bench/mandelbrot|par_iter)/([a-z]+)/")
    check_order(${file} "${line}" ${CMAKE_MATCH_2} "${path}")
  endif()
endfunction()

# `path` is what stands between the angle brackets.
function(check_angled file line path)
  if(path MATCHES "^atomic_ops" AND NOT file STREQUAL "runtime/base/atomic.h")
    report(${file} "${line}" "only runtime/base/atomic.h includes atomic_ops.h")
  elseif(path MATCHES "^hwloc" AND NOT file MATCHES "^runtime/cpu/topology[a-z_]*\\.c$")
    report(${file} "${line}" "only the topology file of runtime/cpu includes hwloc.h")
  elseif(path MATCHES "^par/" AND NOT EXISTS ${ROOT}/include/${path})
    report(${file} "${line}" "include/${path} does not exist")
  elseif(file MATCHES "^include/" AND path MATCHES "/" AND NOT path MATCHES "^par/")
    report(${file} "${line}" "a public header includes C's own headers and <par/...> only")
  endif()
endfunction()

file(READ ${ROOT}/CMakeLists.txt build)
string(REPLACE "\${PAR_PARK}" "futex" build_futex "${build}")
string(REPLACE "\${PAR_PARK}" "condvar" build_condvar "${build}")
file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/runtime/*.c ${ROOT}/par_iter/*.c)
foreach(source IN LISTS sources)
  string(FIND "${build_futex} ${build_condvar}" "${source}" place)
  if(place EQUAL -1)
    message(SEND_ERROR "${source} is not listed in CMakeLists.txt")
  endif()
endforeach()

file(GLOB_RECURSE files RELATIVE ${ROOT}
  ${ROOT}/include/*.h ${ROOT}/runtime/*.[ch] ${ROOT}/par_iter/*.[ch] ${ROOT}/bench/*.[ch])
if(NOT files)
  message(FATAL_ERROR "no sources in ${ROOT}")
endif()
foreach(file IN LISTS files)
  file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include")
  foreach(line IN LISTS lines)
    if(line MATCHES "include[ \t]*\"([^\"]*)\"")
      check_quoted(${file} "${line}" "${CMAKE_MATCH_1}")
    elseif(line MATCHES "include[ \t]*<([^>]*)>")
      check_angled(${file} "${line}" "${CMAKE_MATCH_1}")
    else()
      report(${file} "${line}" "an include names its file")
    endif()
  endforeach()
endforeach()
