# cmake -DPROGRAM=... -DFOLDER=... -DOUTPUT=... -P inverted_index.cmake
# Builds an index of FOLDER in each way; the report names all stages and one of them as the
# bottleneck, both indices are the same, and a word is found in them as often as in the files.

foreach(way IN ITEMS --tokens --threads)
  execute_process(COMMAND ${PROGRAM} ${way} ${FOLDER} ${OUTPUT}${way}
    RESULT_VARIABLE result OUTPUT_VARIABLE output)
  if(NOT result EQUAL 0 OR NOT output MATCHES "documents in .* MB/s of text\n")
    message(FATAL_ERROR "${way}: ${result}: '${output}'")
  endif()
  foreach(stage IN ITEMS read index merge write join)
    if(NOT output MATCHES "\n${stage} +[0-9]+ +[0-9.]+ +[0-9]+ +[0-9.]+% +[0-9]+\n")
      message(FATAL_ERROR "${way} says nothing of ${stage}: '${output}'")
    endif()
  endforeach()
  if(NOT output MATCHES "\nbottleneck: (read|index|merge|write|join)\n$")
    message(FATAL_ERROR "${way} names no bottleneck: '${output}'")
  endif()
endforeach()

file(SHA256 ${OUTPUT}--tokens tokens)
file(SHA256 ${OUTPUT}--threads threads)
if(NOT tokens STREQUAL threads)
  message(FATAL_ERROR "the two ways give two indices")
endif()

execute_process(COMMAND ${PROGRAM} --find mandelbrot ${OUTPUT}--tokens
  RESULT_VARIABLE result OUTPUT_VARIABLE output)
string(REGEX MATCHALL "[^\n]*: [0-9]+\n" places "${output}")
list(LENGTH places n)
if(NOT result EQUAL 0 OR n EQUAL 0 OR NOT output MATCHES "\nmandelbrot: ${n} times\n$")
  message(FATAL_ERROR "${result}: '${output}'")
endif()

foreach(arguments IN ITEMS "--find;x;${FOLDER}/README.md" "${FOLDER}/none;${OUTPUT}" "--words")
  execute_process(COMMAND ${PROGRAM} ${arguments}
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE errors)
  if(result EQUAL 0 OR errors STREQUAL "")
    message(FATAL_ERROR "${arguments}: ${result}: '${errors}'")
  endif()
endforeach()
file(REMOVE ${OUTPUT}--tokens ${OUTPUT}--threads)
