#include "tests/reference/twin_unit.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace burin::internal::reference {

bool Has(const SymbolSet& set, Symbol s) {
  if (s >= U'0' && s <= U'9') return (set.base >> (s - U'0')) % 2 == 1;
  if (s >= U'A' && s <= U'Z') return (set.base >> (10 + s - U'A')) % 2 == 1;
  const bool is_listed = std::find(set.listed.begin(), set.listed.end(), s) != set.listed.end();
  return is_listed != set.others;
}

std::set<std::u32string> ReadStrings(const Lattice& lattice, std::u32string_view alphabet, size_t max_length) {
  std::set<std::pair<uint32_t, std::u32string>> seen = {{0, U""}};
  std::vector<std::pair<uint32_t, std::u32string>> open = {{0, U""}};
  std::set<std::u32string> out;
  const auto visit = [&](uint32_t slot, const std::u32string& text) {
    if (text.size() <= max_length && seen.emplace(slot, text).second) open.emplace_back(slot, text);
  };
  while (!open.empty()) {
    const auto [slot, text] = open.back();
    open.pop_back();
    if (slot + 1 == lattice.slots) out.insert(text);
    for (const Arc& arc : lattice.arcs) {
      if (arc.from != slot) continue;
      if (arc.element == kEmpty) visit(arc.to, text);
      for (const Symbol s : alphabet) {
        if (arc.element != kEmpty && Has(lattice.elements[static_cast<size_t>(arc.element)].members, s)) {
          visit(arc.to, text + s);
        }
      }
    }
  }
  return out;
}

std::set<std::u32string> MarkStrings(std::u32string_view items, std::u32string_view alphabet, size_t max_length) {
  if (items.empty()) return {U""};
  std::set<std::u32string> out;
  const std::set<std::u32string> rest = MarkStrings(items.substr(1), alphabet, max_length);
  const auto prepend = [&](const std::u32string& head) {
    for (const std::u32string& tail : rest) {
      if (head.size() + tail.size() <= max_length) out.insert(head + tail);
    }
  };
  if (items[0] == kUnreadable) {
    for (const Symbol s : alphabet) prepend(std::u32string(1, s));
  } else if (items[0] == kGap) {
    std::vector<std::u32string> heads = {U""};
    for (size_t i = 0; i < heads.size(); ++i) {
      prepend(heads[i]);
      for (const Symbol s : alphabet) {
        if (heads[i].size() < max_length) heads.push_back(heads[i] + s);
      }
    }
  } else {
    prepend(std::u32string(1, items[0]));
  }
  return out;
}

Cost Distance(Metric metric, std::u32string_view a, std::u32string_view b) {
  if (metric == Metric::kHamming) {
    if (a.size() != b.size()) return kNever;
    Cost differences = 0;
    for (size_t i = 0; i < a.size(); ++i) differences += a[i] != b[i];
    return differences;
  }
  std::vector<std::vector<Cost>> d(a.size() + 1, std::vector<Cost>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<Cost>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (metric == Metric::kOsa && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

Cost Distance(Metric metric, const std::set<std::u32string>& readings, const std::set<std::u32string>& marks) {
  Cost best = kNever;
  for (const std::u32string& reading : readings) {
    for (const std::u32string& mark : marks) best = std::min(best, Distance(metric, reading, mark));
  }
  return best;
}

}  // namespace burin::internal::reference
