// An index of a set, built through the library with row numbers as the records' keys: how fast, and how large.
#ifndef BURIN_BENCH_ENGINE_BUILD_H_
#define BURIN_BENCH_ENGINE_BUILD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/engine/set.h"
#include "src/index/view/index.h"

namespace burin::bench {

struct Built {
  std::vector<std::byte> bytes;  // Empty if the index lies in a file.
  std::shared_ptr<const burin::internal::Index> index;
  unsigned threads = 1;
  double add_seconds = 0;    // Rows to the builder.
  double write_seconds = 0;  // Sorting, packing, writing.
  double open_bytes = 0;     // Memory that the opened index takes beside the file.
};
// Floor and aim for ten million serials, keys a second.
inline constexpr double kBuildFloor = 4e6, kBuildAim = 8e6;

// In memory, or as a file that is removed at once and stays mapped. Aborts if it cannot be built.
Built BuildIndex(const Set& set, bool in_file);

struct SectionSize {
  std::string name;
  uint64_t bytes = 0;  // Of all sections of that name, with their padding.
  bool search = false;
};
std::vector<SectionSize> SectionSizes(const burin::internal::Index& index);
// Bytes a serial of the search index without record ids: all sections but those that tell of records, and what opening
// makes in memory.
double SearchBytes(const Built& built);

}  // namespace burin::bench

#endif
