#include "src/index/population_builder.h"

#include <algorithm>

#include "src/base/parallel.h"
#include "src/index/parallel_sort.h"

namespace burin::internal {

void PopulationBuilder::Count(const SerialRows& rows, unsigned threads) {
  const size_t parts = PartsOf(rows.size(), threads);
  std::vector<LengthCounter> counters(parts, LengthCounter(rows.length()));
  ParallelOrThrow(parts, threads, [&](unsigned, size_t part) {
    const uint64_t end = CutOf(rows.size(), parts, part + 1);
    for (uint64_t row = CutOf(rows.size(), parts, part); row < end; ++row) {
      if (row < rows.base_rows()) {
        counters[part].Add(rows.base_row(row));
        continue;
      }
      uint8_t symbols[kMaxMarkSymbols];
      std::transform(rows.wide_row(row), rows.wide_row(row) + rows.length(), symbols,
                     [](Symbol symbol) { return static_cast<uint8_t>(BaseIndex(symbol)); });
      counters[part].Add(symbols);
    }
  });
  PopulationCounts of_length;
  for (const LengthCounter& counter : counters) of_length.Add(counter);
  model_.emplace(of_length, records_);
  counts_.Add(of_length);
  rows.AddForeign(&foreign_);
}

PopulationBuilder::Share::Share(const PopulationBuilder& of, const GroupShape& shape)
    : length_(shape.length), probability_(*of.model_) {
  for (const auto& alphabet : shape.alphabets) {
    std::vector<uint8_t>& symbols = symbols_.emplace_back();
    for (const Symbol symbol : alphabet) symbols.push_back(static_cast<uint8_t>(BaseIndex(symbol)));
  }
}

void PopulationBuilder::Share::Add(const uint16_t* codes) {
  uint8_t symbols[kMaxMarkSymbols];
  for (uint32_t p = 0; p < length_; ++p) symbols[p] = symbols_[p][codes[p]];
  sum_.AddProbability(probability_.Of(std::span<const uint8_t>(symbols, length_)));
}

void PopulationBuilder::Add(const Share& share) {
  registered_.units += share.sum().units;
  registered_.highest = std::max(registered_.highest, share.sum().highest);
}

void PopulationBuilder::Finish(const PostingsWriter& postings, ByteWriter* out) {
  registered_.singles = postings.singles();
  registered_.most_alike = postings.most_alike();
  registered_.foreign = foreign_.size();
  registered_.Encode(out);
  counts_.Encode(out);
}

}  // namespace burin::internal
