// A registry whose serials were folded by an earlier version becomes one of the present version: the recorded text of
// each live row is read anew (src/mark/cells/recorded.h), as if the row were added today.
//
// Kept are source, key, text, attributes, and the record ids of each row that still gives as many records. A row that
// gives more or fewer gets new ids, as one that is put in the place of another does: which of its marks is which of
// those before, nobody can say.
//
// A component that the row's own attribute does not name comes from the new reading; one that it names stays, unless
// the row now gives another number of records and names components itself.
//
// Which characters meant "unreadable" when a row was added is not stored. Where one of them stands in a text that was
// taken for a whole serial, it did not mean that, and does not now. Nor is stored which rows came in one table: a text
// without a digit stays a serial unless a sentinel says otherwise (docs/marks.md 6).
#ifndef BURIN_SRC_REGISTRY_CHANGE_REFOLD_H_
#define BURIN_SRC_REGISTRY_CHANGE_REFOLD_H_

#include <cstdint>
#include <functional>
#include <span>

#include "src/base/status.h"
#include "src/index/write/index_builder.h"
#include "src/mark/cells/recorded.h"
#include "src/registry/state/manifest.h"
#include "src/registry/state/snapshot.h"

namespace burin::internal {

struct RefoldCounts {
  uint64_t rows = 0;
  uint64_t changed = 0;     // Of them, those of which some record says something else now.
  uint64_t renumbered = 0;  // Of these, those whose records have new ids.
};

// Where rows go: both builders have had RegisterRows() and the attributes given.
struct RefoldTarget {
  IndexBuilder* kept = nullptr;        // Rows with the ids that they have.
  IndexBuilder* renumbered = nullptr;  // Rows with ids from *next_id on.
  uint64_t* next_id = nullptr;
};

// Adds the live rows of segments of one registry. kCancelled.
Status RefoldSegments(std::span<const Segment* const> segments, std::span<const ListedAttribute> attributes,
                      const RecordedOptions& options, const std::function<bool()>& cancelled,
                      const RefoldTarget& target, RefoldCounts* counts);

}  // namespace burin::internal

#endif
