#include "src/index/write/population_builder.h"

#include <algorithm>

#include "src/base/parallel.h"
#include "src/index/keys/parallel_sort.h"

namespace burin::internal {

void PopulationBuilder::Count(const SerialRows& rows, unsigned threads) {
  const size_t parts = PartsOf(rows.size(), threads);
  std::vector<LengthCounter> counters(parts, LengthCounter(rows.length()));
  ParallelOrThrow(parts, threads, [&](unsigned, size_t part) {
    const uint64_t end = CutOf(rows.size(), parts, part + 1);
    for (uint64_t row = CutOf(rows.size(), parts, part); row < end; ++row) {
      if (row < rows.base_rows()) {
        counters[part].Add(rows.base_row(row), 1);
        continue;
      }
      uint8_t symbols[kMaxMarkSymbols];
      std::transform(rows.wide_row(row), rows.wide_row(row) + rows.length(), symbols,
                     [](Symbol symbol) { return static_cast<uint8_t>(BaseIndex(symbol)); });
      counters[part].Add(symbols, 1);
    }
  });
  PopulationCounts of_length;
  for (const LengthCounter& counter : counters) of_length.Add(counter);
  model_.emplace(of_length, records_);
  counts_.Add(of_length);
  rows.AddForeign(&foreign_);
}

PopulationBuilder::Share::Share(const PopulationBuilder& of, const GroupShape& shape)
    : symbols_(shape.length, [&](uint32_t p) { return std::span<const Symbol>(shape.alphabets[p]); }),
      probability_(*of.model_) {}

void PopulationBuilder::Share::Add(const uint16_t* codes) { sum_.AddProbability(probability_.Of(symbols_.Of(codes))); }

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
