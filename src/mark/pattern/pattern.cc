// From the items of a pattern to its lattice.
//
// Slots are numbered as they are made, so every arc goes on. A loop has a fresh slot of its own that one empty arc
// leads to: whatever is joined or skipped around it enters another slot, so it cannot leak into a branch or an option.
#include "src/mark/pattern/pattern.h"

#include <algorithm>
#include <utility>

#include "src/mark/pattern/pattern_items.h"
#include "src/mark/pattern/pattern_text.h"
#include "src/mark/pattern/words.h"

namespace burin::internal {
namespace {

using Kind = PatternItem::Kind;

bool IsAny(const PatternItem& item) { return item.kind == Kind::kUnread || item.kind == Kind::kStar; }

// `?*?` and `*??` mean the same: unreadable characters, so many or more. Spelled by two moving parts, a string would
// have many paths, and its weight would count that often. So each run of unreadable items gets its fixed part first,
// then one part that varies.
PatternItems OrderUnreadable(PatternItems items) {
  PatternItems result;
  for (size_t i = 0; i < items.size();) {
    size_t end = i;
    while (end < items.size() && IsAny(items[end])) ++end;
    if (end - i < 2) {
      result.push_back(std::move(items[i++]));
      continue;
    }
    PatternItem varying;
    uint32_t most = 0;
    for (; i < end; ++i) {
      PatternItem& item = items[i];
      const bool first = varying.begin == varying.end;
      const bool opens = item.most == kUnlimited && most != kUnlimited;
      if (item.most != item.least && (first || opens)) varying = item;
      if (item.most == kUnlimited || most == kUnlimited) {
        most = kUnlimited;
      } else {
        most += item.most - item.least;
      }
      item.most = item.least;
      if (item.least > 0) result.push_back(std::move(item));
    }
    if (most == 0) continue;
    varying.least = 0;
    varying.most = most;
    result.push_back(std::move(varying));
  }
  return result;
}

class Builder {
 public:
  Status Build(PatternItems items, Pattern* pattern) {
    pattern_ = pattern;
    items = OrderUnreadable(std::move(items));
    AddElements(&items);
    uint32_t at = 0;
    for (const PatternItem& item : items) {
      at = Append(item, at);
      if (full_) return TooLarge(item.column);
    }
    return Status();
  }

 private:
  static Status TooLarge(uint32_t column) {
    return PatternText::Error(column, "expected a smaller pattern: its lattice has at most " +
                                          std::to_string(Lattice::kMaxSlots) + " slots and " +
                                          std::to_string(Lattice::kMaxArcs) + " arcs");
  }

  void AddElements(PatternItems* items) {
    for (PatternItem& item : *items) {
      for (PatternItems& branch : item.branches) {
        branch = OrderUnreadable(std::move(branch));
        AddElements(&branch);
      }
      if (item.kind == Kind::kGroup) continue;
      item.number = pattern_->lattice.AddElement(std::move(item.element));
      pattern_->spans.push_back({item.begin, item.end});
    }
  }

  uint32_t NewSlot() {
    if (pattern_->lattice.slots == Lattice::kMaxSlots) {
      full_ = true;
      return pattern_->lattice.slots - 1;
    }
    return pattern_->lattice.slots++;
  }

  void AddArc(uint32_t from, uint32_t to, int32_t element) {
    if (pattern_->lattice.arcs.size() == Lattice::kMaxArcs) full_ = true;
    if (!full_) pattern_->lattice.arcs.push_back({from, to, element});
  }

  uint32_t Append(const PatternItem& item, uint32_t at) {
    for (uint32_t i = 0; i < item.least && !full_; ++i) at = Once(item, at);
    if (item.most == item.least) return at;
    if (item.most == kUnlimited && item.kind != Kind::kGroup) {
      const uint32_t slot = NewSlot();
      AddArc(at, slot, kEmpty);
      AddArc(slot, slot, item.number);
      return slot;
    }
    // A slot has one loop of one element, so a group is unrolled. Marks have at most 64 symbols: no reading needs more
    // repetitions than fill one.
    uint32_t most = item.most;
    if (most == kUnlimited) {
      most = static_cast<uint32_t>(kMaxMarkSymbols) / std::max(ShortestOnce(item), uint32_t{1});
    }
    std::vector<uint32_t> stops;
    for (uint32_t i = item.least; i < most && !full_; ++i) {
      stops.push_back(at);
      at = Once(item, at);
    }
    for (const uint32_t stop : stops) AddArc(stop, at, kEmpty);
    return at;
  }

  uint32_t Once(const PatternItem& item, uint32_t at) {
    if (item.kind == Kind::kGroup) return Branches(item, at);
    const uint32_t slot = NewSlot();
    AddArc(at, slot, item.number);
    return slot;
  }

  // The last character of a branch leads to where the branches meet; only what may repeat or be left out needs an empty
  // arc there.
  uint32_t Branches(const PatternItem& group, uint32_t start) {
    std::vector<Arc> ends;
    for (const PatternItems& branch : group.branches) {
      uint32_t at = start;
      for (size_t i = 0; i + 1 < branch.size() && !full_; ++i) at = Append(branch[i], at);
      const PatternItem& last = branch.back();
      if (last.least == 1 && last.most == 1) {
        ends.push_back({at, 0, last.number});
      } else {
        ends.push_back({Append(last, at), 0, kEmpty});
      }
    }
    const uint32_t join = NewSlot();
    for (const Arc& end : ends) AddArc(end.from, join, end.element);
    return join;
  }

  Pattern* pattern_ = nullptr;
  bool full_ = false;
};

}  // namespace

Result<Pattern> ParsePattern(std::string_view text, uint32_t folding) {
  Result<PatternItems> items = ParseItems(text, folding);
  if (!items.ok()) return items.status();
  Pattern pattern;
  pattern.words = WordsOf(*items);
  if (Status status = Builder().Build(*std::move(items), &pattern); !status.ok()) return status;
  return pattern;
}

}  // namespace burin::internal
