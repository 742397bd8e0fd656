#include "src/channel/compile/reading_moves.h"

#include <algorithm>

#include "src/channel/model/channel.h"
#include "src/channel/model/prices.h"

namespace burin::internal {

double ReadingMoves::Character::Weight(Symbol s) const {
  if (general == nullptr) return s == symbol ? 1 : 0;
  return ElementWeights(*general).Of(s);
}

void ReadingMoves::Take(std::u32string_view text) {
  const auto n = static_cast<uint32_t>(text.size());
  slots = n + 1;
  characters.clear();
  reads.clear();
  pairs.clear();
  free.clear();
  loops.clear();
  for (uint32_t i = 0; i < n; ++i) {
    characters.push_back({text[i], nullptr, 1.0 / kChannelSymbols, text[i] == U'0' ? 1.0 : 0.0});
    reads.push_back({i, i + 1, i, i});
    if (i + 1 < n) pairs.push_back({i, i + 2, i, i + 1});
    free.push_back({i, i + 1, static_cast<int32_t>(i)});
  }
}

void ReadingMoves::Take(const Lattice& lattice) {
  Take(std::u32string_view());
  slots = lattice.slots;
  for (const Element& e : lattice.elements) {
    const ElementWeights weights(e);
    characters.push_back({0, &e, weights.Mean(), weights.Of(U'0')});
  }
  for (const Arc& arc : lattice.arcs) {
    if (arc.from < arc.to) free.push_back({arc.from, arc.to, arc.element});
    if (arc.element == kEmpty) continue;
    const auto character = static_cast<uint32_t>(arc.element);
    reads.push_back({arc.from, arc.to, character, character});
    if (arc.from == arc.to) loops.push_back(reads.back());
  }
  std::stable_sort(free.begin(), free.end(), [](const Free& a, const Free& b) { return a.from < b.from; });
  const auto reach = SlotsByPassage(lattice);
  std::vector<std::vector<size_t>> leaving(lattice.slots);
  for (size_t i = 0; i < reads.size(); ++i) leaving[reads[i].from].push_back(i);
  for (const Move& first : reads) {
    for (const uint32_t slot : reach[first.to]) {
      for (const size_t i : leaving[slot]) pairs.push_back({first.from, reads[i].to, first.first, reads[i].first});
    }
  }
}

}  // namespace burin::internal
