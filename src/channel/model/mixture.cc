#include "src/channel/model/mixture.h"

#include <algorithm>
#include <cstdlib>

namespace burin::internal {
namespace {

// In quarters of a key.
constexpr int kKey = 4;
constexpr int kRowBegins[kKeyboardRows] = {0, 2, 3, 5};

struct Key {
  size_t symbol;
  int row;
  int place;
};

class Row {
 public:
  Row(const std::vector<MixturePart>& parts, size_t a, double* p, ConfusionPart* most)
      : parts_(parts), a_(a), p_(p), most_(most), shares_(kChannelSymbols, 0) {}

  void Fill(Rest rest) {
    for (const MixturePart& part : parts_) Add(part);
    const double left = std::max(0.0, 1 - used_);
    const size_t far = CountFar(rest);
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      if (far == 0) {
        p_[b] /= used_;
      } else if (IsFar(b, rest)) {
        Give(b, left / static_cast<double>(far), ConfusionPart::kRest);
      }
    }
  }

 private:
  void Add(const MixturePart& part) {
    double sum = 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) sum += part.relation.At(a_, b);
    if (!(sum > 0)) return;
    used_ += part.mass;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      const double weight = part.relation.At(a_, b);
      const bool loss = part.name == ConfusionPart::kStrokeGain && part.losses.At(a_, b) > weight / 2;
      Give(b, part.mass * weight / sum, loss ? ConfusionPart::kStrokeLoss : part.name);
    }
  }
  void Give(size_t b, double p, ConfusionPart part) {
    p_[b] += p;
    if (p <= shares_[b]) return;
    shares_[b] = p;
    most_[b] = part;
  }
  bool IsFar(size_t b, Rest rest) const {
    if (rest == Rest::kAny) return true;
    if (b == a_ && b != kBaseSymbols) return false;
    return std::none_of(parts_.begin(), parts_.end(), [&](const MixturePart& p) { return p.relation.At(a_, b) > 0; });
  }
  size_t CountFar(Rest rest) const {
    size_t far = 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) far += IsFar(b, rest);
    return far;
  }

  const std::vector<MixturePart>& parts_;
  size_t a_;
  double* p_;
  ConfusionPart* most_;
  std::vector<double> shares_;  // The largest so far.
  double used_ = 0;
};

}  // namespace

void Relation::AddClass(const std::vector<size_t>& members) {
  for (const size_t a : members) {
    for (const size_t b : members) {
      if (a != b) At(a, b) = 1;
    }
  }
}

Relation Neighbours(const std::vector<std::vector<size_t>>& rows) {
  std::vector<Key> keys;
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t i = 0; i < rows[row].size(); ++i) {
      keys.push_back({rows[row][i], static_cast<int>(row), kRowBegins[row] + static_cast<int>(i) * kKey});
    }
  }
  Relation relation;
  for (const Key& a : keys) {
    for (const Key& b : keys) {
      const int rows_apart = std::abs(a.row - b.row), apart = std::abs(a.place - b.place);
      if ((rows_apart == 0 && apart == kKey) || (rows_apart == 1 && apart < kKey)) relation.At(a.symbol, b.symbol) = 1;
    }
  }
  return relation;
}

MixtureRows Mixture(const std::vector<MixturePart>& parts, Rest rest) {
  constexpr size_t kAll = kChannelSymbols * kChannelSymbols;
  MixtureRows rows = {std::vector<double>(kAll, 0), std::vector<ConfusionPart>(kAll, ConfusionPart::kUnknown)};
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    Row(parts, a, &rows.p[a * kChannelSymbols], &rows.parts[a * kChannelSymbols]).Fill(rest);
  }
  return rows;
}

}  // namespace burin::internal
