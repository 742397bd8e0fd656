#include "src/search/costs/walk.h"

#include <algorithm>

namespace burin::internal {

bool Walk::Run(const KeyGroup& group, WalkVisitor* visitor) {
  group_ = &group;
  visitor_ = visitor;
  length_ = group.length();
  rows_.resize(size_t{length_ + 1} * lattice_.slots);
  path_.assign(length_, 0);
  prefix_.assign(length_ + 1, 0);
  keys_.resize(KeyGroup::kMaxRead * length_);
  class_of_.resize(length_);
  hopeless_.resize(size_t{length_} * lattice_.classes);
  for (uint32_t p = 0; p < length_; ++p) {
    const auto alphabet = group.alphabet(p);
    class_of_[p].resize(alphabet.size());
    for (size_t c = 0; c < alphabet.size(); ++c) class_of_[p][c] = lattice_.alike[lattice_.ClassOf(alphabet[c])];
  }
  lattice_.Start(row(0));
  return Visit(0, 0, group.size());
}

bool Walk::Enter(uint32_t depth, uint16_t c) {
  const bool two = depth >= 1;
  const uint16_t before = two ? path_[depth - 1] : uint16_t{0};
  path_[depth] = c;
  const Cost* from = row(depth);
  Cost* to = row(depth + 1);
  lattice_.Advance(two ? row(depth - 1) : nullptr, before, from, c, to);

  const Cost cut = visitor_->cut();
  const uint32_t remaining = length_ - depth - 1;
  const Cost* ahead = ahead_.row(remaining);
  for (uint32_t i = 0; i < lattice_.slots; ++i) {
    if (to[i] + ahead[i] <= cut) return true;  // Both are at most kNever, and the cut is below it.
  }
  if (remaining == 0) return false;
  // A swap that has read this symbol of the mark as its second character and will read the next one as its first.
  const Cost* after = ahead_.row(remaining - 1);
  for (const auto& s : lattice_.swaps) {
    const Cost sum = AddCosts(AddCosts(from[s.from], lattice_.costs[s.second_row + c]), s.first_lowest);
    if (sum + after[s.to] <= cut) return true;
  }
  return false;
}

void Walk::Leave(uint64_t key) {
  const Cost cost = AddCosts(row(length_)[lattice_.slots - 1], lattice_.end);
  if (cost <= visitor_->cut()) visitor_->Found(key, cost);
}

bool Walk::Visit(uint32_t depth, uint64_t first, uint64_t last) {
  if (last - first <= KeyGroup::kMaxRead || depth == length_) return Scan(depth, first, last);
  if (visitor_->Spend()) return false;
  const auto& classes = class_of_[depth];
  char* hopeless = &hopeless_[size_t{depth} * lattice_.classes];
  std::fill(hopeless, hopeless + lattice_.classes, char{0});
  for (size_t c = 0; c < classes.size() && first < last; ++c) {
    if (hopeless[classes[c]]) continue;
    if (!Enter(depth, classes[c])) {
      hopeless[classes[c]] = 1;
      continue;
    }
    prefix_[depth] = static_cast<uint16_t>(c);
    const uint64_t begin = c == 0 ? first : group_->LowerBound(first, last, prefix_.data(), depth + 1);
    uint64_t end = last;
    if (c + 1 < classes.size()) {
      prefix_[depth] = static_cast<uint16_t>(c + 1);
      end = group_->LowerBound(begin, last, prefix_.data(), depth + 1);
      prefix_[depth] = static_cast<uint16_t>(c);
    }
    if (begin < end && !Visit(depth + 1, begin, end)) return false;
    first = end;
  }
  return true;
}

bool Walk::Scan(uint32_t depth, uint64_t first, uint64_t last) {
  for (; first < last; first += KeyGroup::kMaxRead) {  // One round, but for a corrupt file with equal keys.
    const uint64_t until = std::min(last, first + KeyGroup::kMaxRead);
    group_->Read(first, until, keys_.data());
    // Rows up to `good` belong to the key before; at `dead`, if not 0, the prefix of that many symbols led nowhere.
    uint32_t good = depth, dead = 0;
    for (uint64_t key = first; key < until; ++key) {
      if (visitor_->Spend()) return false;
      const uint16_t* codes = &keys_[(key - first) * length_];
      if (key > first) {
        const uint16_t* previous = codes - length_;
        uint32_t common = depth;
        while (common < length_ && codes[common] == previous[common]) ++common;
        if (dead != 0 && common >= dead) continue;
        good = std::min(good, common);
      }
      dead = 0;
      for (; good < length_; ++good) {
        if (!Enter(good, class_of_[good][codes[good]])) {
          dead = good + 1;
          break;
        }
      }
      if (dead == 0) Leave(key);
    }
  }
  return true;
}

}  // namespace burin::internal
