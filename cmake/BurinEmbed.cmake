# burin_embed(OUT DIR): for each DIR/NAME.tsv a source file that defines
#   namespace burin::internal::data { extern const std::string_view NAME; }
# so that the library carries its data tables and needs no file at run time.
function(burin_embed out dir)
  set(sources "")
  file(GLOB tables CONFIGURE_DEPENDS "${dir}/*.tsv")
  foreach(table IN LISTS tables)
    get_filename_component(name "${table}" NAME_WE)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cc")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
    file(READ "${table}" text)
    # Raw string literals are limited to 64 KiB each by some compilers: one literal a kilobyte, joined by the compiler.
    string(LENGTH "${text}" length)
    set(pieces "")
    set(at 0)
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 1000 piece)
      string(APPEND pieces "R\"~~~(${piece})~~~\"\n")
      math(EXPR at "${at} + 1000")
    endwhile()
    file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
"// Made from ${name}.tsv by cmake/BurinEmbed.cmake.
#include <string_view>
namespace burin::internal::data {
extern const std::string_view ${name};
constexpr char kBytes[] =
@pieces@;
const std::string_view ${name}(kBytes, sizeof(kBytes) - 1);
}  // namespace burin::internal::data
")
    list(APPEND sources "${source}")
  endforeach()
  set(${out} "${sources}" PARENT_SCOPE)
endfunction()
