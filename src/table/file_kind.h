// Files that are no tables as text, known by their first bytes: so that somebody who gives a workbook is told so.
#ifndef BURIN_SRC_TABLE_FILE_KIND_H_
#define BURIN_SRC_TABLE_FILE_KIND_H_

#include <cstddef>
#include <string_view>

namespace burin::internal {

// So many bytes tell kinds apart that begin alike.
inline constexpr size_t kKindBytes = 4096;

// Whether these first bytes of a file, at least 4 unless it has fewer, are none of a table. KindOfFile then says what
// they are.
bool IsOtherFile(std::string_view first);

// What such a file is and what to do with it, as the end of "FILE: is ...". `first`: its first kKindBytes, or all.
std::string_view KindOfFile(std::string_view first);

}  // namespace burin::internal

#endif
