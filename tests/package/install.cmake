# cmake -DBUILD=<build folder> -DPREFIX=<folder> -DLIBDIR=<lib> -P install.cmake
# Installs the build into a fresh folder, and moves it once: an installed copy may be moved.
cmake_policy(VERSION 3.24)

file(REMOVE_RECURSE ${PREFIX} ${PREFIX}-before)
execute_process(
  COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}-before
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${PREFIX}-before ${PREFIX})

foreach(file IN ITEMS
    include/par/par.h include/par/detail/worker.h bin/par-info
    ${LIBDIR}/libpar.so ${LIBDIR}/libpar.so.0 ${LIBDIR}/libpar.a ${LIBDIR}/pkgconfig/par.pc
    ${LIBDIR}/cmake/par/parConfig.cmake)
  if(NOT EXISTS ${PREFIX}/${file})
    message(SEND_ERROR "${file} was not installed")
  endif()
endforeach()
