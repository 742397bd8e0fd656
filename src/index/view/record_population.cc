#include "src/index/view/record_population.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "src/index/records/record_set.h"
#include "src/index/view/filter.h"
#include "src/index/view/index.h"
#include "src/index/view/lookup.h"
#include "src/index/view/segment_filters.h"
#include "src/population/population_symbols.h"
#include "src/population/serial_probability.h"

namespace burin::internal {
namespace {

// In steps of the patience.
constexpr uint64_t kStepsOfRecord = 8;
constexpr uint64_t kRecordsAtOnce = 512;

// An index without segments, or a segment of one.
struct Part {
  const Index* index = nullptr;
  Patience* patience = nullptr;      // Asked while its records are looked at; what is counted once it is over is void.
  std::optional<RecordSet> passing;  // std::nullopt: all do.

  bool Passes(uint64_t record) const { return !passing || passing->Has(record); }
  uint64_t Passing(uint64_t rank) const {
    const uint64_t count = index->postings_size(rank);
    if (!passing) return count;
    uint64_t some = 0;
    for (uint64_t i = 0; i < count; ++i) some += passing->Has(index->posting(rank, i)) ? 1 : 0;
    return some;
  }
};

// Records are asked in their order, in which their attributes lie; from serial to serial each would be a miss of the
// cache.
Part MakePart(const Index& index, const Filter* filter, Patience* patience) {
  Part part = {&index, patience, std::nullopt};
  if (filter == nullptr) return part;
  part.passing.emplace(index.record_count());
  for (uint64_t record = 0; record < index.record_count(); ++record) {
    if (record % kRecordsAtOnce == 0 && patience->Took(kStepsOfRecord * kRecordsAtOnce)) break;
    if (filter->Passes(record)) part.passing->Add(record);
  }
  return part;
}

std::vector<Part> PartsOf(const Index& index, const Filter* filter, Patience* patience) {
  std::vector<Part> parts;
  if (index.segments().empty()) {
    parts.push_back(MakePart(index, filter, patience));
    return parts;
  }
  const SegmentFilters filters(index, filter);
  for (size_t i = 0; i < index.segments().size(); ++i) {
    parts.push_back(MakePart(*index.segments()[i].index, filters.of(i), patience));
  }
  return parts;
}

// Calls with the codes of each serial that some record has that passes, and how many have.
template <typename Call>
void EachSerial(const Part& part, const KeyGroup& group, const Call& call) {
  std::vector<uint16_t> codes(KeyGroup::kMaxRead * group.length());
  for (uint64_t first = 0; first < group.size(); first += KeyGroup::kMaxRead) {
    const uint64_t last = std::min(group.size(), first + KeyGroup::kMaxRead);
    if (part.patience->Took(kStepsOfRecord * (last - first))) return;
    group.Read(first, last, codes.data());
    for (uint64_t key = first; key < last; ++key) {
      const uint64_t records = part.Passing(group.first_rank() + key);
      if (records == 0) continue;
      call(&codes[(key - first) * group.length()], records);
    }
  }
}

PopulationSymbols SymbolsOf(const KeyGroup& group) {
  return PopulationSymbols(group.length(), [&](uint32_t position) { return group.alphabet(position); });
}

void Count(const Part& part, PopulationCounts* counts, uint64_t* partials) {
  for (const auto& group : part.index->groups()) {
    if (part.patience->over()) return;
    PopulationSymbols symbols = SymbolsOf(*group);
    LengthCounter counter(group->length());
    EachSerial(part, *group,
               [&](const uint16_t* codes, uint64_t records) { counter.Add(symbols.Of(codes).data(), records); });
    counts->Add(counter);
  }
  for (uint64_t i = 0; i < part.index->partial_count(); ++i) {
    if (i % kRecordsAtOnce == 0 && part.patience->Took(kStepsOfRecord * kRecordsAtOnce)) return;
    *partials += part.Passes(part.index->partial_record(i)) ? 1 : 0;
  }
}

// Finds what is said of the serials that are registered. A serial that several parts have is one: each is in one
// besides the largest, and looked up in all others from there.
class Registered {
 public:
  // Borrows all.
  Registered(const PopulationModel& model, std::span<const Part> parts, RegisteredSerials* out)
      : parts_(parts), out_(*out), probability_(model) {}

  void Run() {
    for (size_t i = 0; i < parts_.size(); ++i) {
      AddPart(parts_[i]);
      if (Serials(i) > Serials(largest_)) largest_ = i;
    }
    for (size_t i = 0; i < parts_.size(); ++i) {
      if (i != largest_) Unite(i);
    }
    out_.foreign = foreign_.size();
  }

 private:
  struct Alike {
    std::u32string serial;
    uint64_t own = 0, all = 0;  // Records.
    bool elsewhere = false;     // It counts in another part.
    size_t singles = 0;         // Parts that took it for a serial of one record, which this one has to correct.
    bool first = true;          // No part before this one but the largest has it.
  };

