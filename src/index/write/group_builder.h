// Sorts the serials of one length and encodes their distinct ones as groups, noting who has which (postings).
//
// Where few formats (which positions are digits, which are letters) make up nearly all serials of a length, each of
// them becomes a group of its own: inside a format a carry is a step of one, so that consecutive numbers stay runs. On
// registers of real arms and aircraft that saves 40 %; over random serials, which have no formats, nothing is split.
//
// Keys of 64 bits are sorted together with their records as one 128-bit integer (sort_keys.h), those of 128 bits and
// long ones by comparison. Reversed keys are made from the sorted ones and sorted anew. Packing, sorting and encoding
// of a large group are shared out among threads (parallel_sort.h), without a trace in the bytes. Where memory is
// bounded a large group is sorted in runs that are merged (sorted_runs.h): one thread's work, and the same bytes.
#ifndef BURIN_SRC_INDEX_WRITE_GROUP_BUILDER_H_
#define BURIN_SRC_INDEX_WRITE_GROUP_BUILDER_H_

#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/file/profile.h"
#include "src/index/file/stored_bytes.h"
#include "src/index/keys/stored_keys.h"
#include "src/index/records/postings.h"
#include "src/index/write/population_builder.h"
#include "src/index/write/serial_rows.h"

namespace burin::internal {

struct BuiltGroup {
  GroupShape shape;
  StoredBytes keys;      // Section KEYS.
  StoredBytes backward;  // Section BKEY, if shape.backward.
};

struct GroupOptions {
  Profile profile = Profile::kFast;
  unsigned threads = 1;  // The calling one among them; 0 is 1.
  // Where what is too much to be in memory is laid aside: a group of which more than sort_bytes would be sorted is
  // sorted in runs, by one thread. Borrowed; nullptr: nothing is.
  SpillArena* arena = nullptr;
  size_t sort_bytes = 0;
  PopulationBuilder* population = nullptr;  // Told of each different serial; borrowed.
};

// Appends the groups of the rows, in their order, and each row's record to `postings`; frees the rows.
// REQUIRES: rows->size() > 0; options.population counted them.
Status BuildGroups(SerialRows* rows, const GroupOptions& options, std::vector<BuiltGroup>* groups,
                   PostingsWriter* postings);

}  // namespace burin::internal

#endif
