#include "src/registry/change/merge_segments.h"

#include <algorithm>
#include <deque>

namespace burin::internal {
namespace {

constexpr uint64_t kRowsBetweenQuestions = 4096;

uint64_t Live(const Segment& segment) { return segment.listed.records - segment.listed.deleted; }

}  // namespace

std::vector<size_t> ChooseMerge(std::span<const Segment> segments, size_t most) {
  std::vector<size_t> chosen;
  if (segments.size() > most) {
    std::vector<size_t> by_size(segments.size());
    for (size_t i = 0; i < by_size.size(); ++i) by_size[i] = i;
    std::stable_sort(by_size.begin(), by_size.end(),
                     [&](size_t a, size_t b) { return Live(segments[a]) < Live(segments[b]); });
    uint64_t sum = 0;
    for (const size_t i : by_size) {
      const bool needed = segments.size() - chosen.size() + 1 > most || chosen.size() < 2;
      if (!needed && Live(segments[i]) > sum) break;
      chosen.push_back(i);
      sum += Live(segments[i]);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].listed.deleted > segments[i].listed.records / 2) return {i};
  }
  return chosen;
}

Status VisitRows(std::span<const Segment* const> segments, std::span<const ListedAttribute> attributes,
                 const std::function<bool()>& cancelled, const std::function<Status(SegmentRows*)>& visit) {
  std::deque<SegmentRows> all;
  std::vector<SegmentRows*> heap;
  for (const Segment* segment : segments) {
    SegmentRows& rows = all.emplace_back(*segment, attributes);
    if (rows.Next()) heap.push_back(&rows);
  }
  const auto later = [](const SegmentRows* a, const SegmentRows* b) { return a->id() > b->id(); };
  std::make_heap(heap.begin(), heap.end(), later);
  for (uint64_t row = 0; !heap.empty(); ++row) {
    if (row % kRowsBetweenQuestions == 0 && cancelled && cancelled()) {
      return Status(StatusCode::kCancelled, "merging was cancelled");
    }
    std::pop_heap(heap.begin(), heap.end(), later);
    if (Status status = visit(heap.back()); !status.ok()) return status;
    if (heap.back()->Next()) {
      std::push_heap(heap.begin(), heap.end(), later);
    } else {
      heap.pop_back();
    }
  }
  return {};
}

Status MergeSegments(std::span<const Segment* const> segments, std::span<const ListedAttribute> attributes,
                     const std::function<bool()>& cancelled, IndexBuilder* builder) {
  return VisitRows(segments, attributes, cancelled, [&](SegmentRows* rows) -> Status {
    Status status = rows->AddTo(builder);
    if (status.ok() || status.code() != StatusCode::kInvalidArgument) return status;
    // No caller's mistake: what a segment holds was added once before.
    return Status(StatusCode::kCorrupt, rows->name() + ": cannot be merged: " + status.message());
  });
}

}  // namespace burin::internal
