#include "src/population/model.h"

#include <algorithm>

namespace burin::internal {
namespace {

constexpr size_t kSymbols = PopulationModel::kSymbols;
// What smoothing adds, in records: to a bigram's first symbol, to a position.
constexpr double kBesideBigrams = 4;
constexpr double kBesidePosition = 1;
// To a length, as a share of one record; all lengths together: one record.
constexpr double kBesideLength = 1.0 / static_cast<double>(kMaxMarkSymbols);

double KindSize(FormatKind kind) { return kind == FormatKind::kDigit ? 10 : kind == FormatKind::kLetter ? 26 : 1; }

double Number(uint64_t n) { return static_cast<double>(n); }

class Maker {
 public:
  Maker(const PopulationCounts::OfLength& counts, uint32_t length, PopulationModel::OfLength* out)
      : counts_(counts), out_(*out) {
    out_.length = length;
    out_.first.resize(length * kSymbols);
    out_.next.resize(length * kSymbols * kSymbols);
    out_.pooled.resize(length * kSymbols * kSymbols);
    out_.next_most.resize(length * kSymbols);
    out_.pooled_most.resize(length * kSymbols);
  }
  void Run(double share) {
    AddFormats(share);
    for (uint32_t p = 0; p < out_.length; ++p) {
      AddPosition(p);
      FindMost(p);
    }
  }

 private:
  void AddFormats(double share) {
    const double all = Number(counts_.records) + 1;
    uint64_t pooled = counts_.records;
    for (const auto& [code, records] : counts_.formats) {
      if (records < PopulationModel::kOwnRecords || records < counts_.records / PopulationModel::kOwnShare) continue;
      out_.formats.push_back({code, false, share * Number(records) / all});
      pooled -= records;
    }
    out_.formats.push_back({0, true, share * (Number(pooled) + 1) / all});
  }

  void AddPosition(uint32_t p) {
    std::array<uint64_t, kSymbols> here = {};
    std::array<uint64_t, 3> kinds = {};
    for (size_t before = 0; before < kSymbols; ++before) {
      for (size_t s = 0; s < kSymbols; ++s) here[s] += Count(p, before, s);
    }
    uint64_t all = 0;
    for (size_t s = 0; s < kSymbols; ++s) {
      kinds[static_cast<size_t>(FormatKindOf(s))] += here[s];
      all += here[s];
    }
    std::array<double, kSymbols> any;
    for (size_t s = 0; s < kSymbols; ++s) {
      const FormatKind kind = FormatKindOf(s);
      any[s] = (Number(here[s]) + kBesidePosition / kSymbols) / (Number(all) + kBesidePosition);
      out_.first[p * kSymbols + s] = (Number(here[s]) + kBesidePosition / KindSize(kind)) /
                                     (Number(kinds[static_cast<size_t>(kind)]) + kBesidePosition);
    }
    for (size_t before = 0; before < kSymbols; ++before) AddBehind(p, before, any);
  }

  void AddBehind(uint32_t p, size_t before, const std::array<double, kSymbols>& any) {
    const size_t row = (p * kSymbols + before) * kSymbols;
    uint64_t all = 0, of_kind = 0;
    for (size_t s = 0; s < kSymbols; ++s) {
      all += Count(p, before, s);
      if (FormatKindOf(s) == FormatKindOf(before)) of_kind += Count(p, before, s);
    }
    for (size_t s = 0; s < kSymbols; ++s) {
      if (p == 0) {
        out_.pooled[row + s] = any[s];
        continue;
      }
      const double count = Number(Count(p, before, s));
      out_.pooled[row + s] = (count + kBesideBigrams * any[s]) / (Number(all) + kBesideBigrams);
      if (FormatKindOf(s) != FormatKindOf(before)) continue;
      out_.next[row + s] = (count + kBesideBigrams * out_.first[p * kSymbols + s]) / (Number(of_kind) + kBesideBigrams);
    }
  }

  void FindMost(uint32_t p) {
    for (size_t before = 0; before < kSymbols; ++before) {
      for (size_t s = 0; s < kSymbols; ++s) {
        const size_t at = (p * kSymbols + before) * kSymbols + s;
        double& next = out_.next_most[p * kSymbols + s];
        double& pooled = out_.pooled_most[p * kSymbols + s];
        next = std::max(next, out_.next[at]);
        pooled = std::max(pooled, out_.pooled[at]);
      }
    }
  }

  uint64_t Count(uint32_t p, size_t before, size_t s) const {
    return counts_.pairs[(p * kSymbols + before) * kSymbols + s];
  }

  const PopulationCounts::OfLength& counts_;
  PopulationModel::OfLength& out_;
};

double OfFormat(const PopulationModel::OfLength& of, const PopulationModel::Format& format,
                const std::vector<size_t>& symbols) {
  double q = format.share;
  for (uint32_t p = 0; p < of.length; ++p) {
    const size_t s = symbols[p], before = p > 0 ? symbols[p - 1] : 0;
    if (format.pooled) {
      q *= of.pooled[(p * kSymbols + before) * kSymbols + s];
      continue;
    }
    if (FormatKindOf(s) != KindAt(format.code, p)) return 0;
    const bool same = p > 0 && FormatKindOf(before) == FormatKindOf(s);
    q *= same ? of.next[(p * kSymbols + before) * kSymbols + s] : of.first[p * kSymbols + s];
  }
  return q;
}

}  // namespace

PopulationModel::PopulationModel(const PopulationCounts& counts, uint64_t records) : records_(records) {
  const double all = Number(records_) + 1;
  unseen_length_ = kBesideLength / all;
  for (uint32_t length = 1; length <= kMaxMarkSymbols; ++length) {
    const PopulationCounts::OfLength* of = counts.of_length(length);
    if (of == nullptr) continue;
    Maker(*of, length, &lengths_.emplace_back()).Run((Number(of->records) + kBesideLength) / all);
  }
}

double PopulationModel::OfFormats(std::u32string_view serial, bool pooled) const {
  std::vector<size_t> symbols;
  double foreign = 1;
  for (const Symbol s : serial) {
    symbols.push_back(BaseIndex(s));
    if (symbols.back() == kBaseSymbols) foreign /= kForeignSymbols;
  }
  const auto of =
      std::find_if(lengths_.begin(), lengths_.end(), [&](const OfLength& l) { return l.length == serial.size(); });
  double q = 0;
  if (of == lengths_.end() && !pooled) return 0;
  if (of == lengths_.end()) {
    q = unseen_length_;
    for (size_t i = 0; i < serial.size(); ++i) q /= static_cast<double>(kSymbols);
    return q * foreign;
  }
  for (const Format& format : of->formats) {
    if (format.pooled == pooled) q += OfFormat(*of, format, symbols);
  }
  return q * foreign;
}

}  // namespace burin::internal
