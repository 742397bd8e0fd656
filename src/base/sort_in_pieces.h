// A sort that can be given up: runs of bounded size are sorted, then merged, and between pieces of either the patience
// of whoever waits is asked.
#ifndef BURIN_SRC_BASE_SORT_IN_PIECES_H_
#define BURIN_SRC_BASE_SORT_IN_PIECES_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "src/base/patience.h"

namespace burin::internal {

// Merges two neighbouring sorted runs to `to`. False: given up, and the items are where they were.
template <typename Item, typename Less>
bool MergeRuns(const Item* first, const Item* middle, const Item* last, Item* to, const Less& less,
               Patience* patience) {
  constexpr std::ptrdiff_t kPiece = 2048;
  const Item *a = first, *b = middle;
  while (a != middle && b != last) {
    if (patience->Took(4 * kPiece)) return false;
    for (std::ptrdiff_t left = std::min({kPiece, middle - a, last - b}); left > 0; --left) {
      const bool from_b = less(*b, *a);
      *to++ = from_b ? *b : *a;
      b += from_b ? 1 : 0;
      a += from_b ? 0 : 1;
    }
  }
  for (const auto& [from, end] : {std::pair(a, middle), std::pair(b, last)}) {
    for (const Item* next = from; next != end;) {
      if (patience->Took(kPiece)) return false;
      const Item* const until = next + std::min(kPiece, end - next);
      to = std::copy(next, until, to);
      next = until;
    }
  }
  return true;
}

// Sorts by `less`; equal items stay in no order. `sort_run` sorts a span of at most `run` items. False: given up; all
// items are there then, in no order.
template <typename Item, typename Less, typename SortRun>
bool SortInPieces(std::vector<Item>* items, const Less& less, size_t run, const SortRun& sort_run, Patience* patience) {
  const size_t size = items->size();
  if (!patience->can_end() || size <= run) {
    sort_run(std::span<Item>(*items));
    return true;
  }
  for (size_t begin = 0; begin < size; begin += run) {
    const size_t count = std::min(run, size - begin);
    if (patience->Took(8 * count)) return false;
    sort_run(std::span<Item>(*items).subspan(begin, count));
  }
  std::vector<Item> room;
  // Room is taken a run at a time: memory that is given for the first time costs as much as the sorting.
  room.reserve(size);
  Item* from = items->data();
  bool in_room = false;
  for (size_t width = run; width < size; width *= 2) {
    const bool first_pass = room.size() < size;
    for (size_t begin = 0; begin < size; begin += 2 * width) {
      const size_t middle = std::min(begin + width, size), end = std::min(begin + 2 * width, size);
      if (first_pass) room.resize(end);
      Item* const to = (in_room ? items->data() : room.data()) + begin;
      if (MergeRuns(from + begin, from + middle, from + end, to, less, patience)) continue;
      if (in_room) items->swap(room);  // What was whole before this pass.
      return false;
    }
    in_room = !in_room;
    from = in_room ? room.data() : items->data();
  }
  if (in_room) items->swap(room);
  return true;
}

// The same by std::sort.
template <typename Item, typename Less>
bool SortInPieces(std::vector<Item>* items, const Less& less, Patience* patience) {
  constexpr size_t kRun = 4096;
  return SortInPieces(
      items, less, kRun, [&](std::span<Item> run) { std::sort(run.begin(), run.end(), less); }, patience);
}

}  // namespace burin::internal

#endif
