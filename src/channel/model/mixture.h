// Rows of a channel's matrices as mixtures of relations between symbols: look-alikes, strokes gained or lost, keys that
// are neighbours, pairs. A relation gives each symbol weights over those that it is read as; a part is a relation with
// a share of the row's mass. A part that relates a symbol to nothing leaves its mass to the rest of the row.
#ifndef BURIN_SRC_CHANNEL_MODEL_MIXTURE_H_
#define BURIN_SRC_CHANNEL_MODEL_MIXTURE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/confusion_parts.h"

namespace burin::internal {

// Weights over kChannelSymbols x kChannelSymbols: At(a, b), of a being read as b; 0: not related.
class Relation {
 public:
  Relation() : weights_(kChannelSymbols * kChannelSymbols, 0) {}
  double& At(size_t a, size_t b) { return weights_[a * kChannelSymbols + b]; }
  double At(size_t a, size_t b) const { return weights_[a * kChannelSymbols + b]; }
  // Relates all symbols of a class to each other.
  void AddClass(const std::vector<size_t>& members);

 private:
  std::vector<double> weights_;
};

// Keys of a keyboard are neighbours if they stand next to each other in a row, or in rows next to each other less than
// a key apart. Rows from the top: digits, then three of letters that begin 1/2, 3/4 and 5/4 of a key further right.
inline constexpr size_t kKeyboardRows = 4;
// Symbols by row as indices of the base. REQUIRES: at most kKeyboardRows.
Relation Neighbours(const std::vector<std::vector<size_t>>& rows);

struct MixturePart {
  double mass = 0;
  Relation relation;
  ConfusionPart name = ConfusionPart::kUnknown;
  Relation losses;  // Of strokes: how much of `relation` is their loss.
};

enum class Rest {
  kUnrelated,  // What no part gives away goes evenly to symbols that no part names, and never to the symbol itself
               // (but for "other", which may be read as another one of its kind); if all are named, to those in
               // proportion.
  kAny,        // Evenly to all symbols, the symbol itself included.
};

struct MixtureRows {
  std::vector<double> p;             // kChannelSymbols rows that sum to 1.
  std::vector<ConfusionPart> parts;  // Which part gives most of each; empty: not known.
};

// REQUIRES: masses are finite, not negative, and sum to 1 at most.
MixtureRows Mixture(const std::vector<MixturePart>& parts, Rest rest);

}  // namespace burin::internal

#endif
