// What is said of a population that follows from its counts alone.
#include "src/index/view/record_population.h"

#include <algorithm>

#include "src/index/view/index.h"
#include "src/index/view/population_counter.h"

namespace burin::internal {
namespace {

// Letters behind the first digit of a format.
uint32_t LettersBehind(FormatCode format, uint32_t length) {
  uint32_t letters = 0;
  bool digit = false;
  for (uint32_t p = 0; p < length; ++p) {
    letters += digit && KindAt(format, p) == FormatKind::kLetter ? 1 : 0;
    digit = digit || KindAt(format, p) == FormatKind::kDigit;
  }
  return letters;
}

void CountLetters(RecordPopulation* out) {
  for (uint32_t length = 1; length <= kMaxMarkSymbols; ++length) {
    const PopulationCounts::OfLength* of = out->counts.of_length(length);
    if (of == nullptr || of->many_formats) continue;
    std::vector<uint64_t>& by_letters = out->letters_behind[length];
    by_letters.resize(length + 1);
    for (const auto& [format, records] : of->formats) by_letters[LettersBehind(format, length)] += records;
  }
}

void FindSymbols(RecordPopulation* out) {
  for (uint32_t length = 1; length <= kMaxMarkSymbols; ++length) {
    const PopulationCounts::OfLength* of = out->counts.of_length(length);
    if (of == nullptr) continue;
    for (size_t i = 0; i < of->pairs.size(); ++i) {
      const size_t symbol = i % kPopulationSymbols;
      if (symbol < kBaseSymbols && of->pairs[i] > 0) out->occurs[symbol] = true;
    }
  }
}

}  // namespace

std::shared_ptr<RecordPopulation> PopulationOf(PopulationCounts counts, uint64_t partials) {
  auto out = std::make_shared<RecordPopulation>(std::move(counts));
  out->partials = partials;
  FindSymbols(out.get());
  CountLetters(out.get());
  if (Result<std::string> hash = out->counts.Hash(); hash.ok()) out->hash = *std::move(hash);
  return out;
}

std::shared_ptr<const RecordPopulation> CountPopulation(const Index& index, const Filter* filter, Patience* patience) {
  Patience endless;
  return PopulationCounter(index, filter).Run(patience == nullptr ? &endless : patience);
}

std::shared_ptr<const RecordPopulation> MakePopulation(const Index& index, PopulationCounts counts,
                                                       const RegisteredSerials& serials) {
  std::shared_ptr<RecordPopulation> out = PopulationOf(std::move(counts), index.partial_count());
  out->serials = serials;
  return out;
}

}  // namespace burin::internal
