#include "src/population/serial_probability.h"

#include <algorithm>

namespace burin::internal {
namespace {

constexpr size_t kSymbols = PopulationModel::kSymbols;

}  // namespace

const PopulationModel::OfLength* SerialProbability::OfLength(size_t length) const {
  for (const PopulationModel::OfLength& of : model_.lengths()) {
    if (of.length == length) return &of;
  }
  return nullptr;
}

SerialProbability::Prefix SerialProbability::Longer(const Prefix& prefix, uint32_t position, size_t before,
                                                    size_t symbol) const {
  const FormatKind kind = FormatKindOf(symbol);
  const bool same = position > 0 && FormatKindOf(before) == kind;
  const size_t pair = (position * kSymbols + before) * kSymbols + symbol;
  const double share = symbol == kBaseSymbols ? 1 / PopulationModel::kForeignSymbols : 1;
  Prefix out;
  out.own = prefix.own * (same ? of_->next[pair] : of_->first[position * kSymbols + symbol]) * share;
  out.pooled = prefix.pooled * of_->pooled[pair] * share;
  out.format = prefix.format | FormatCode{static_cast<uint8_t>(kind)} << (2 * position);
  return out;
}

double SerialProbability::Of(std::u32string_view serial) {
  std::array<uint8_t, kMaxMarkSymbols> symbols;
  for (size_t p = 0; p < serial.size(); ++p) symbols[p] = static_cast<uint8_t>(BaseIndex(serial[p]));
  return Of({symbols.data(), serial.size()});
}

double SerialProbability::Of(std::span<const uint8_t> symbols) {
  size_t known = 0;
  if (symbols.size() == length_) {
    while (known < length_ && symbols[known] == last_[known]) ++known;
  } else {
    length_ = symbols.size();
    of_ = OfLength(length_);
  }
  std::copy(symbols.begin(), symbols.end(), last_.begin());
  if (of_ == nullptr) return 0;
  size_t before = known > 0 ? symbols[known - 1] : 0;
  for (size_t p = known; p < length_; ++p) {
    prefixes_[p + 1] = Longer(prefixes_[p], static_cast<uint32_t>(p), before, symbols[p]);
    before = symbols[p];
  }
  const Prefix& all = prefixes_[length_];
  double q = 0;
  for (const PopulationModel::Format& format : of_->formats) {
    if (format.pooled) {
      q += format.share * all.pooled;
    } else if (format.code == all.format) {
      q += format.share * all.own;
    }
  }
  return q;
}

}  // namespace burin::internal
