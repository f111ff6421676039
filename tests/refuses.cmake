# cmake -DCOMPILER=... -DFLAGS=... -DINCLUDE=... -DFOLDER=... -DENDING=c|cpp -DLINES=... -P refuses.cmake
# Fails unless the compiler judges as the file LINES says, which is CMake and calls these:
#   prelude(<text>)           what stands above the lines that follow; several add up
#   right(<line>)             must compile
#   wrong(<line> [<text>])    must be refused, with an error on that very line; or, if there is a
#                             text, with that in what the compiler says
# ${expansion} is such a text: an error on the line, or in a macro that the line is said to expand.
# LINES may ask for ENDING where the languages differ.

set(above "")
set(place "")     # matches the line after the prelude in what compilers say
set(expansion "")
separate_arguments(flags UNIX_COMMAND "${FLAGS}")
cmake_path(GET LINES STEM name)
set(source ${FOLDER}/${name}.${ENDING})
set_property(GLOBAL PROPERTY judged 0)
set_property(GLOBAL PROPERTY misjudged 0)

macro(prelude text)
  string(APPEND above "${text}")
  string(REGEX MATCHALL "\n" ends "${above}")
  list(LENGTH ends number)
  math(EXPR number "${number} + 1")
  set(place "${name}\\.${ENDING}:${number}:[0-9]+: ")
  set(expansion "${place}(error|note: in expansion of macro)")
endmacro()

function(add_one counter)
  get_property(count GLOBAL PROPERTY ${counter})
  math(EXPR count "${count} + 1")
  set_property(GLOBAL PROPERTY ${counter} ${count})
endfunction()

# An empty text expects that the line compiles.
function(judge line text)
  file(WRITE ${source} "${above}${line}\n")
  execute_process(COMMAND ${COMPILER} ${flags} -I${INCLUDE} -fsyntax-only ${source}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  add_one(judged)
  if(text STREQUAL "" AND result EQUAL 0)
    return()
  elseif(text STREQUAL "")
    message("refused, but right: ${line}\n${output}")
  elseif(result EQUAL 0)
    message("accepted, but wrong: ${line}")
  elseif(NOT output MATCHES "${text}")
    message("refused, but without '${text}': ${line}\n${output}")
  else()
    return()
  endif()
  add_one(misjudged)
endfunction()

function(right line)
  judge("${line}" "")
endfunction()

function(wrong line)
  if(ARGC GREATER 1)
    judge("${line}" "${ARGV1}")
  else()
    judge("${line}" "${place}error")
  endif()
endfunction()

include(${LINES})
get_property(judged GLOBAL PROPERTY judged)
get_property(misjudged GLOBAL PROPERTY misjudged)
message("${judged} lines, ${misjudged} misjudged")
if(misjudged GREATER 0 OR judged EQUAL 0)
  message(FATAL_ERROR "${LINES} and ${COMPILER} do not agree")
endif()
