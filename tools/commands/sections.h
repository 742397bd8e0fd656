// The sections of an index with their bytes, for build and info.
#ifndef BURIN_TOOLS_COMMANDS_SECTIONS_H_
#define BURIN_TOOLS_COMMANDS_SECTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "burin/burin.hpp"

namespace burin::tool {

// A table of the sections: bytes, bytes a serial; the rest of the file; the sum.
std::string SectionTable(const Index& index);

// How many groups of keys there are, and how many of them are stored in both orders.
struct GroupCounts {
  uint64_t all = 0;
  uint64_t both_orders = 0;
};
GroupCounts CountGroups(const Index& index);

// "4 unknown, 1 illegible" of the kinds of missing marks; "" if there are none.
std::string MissingList(const uint64_t (&missing)[BURIN_MISSING_KINDS]);
// What became of marks, in lines: partial records, records without a mark by kind, and each text that says why.
std::string MarkLines(uint64_t partial_records, const uint64_t (&missing)[BURIN_MISSING_KINDS],
                      const std::vector<Builder::Sentinel>& sentinels);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_COMMANDS_SECTIONS_H_
