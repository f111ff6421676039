# cmake -DPROGRAM=<file> -DCORPUS=<folder> -DNAME=<name> -DFOLDER=<folder> -DARGUMENTS=<list>
#       [-DKEEP=ON] -P run.cmake
# Runs a fuzzer on a copy of its corpus below FOLDER: a fresh one, or with KEEP one that has grown
# in earlier runs.
if(KEEP)
  set(copy ${FOLDER}/${NAME}-found)
else()
  set(copy ${FOLDER}/${NAME}-corpus)
  file(REMOVE_RECURSE ${copy})
endif()
file(MAKE_DIRECTORY ${copy})
file(GLOB texts ${CORPUS}/*)
if(NOT texts)
  message(FATAL_ERROR "no corpus in ${CORPUS}")
endif()
file(COPY ${texts} DESTINATION ${copy})
execute_process(
  COMMAND ${PROGRAM} ${ARGUMENTS} -timeout=20 -artifact_prefix=${FOLDER}/${NAME}- ${copy}
  RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${NAME}: ${result}")
endif()
