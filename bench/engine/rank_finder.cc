#include "bench/engine/rank_finder.h"

#include <algorithm>

namespace burin::bench {

using burin::internal::Index;
using burin::internal::KeyGroup;
using burin::internal::kMaxMarkSymbols;

RankFinder::RankFinder(const Index& index) : groups_(kMaxMarkSymbols + 1) {
  for (const auto& keys : index.groups()) {
    Group group{keys.get(), std::vector<Codes>(keys->length())};
    for (uint32_t p = 0; p < keys->length(); ++p) {
      group.codes[p].fill(kNoCode);
      uint16_t code = 0;
      for (const auto symbol : keys->alphabet(p)) {
        if (symbol < group.codes[p].size()) group.codes[p][symbol] = code;
        ++code;
      }
    }
    groups_[keys->length()].push_back(std::move(group));
  }
}

uint64_t RankFinder::Find(std::u32string_view serial) const {
  uint16_t codes[kMaxMarkSymbols], found[kMaxMarkSymbols];
  for (const Group& group : groups_[serial.size()]) {
    bool possible = true;
    for (size_t p = 0; p < serial.size(); ++p) {
      codes[p] = serial[p] < group.codes[p].size() ? group.codes[p][serial[p]] : kNoCode;
      possible = possible && codes[p] != kNoCode;
    }
    if (!possible) continue;
    const uint64_t at = group.keys->LowerBound(0, group.keys->size(), codes, static_cast<uint32_t>(serial.size()));
    if (at == group.keys->size()) continue;
    group.keys->Read(at, at + 1, found);
    if (std::equal(found, found + serial.size(), codes)) return group.keys->first_rank() + at;
  }
  return kNoRank;
}

}  // namespace burin::bench