  uint64_t Serials(size_t part) const { return parts_[part].index->info().serials; }

  void AddPart(const Part& part) {
    for (const auto& group : part.index->groups()) {
      if (part.patience->over()) return;
      PopulationSymbols symbols = SymbolsOf(*group);
      EachSerial(part, *group, [&](const uint16_t* codes, uint64_t records) {
        out_.most_alike = std::max(out_.most_alike, records);
        out_.singles += records == 1 ? 1 : 0;
        out_.AddProbability(probability_.Of(symbols.Of(codes)));
        if (symbols.has_foreign()) AddForeign(*group, codes);
      });
    }
  }
  void AddForeign(const KeyGroup& group, const uint16_t* codes) {
    std::u32string serial;
    KeySymbols(group, codes, &serial);
    for (const Symbol s : serial) {
      if (BaseIndex(s) == kBaseSymbols) foreign_.insert(s);
    }
  }

  void Unite(size_t part) {
    for (const auto& group : parts_[part].index->groups()) {
      std::u32string serial;
      EachSerial(parts_[part], *group, [&](const uint16_t* codes, uint64_t records) {
        KeySymbols(*group, codes, &serial);
        alike_.push_back({serial, records, records});
        if (alike_.size() == kLookupBatch) LookUp(part);
      });
    }
    LookUp(part);
  }
  void LookUp(size_t part) {
    if (parts_[part].patience->Took(kStepsOfRecord * 16 * alike_.size())) return;
    std::vector<std::u32string_view> views;
    for (const Alike& alike : alike_) views.emplace_back(alike.serial);
    std::vector<uint64_t> ranks(views.size());
    for (size_t other = 0; other < parts_.size(); ++other) {
      if (other == part) continue;
      Lookup(*parts_[other].index, views, ranks);
      for (size_t i = 0; i < ranks.size(); ++i) {
        if (ranks[i] != kNoRank) Meet(part, other, ranks[i], &alike_[i]);
      }
    }
    for (const Alike& alike : alike_) Correct(alike);
    alike_.clear();
  }
  void Meet(size_t part, size_t other, uint64_t rank, Alike* alike) {
    const uint64_t records = parts_[other].Passing(rank);
    if (records == 0) return;
    alike->all += records;
    // It counts in the largest part, or else in the first that has it.
    alike->elsewhere = alike->elsewhere || other == largest_ || other < part;
    alike->first = alike->first && (other == largest_ || other > part);
    alike->singles += other == largest_ && records == 1 ? 1 : 0;
  }
  void Correct(const Alike& alike) {
    out_.most_alike = std::max(out_.most_alike, alike.all);
    if (alike.all == alike.own) return;
    out_.singles -= (alike.own == 1 ? 1 : 0) + (alike.first ? alike.singles : 0);
    if (alike.elsewhere) out_.units -= RegisteredSerials::UnitsOf(probability_.Of(alike.serial));
  }

  std::span<const Part> parts_;
  RegisteredSerials& out_;
  SerialProbability probability_;
  std::set<Symbol> foreign_;
  size_t largest_ = 0;
  std::vector<Alike> alike_;
};

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

// What follows from the counts.
std::shared_ptr<RecordPopulation> Make(PopulationCounts counts, uint64_t partials) {
  auto out = std::make_shared<RecordPopulation>(std::move(counts));
  out->partials = partials;
  FindSymbols(out.get());
  CountLetters(out.get());
  if (Result<std::string> hash = out->counts.Hash(); hash.ok()) out->hash = *std::move(hash);
  return out;
}

}  // namespace

std::shared_ptr<const RecordPopulation> CountPopulation(const Index& index, const Filter* filter, Patience* patience) {
  Patience endless;
  if (patience == nullptr) patience = &endless;
  const std::vector<Part> parts = PartsOf(index, filter, patience);
  PopulationCounts counts;
  uint64_t partials = 0;
  for (const Part& part : parts) {
    if (part.index != &index && !part.passing) {  // A segment's own counts are known, as a rule.
      const std::shared_ptr<const RecordPopulation> known = part.index->population(patience);
      if (known == nullptr) return nullptr;
      if (patience->Ask()) return nullptr;
      counts.Add(known->counts);
      partials += part.index->partial_count();
    } else {
      Count(part, &counts, &partials);
    }
    if (patience->over()) return nullptr;
  }
  std::shared_ptr<RecordPopulation> out = Make(std::move(counts), partials);
  Registered(out->model, parts, &out->serials).Run();
  if (patience->over()) return nullptr;
  return out;
}

std::shared_ptr<const RecordPopulation> MakePopulation(const Index& index, PopulationCounts counts,
                                                       const RegisteredSerials& serials) {
  std::shared_ptr<RecordPopulation> out = Make(std::move(counts), index.partial_count());
  out->serials = serials;
  return out;
}

}  // namespace burin::internal
