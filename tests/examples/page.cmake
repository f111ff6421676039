# cmake -DSOURCE=... -DPROGRAM=... -DPAGE=... [-DVARIES=ON] -P page.cmake
# Fails unless PAGE shows the file SOURCE, from its first #include on, as a block of C, and after it
# as a block of text what PROGRAM, which was built from it, prints. VARIES: the text is an example
# and may differ, but there must be one.

file(READ ${SOURCE} code)
string(FIND "${code}" "#include" start)
string(SUBSTRING "${code}" ${start} -1 code)
set(language c)
if(SOURCE MATCHES "[.]cpp$")
  set(language cpp)
endif()
set(block "```${language}\n${code}```\n")

file(READ ${PAGE} page)
string(FIND "${page}" "${block}" start)
if(start EQUAL -1)
  message(FATAL_ERROR "${PAGE} does not show ${SOURCE} as it is")
endif()

execute_process(COMMAND ${PROGRAM} RESULT_VARIABLE result OUTPUT_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${result}, after printing:\n${output}")
endif()

string(LENGTH "${block}" length)
math(EXPR start "${start} + ${length}")
string(SUBSTRING "${page}" ${start} -1 rest)
if(VARIES)
  set(expected "\n```text\n")
else()
  set(expected "\n```text\n${output}```\n")
endif()
string(FIND "${rest}" "${expected}" start)
if(output STREQUAL "" OR NOT start EQUAL 0)
  message(FATAL_ERROR "${PAGE} does not show, right after ${SOURCE}, what it prints:\n${output}")
endif()
