# cmake -DPROGRAM=<benchmark program> -P refusals.cmake
# Wrong arguments get exit status 2, one line on stderr and nothing on stdout.
cmake_policy(VERSION 3.24)

foreach(arguments IN ITEMS "--nonsense" "--repeat;0" "--threads;two" "--json"
    "--json;/nonexistent/file" "extra")
  execute_process(COMMAND ${PROGRAM} ${arguments}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE message)
  if(NOT status EQUAL 2 OR NOT output STREQUAL "" OR NOT message MATCHES "^[^\n]+\n$")
    message(FATAL_ERROR
      "${PROGRAM} ${arguments}: status ${status}\nstdout: ${output}\nstderr: ${message}")
  endif()
endforeach()
