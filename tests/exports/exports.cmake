# cmake -DNM=<nm> -DLIBRARY=<libpar.so> -DLIST=<par.list> -P exports.cmake
# Fails unless the library exports exactly the names in the list.
cmake_policy(VERSION 3.24)

execute_process(
  COMMAND ${NM} -D --defined-only --format=posix ${LIBRARY}
  OUTPUT_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${NM} cannot read ${LIBRARY}")
endif()
string(REGEX MATCHALL "[^\n]+" lines "${output}")
list(TRANSFORM lines REPLACE " .*" "" OUTPUT_VARIABLE exported)
file(STRINGS ${LIST} listed)
list(FILTER listed EXCLUDE REGEX "^#")

foreach(name IN LISTS exported)
  if(NOT name IN_LIST listed)
    message(SEND_ERROR "${name} is exported but not in ${LIST}")
  endif()
endforeach()
foreach(name IN LISTS listed)
  if(NOT name IN_LIST exported)
    message(SEND_ERROR "${name} is in ${LIST} but not exported")
  endif()
endforeach()
