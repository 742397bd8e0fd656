#include "src/registry/state/snapshot_index.h"

#include <utility>
#include <vector>

#include "src/index/view/segmented_index.h"
#include "src/index/write/builder_columns.h"

namespace burin::internal {

Result<std::shared_ptr<const Index>> IndexOf(const Snapshot& snapshot) {
  const Manifest& manifest = snapshot.manifest();
  if (snapshot.segments().size() == 1 && snapshot.segments()[0].listed.deleted == 0 &&
      snapshot.segments()[0].index->attributes().size() == manifest.attributes.size() + 1) {
    return snapshot.segments()[0].index;
  }
  std::vector<IndexSegment> segments;
  for (const Segment& segment : snapshot.segments()) {
    IndexSegment& own = segments.emplace_back();
    own.index = segment.index;
    own.deleted = segment.deleted;
  }
  if (segments.empty()) {
    auto empty = SegmentedIndex::Empty();
    if (!empty.ok()) return empty;
    segments.emplace_back().index = *std::move(empty);
  }
  SegmentedIndex::Names names = {{std::string(kSourceName), AttributeType::kCategory}};
  for (const ListedAttribute& attribute : manifest.attributes) names.emplace_back(attribute.name, attribute.type);
  return SegmentedIndex::Make(std::move(segments), std::move(names));
}

}  // namespace burin::internal
