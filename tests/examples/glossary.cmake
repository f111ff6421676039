# cmake -DPROGRAM=... -DFOLDER=... -P glossary.cmake
# Runs the example glossary on the pages of a folder, and counts the words again. A page that is not
# there must be the result.

set(words thread core steal)
file(GLOB pages ${FOLDER}/*.md)
list(LENGTH pages n)
set(expected "${n} files:")
foreach(word IN LISTS words)
  set(sum 0)
  foreach(page IN LISTS pages)
    file(READ ${page} text)
    string(REGEX MATCHALL "${word}" found "${text}")
    list(LENGTH found count)
    math(EXPR sum "${sum} + ${count}")
  endforeach()
  string(APPEND expected " ${word} ${sum},")
endforeach()
string(REGEX REPLACE ",$" "\n" expected "${expected}")

execute_process(COMMAND ${PROGRAM} ${pages} RESULT_VARIABLE result OUTPUT_VARIABLE output)
if(n EQUAL 0 OR NOT result EQUAL 0 OR NOT output STREQUAL expected)
  message(FATAL_ERROR "${result}: '${output}' instead of '${expected}'")
endif()

execute_process(COMMAND ${PROGRAM} ${pages} ${FOLDER}/missing.md ${pages}
  RESULT_VARIABLE result OUTPUT_VARIABLE output)
if(result EQUAL 0 OR NOT output MATCHES "missing.md: ")
  message(FATAL_ERROR "a page is missing, and it says: '${output}'")
endif()
