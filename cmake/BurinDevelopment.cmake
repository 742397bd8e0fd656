# Flags for work on Burin itself: nothing here reaches a consumer.
add_library(burin_warnings INTERFACE)
if(BURIN_DEVELOPER_MODE)
  target_compile_options(burin_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Werror $<$<COMPILE_LANGUAGE:CXX>:-Wconversion>
    # GCC 12 takes "text" + std::to_string(n) for an overlapping copy at -O3.
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-restrict>)
endif()
if(BURIN_SANITIZE)
  add_compile_options(-fsanitize=${BURIN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BURIN_SANITIZE})
  if(BURIN_SANITIZE MATCHES "address.*undefined")
    # What these would find the address sanitizer finds, and they are a fifth of the time of a build.
    add_compile_options(-fno-sanitize=null,object-size,vptr)
  endif()
endif()
if(BURIN_LIBFUZZER)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "BURIN_LIBFUZZER needs clang")
  endif()
  # Coverage in every object; only the fuzzers link the engine (fuzz/CMakeLists.txt).
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()

# burin_precompile(TARGET HEADER...): reads the headers once for all files of the target where Burin is tested, since
# that is most of a test's compilation. Not at -O3: GCC 12 breaks off there with an internal error.
function(burin_precompile target)
  if(BURIN_BUILD_TESTS)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <bit> <charconv> <cmath> <functional> <map> <memory> <optional> <set> <span> <string>
      <string_view> <unordered_map> <utility> <variant> <vector> ${ARGN})
  endif()
endfunction()
