#include "src/index/record_population.h"

#include <algorithm>
#include <vector>

#include "src/index/filter.h"
#include "src/index/index.h"

namespace burin::internal {
namespace {

uint64_t Passing(const Index& index, const Filter* filter, uint64_t rank) {
  const uint64_t count = index.postings_size(rank);
  if (filter == nullptr) return count;
  uint64_t passing = 0;
  for (uint64_t i = 0; i < count; ++i) passing += filter->Passes(index.posting(rank, i)) ? 1 : 0;
  return passing;
}

void CountGroup(const Index& index, const Filter* filter, const KeyGroup& group, PopulationCounts* counts) {
  std::vector<uint16_t> codes(KeyGroup::kMaxRead * group.length());
  std::u32string serial;
  for (uint64_t first = 0; first < group.size(); first += KeyGroup::kMaxRead) {
    const uint64_t last = std::min(group.size(), first + KeyGroup::kMaxRead);
    group.Read(first, last, codes.data());
    for (uint64_t key = first; key < last; ++key) {
      const uint64_t records = Passing(index, filter, group.first_rank() + key);
      if (records == 0) continue;
      KeySymbols(group, &codes[(key - first) * group.length()], &serial);
      counts->Add(serial, records);
    }
  }
}

}  // namespace

std::shared_ptr<const RecordPopulation> CountPopulation(const Index& index, const Filter* filter) {
  PopulationCounts counts;
  for (const auto& group : index.groups()) CountGroup(index, filter, *group, &counts);
  return MakePopulation(index, filter, std::move(counts));
}

std::shared_ptr<const RecordPopulation> MakePopulation(const Index& index, const Filter* filter,
                                                       PopulationCounts counts) {
  auto out = std::make_shared<RecordPopulation>(std::move(counts));
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    if (filter == nullptr || filter->Passes(index.partial_record(i))) ++out->partials;
  }
  if (Result<std::string> hash = out->counts.Hash(); hash.ok()) out->hash = *std::move(hash);
  return out;
}

}  // namespace burin::internal
