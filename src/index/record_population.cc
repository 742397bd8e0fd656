#include "src/index/record_population.h"

#include <algorithm>
#include <array>
#include <set>
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

// What bounds are made of, of the records that pass alone: a record that does not is to change no number of an answer.
struct Bounds {
  std::array<bool, kBaseSymbols> occurs = {};
  std::set<Symbol> foreign;
  uint64_t most_alike = 1;

  void Add(const std::u32string& serial, uint64_t records) {
    most_alike = std::max(most_alike, records);
    for (const Symbol s : serial) {
      if (const size_t base = BaseIndex(s); base < kBaseSymbols) {
        occurs[base] = true;
      } else {
        foreign.insert(s);
      }
    }
  }
};

void CountGroup(const Index& index, const Filter* filter, const KeyGroup& group, PopulationCounts* counts,
                Bounds* bounds) {
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
      if (filter != nullptr) bounds->Add(serial, records);
    }
  }
}

// The symbols of all positions.
void FindSymbols(const Index& index, RecordPopulation* out) {
  std::set<Symbol> foreign;
  for (const auto& group : index.groups()) {
    for (uint32_t p = 0; p < group->length(); ++p) {
      for (const Symbol s : group->alphabet(p)) {
        const size_t base = BaseIndex(s);
        if (base < kBaseSymbols) {
          out->occurs[base] = true;
        } else {
          foreign.insert(s);
        }
      }
    }
  }
  out->foreign = foreign.size();
}

uint64_t MostAlike(const Index& index) {
  const IndexInfo& info = index.info();
  uint64_t missing = 0, most = 1;
  for (const uint64_t count : info.missing) missing += count;
  if (info.serials + info.partial_records + missing >= info.records) return 1;
  for (uint64_t rank = 0; rank < info.serials; ++rank) most = std::max(most, index.postings_size(rank));
  return most;
}

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

void Finish(RecordPopulation* out) {
  CountLetters(out);
  if (Result<std::string> hash = out->counts.Hash(); hash.ok()) out->hash = *std::move(hash);
}

}  // namespace

std::shared_ptr<const RecordPopulation> CountPopulation(const Index& index, const Filter* filter) {
  PopulationCounts counts;
  Bounds bounds;
  for (const auto& group : index.groups()) CountGroup(index, filter, *group, &counts, &bounds);
  if (filter == nullptr) return MakePopulation(index, std::move(counts));
  auto out = std::make_shared<RecordPopulation>(std::move(counts));
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    if (filter->Passes(index.partial_record(i))) ++out->partials;
  }
  out->occurs = bounds.occurs;
  out->foreign = bounds.foreign.size();
  out->most_alike = bounds.most_alike;
  Finish(out.get());
  return out;
}

std::shared_ptr<const RecordPopulation> MakePopulation(const Index& index, PopulationCounts counts) {
  auto out = std::make_shared<RecordPopulation>(std::move(counts));
  out->partials = index.partial_count();
  FindSymbols(index, out.get());
  out->most_alike = MostAlike(index);
  Finish(out.get());
  return out;
}

}  // namespace burin::internal
