#include "src/index/record_population.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "src/index/filter.h"
#include "src/index/index.h"
#include "src/index/lookup.h"
#include "src/index/segment_filters.h"

namespace burin::internal {
namespace {

uint64_t Passing(const Index& index, const Filter* filter, uint64_t rank) {
  const uint64_t count = index.postings_size(rank);
  if (filter == nullptr) return count;
  uint64_t passing = 0;
  for (uint64_t i = 0; i < count; ++i) passing += filter->Passes(index.posting(rank, i)) ? 1 : 0;
  return passing;
}

// Calls with each serial that some record has that passes, and how many have.
template <typename Call>
void EachSerial(const Index& index, const Filter* filter, const KeyGroup& group, const Call& call) {
  std::vector<uint16_t> codes(KeyGroup::kMaxRead * group.length());
  std::u32string serial;
  for (uint64_t first = 0; first < group.size(); first += KeyGroup::kMaxRead) {
    const uint64_t last = std::min(group.size(), first + KeyGroup::kMaxRead);
    group.Read(first, last, codes.data());
    for (uint64_t key = first; key < last; ++key) {
      const uint64_t records = Passing(index, filter, group.first_rank() + key);
      if (records == 0) continue;
      KeySymbols(group, &codes[(key - first) * group.length()], &serial);
      call(serial, records);
    }
  }
}

// Counts, and what bounds are made of, of the records that pass alone: a record that does not is to change no number of
// an answer. Of one index, or of segments one after the other.
class Counter {
 public:
  void Add(const Index& index, const Filter* filter) {
    for (const auto& group : index.groups()) {
      EachSerial(index, filter, *group, [&](const std::u32string& serial, uint64_t records) {
        counts_.Add(serial, records);
        AddBounds(serial, records);
      });
    }
    for (uint64_t i = 0; i < index.partial_count(); ++i) {
      partials_ += filter == nullptr || filter->Passes(index.partial_record(i)) ? 1 : 0;
    }
  }
  // A serial has so many records.
  void Alike(uint64_t records) { most_alike_ = std::max(most_alike_, records); }

  std::shared_ptr<RecordPopulation> Take() {
    auto out = std::make_shared<RecordPopulation>(std::move(counts_));
    out->partials = partials_;
    out->occurs = occurs_;
    out->foreign = foreign_.size();
    out->most_alike = most_alike_;
    return out;
  }

 private:
  void AddBounds(const std::u32string& serial, uint64_t records) {
    Alike(records);
    for (const Symbol s : serial) {
      if (const size_t base = BaseIndex(s); base < kBaseSymbols) {
        occurs_[base] = true;
      } else {
        foreign_.insert(s);
      }
    }
  }

  PopulationCounts counts_;
  uint64_t partials_ = 0;
  std::array<bool, kBaseSymbols> occurs_ = {};
  std::set<Symbol> foreign_;
  uint64_t most_alike_ = 1;
};

// Serials that are in several segments: each is in one besides the largest, and looked up in all from there.
class AlikeInSegments {
 public:
  AlikeInSegments(const Index& index, const SegmentFilters& filters, Counter* counter)
      : segments_(index.segments()), filters_(filters), counter_(*counter) {}

  void Run() {
    size_t largest = 0;
    for (size_t i = 0; i < segments_.size(); ++i) {
      if (segments_[i].index->info().serials > segments_[largest].index->info().serials) largest = i;
    }
    for (size_t i = 0; i < segments_.size(); ++i) {
      if (i == largest) continue;
      const Index& index = *segments_[i].index;
      for (const auto& group : index.groups()) {
        EachSerial(index, filters_.of(i), *group, [&](const std::u32string& serial, uint64_t records) {
          serials_.push_back(serial);
          records_.push_back(records);
          if (serials_.size() == kLookupBatch) LookUp(i);
        });
      }
      LookUp(i);
    }
  }

 private:
  void LookUp(size_t own) {
    const std::vector<std::u32string_view> views(serials_.begin(), serials_.end());
    std::vector<uint64_t> ranks(views.size());
    for (size_t i = 0; i < segments_.size(); ++i) {
      if (i == own) continue;
      Lookup(*segments_[i].index, views, ranks);
      for (size_t j = 0; j < ranks.size(); ++j) {
        if (ranks[j] != kNoRank) records_[j] += Passing(*segments_[i].index, filters_.of(i), ranks[j]);
      }
    }
    for (const uint64_t records : records_) counter_.Alike(records);
    serials_.clear();
    records_.clear();
  }

  std::span<const IndexSegment> segments_;
  const SegmentFilters& filters_;
  Counter& counter_;
  std::vector<std::u32string> serials_;
  std::vector<uint64_t> records_;
};

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
  Counter counter;
  if (index.segments().empty()) {
    counter.Add(index, filter);
  } else {
    const SegmentFilters filters(index, filter);
    for (size_t i = 0; i < index.segments().size(); ++i) counter.Add(*index.segments()[i].index, filters.of(i));
    AlikeInSegments(index, filters, &counter).Run();
  }
  const std::shared_ptr<RecordPopulation> out = counter.Take();
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
