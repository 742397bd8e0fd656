// The sections of an index as a table.
#include "tools/commands/sections.h"

#include <cstdio>
#include <string_view>

#include "tools/io/output.h"

namespace burin::tool {
namespace {

std::string Line(const char* name, uint64_t bytes, uint64_t serials) {
  char line[96];
  if (serials == 0) {
    std::snprintf(line, sizeof(line), "  %-6s %14llu\n", name, static_cast<unsigned long long>(bytes));
  } else {
    std::snprintf(line, sizeof(line), "  %-6s %14llu %12.3f\n", name, static_cast<unsigned long long>(bytes),
                  static_cast<double>(bytes) / static_cast<double>(serials));
  }
  return line;
}

}  // namespace

std::string SectionTable(const Index& index) {
  const burin_index_info info = index.info();
  std::string out = "  section         bytes";
  out += info.serials == 0 ? "\n" : "   per serial\n";
  uint64_t rest = info.file_bytes;
  for (const burin_section& section : index.sections()) {
    out += Line(section.name, section.bytes, info.serials);
    rest -= section.bytes;
  }
  out += Line("other", rest, info.serials);
  return out + Line("all", info.file_bytes, info.serials);
}

GroupCounts CountGroups(const Index& index) {
  GroupCounts counts;
  for (const burin_section& section : index.sections()) {
    const std::string_view name = section.name;
    if (name == "GRPS") counts.all = section.items;
    if (name == "BKEY") ++counts.both_orders;
  }
  return counts;
}

std::string MarkLines(uint64_t partial_records, const uint64_t (&missing)[BURIN_MISSING_KINDS],
                      const std::vector<Builder::Sentinel>& sentinels) {
  std::string out = "  partial records: " + Number(partial_records) + "\n";
  uint64_t all = 0;
  for (const uint64_t count : missing) all += count;
  out += "  without a mark that can be searched: " + Number(all);
  const std::string kinds = MissingList(missing);
  out += (kinds.empty() ? "" : " (" + kinds + ")") + "\n";
  for (const auto& sentinel : sentinels) {
    out += "    '" + Printable(sentinel.text) + "' (" + burin_missing_name(sentinel.missing) +
           "): " + Number(sentinel.records) + "\n";
  }
  return out;
}

std::string MissingList(const uint64_t (&missing)[BURIN_MISSING_KINDS]) {
  std::string out;
  for (uint32_t kind = 1; kind < BURIN_MISSING_KINDS; ++kind) {
    if (missing[kind] == 0) continue;
    if (!out.empty()) out += ", ";
    out += Number(missing[kind]) + " " + burin_missing_name(kind);
  }
  return out;
}

}  // namespace burin::tool
