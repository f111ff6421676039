# cmake -DCOMPILER=... -DFLAGS=... -DINCLUDE=... -DFOLDER=... -DENDING=c|cpp -P typed_refuses.cmake
# Fails unless each line below is refused by the compiler with an error on that very line, while the
# lines that are right compile.

set(prelude [[
#include <par/typed.h>
static inline float square(float x) { return x * x; }
static inline double sum(double a, double b) { return a + b; }
static inline float mixed(float a, double b) { return a + (float)b; }
static inline void reset(int *x) { *x = 0; }
#define MACRO(x) ((x) * (x))
]])
set(prelude_lines 6)

set(right
  "PAR_DEFINE_MAP(all, float, float, square)"
  "PAR_DEFINE_REDUCE_WITH(all, double, sum)"
  "PAR_DEFINE_FOR_EACH(all, int, reset)")
set(wrong
  "PAR_DEFINE_MAP(all, float, double, square)"
  "PAR_DEFINE_MAP(all, double, float, square)"
  "PAR_DEFINE_MAP(all, double, double, sum)"
  "PAR_DEFINE_MAP(all, int, int, MACRO)"
  "PAR_DEFINE_MAP(all, float, float, missing)"
  "PAR_DEFINE_REDUCE_WITH(all, float, sum)"
  "PAR_DEFINE_REDUCE_WITH(all, float, mixed)"
  "PAR_DEFINE_REDUCE_WITH(all, float, square)"
  "PAR_DEFINE_FOR_EACH(all, long, reset)"
  "PAR_DEFINE_FOR_EACH(all, float, square)")

if(ENDING STREQUAL "cpp")
  # Copies of this one are more than their bytes.
  string(APPEND prelude
    "struct counted { counted(const counted &); counted &operator=(const counted &); };\n"
    "counted first(counted, counted);\n")
  math(EXPR prelude_lines "${prelude_lines} + 2")
  set(not_bytes "PAR_DEFINE_REDUCE_WITH(all, counted, first)")
endif()

separate_arguments(flags UNIX_COMMAND "${FLAGS}")
math(EXPR line_number "${prelude_lines} + 1")
set(source ${FOLDER}/typed_line.${ENDING})
set(failures 0)

# expect(<line> <text of the compiler>): an empty text expects that the line compiles.
function(expect line text)
  file(WRITE ${source} "${prelude}${line}\n")
  execute_process(COMMAND ${COMPILER} ${flags} -I${INCLUDE} -fsyntax-only ${source}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
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
  math(EXPR failures "${failures} + 1")
  set(failures ${failures} PARENT_SCOPE)
endfunction()

foreach(line IN LISTS right)
  expect("${line}" "")
endforeach()
foreach(line IN LISTS wrong)
  expect("${line}" "typed_line\\.${ENDING}:${line_number}:[0-9]+: error")
endforeach()
foreach(line IN LISTS not_bytes)
  expect("${line}" "counted must be a type that memcpy can copy")
endforeach()
if(failures GREATER 0)
  message(FATAL_ERROR "${failures} lines were misjudged")
endif()
