#include "src/index/view/population_counter.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
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

// How far a pass over all parts has come.
struct Place {
  size_t part = 0, group = 0;
  uint64_t item = 0;  // A key of the group or, outside groups, a record.

  void NextPart() { *this = {part + 1, 0, 0}; }
  void NextGroup() {
    ++group;
    item = 0;
  }
};

PopulationSymbols SymbolsOf(const KeyGroup& group) {
  return PopulationSymbols(group.length(), [&](uint32_t position) { return group.alphabet(position); });
}

// Calls with the codes of each serial, from key *next on, that some record has that passes, and with how many have it.
// False: the patience is over, and *next is the first key that was not read.
template <typename Call>
bool EachSerial(const Part& part, const KeyGroup& group, Patience* patience, uint64_t* next, const Call& call) {
  std::vector<uint16_t> codes(KeyGroup::kMaxRead * group.length());
  while (*next < group.size()) {
    const uint64_t first = *next, last = std::min(group.size(), first + KeyGroup::kMaxRead);
    if (patience->Took(kStepsOfRecord * (last - first))) return false;
    group.Read(first, last, codes.data());
    for (uint64_t key = first; key < last; ++key) {
      const uint64_t records = part.Passing(group.first_rank() + key);
      if (records > 0) call(&codes[(key - first) * group.length()], records);
    }
    *next = last;
  }
  return true;
}

// Finds what is said of the serials that are registered. A serial that several parts have is one: each is in one
// besides the largest, and looked up in all others from there.
class Registered {
 public:
  // Borrows all.
  Registered(const PopulationModel& model, const std::vector<Part>& parts, RegisteredSerials* out)
      : parts_(parts), out_(*out), probability_(model) {
    for (size_t i = 0; i < parts_.size(); ++i) {
      if (Serials(i) > Serials(largest_)) largest_ = i;
    }
  }

  // False: the patience is over.
  bool Run(Patience* patience) {
    for (; added_.part < parts_.size(); added_.NextPart()) {
      if (!AddPart(patience)) return false;
    }
    for (; united_.part < parts_.size(); united_.NextPart()) {
      if (united_.part != largest_ && !Unite(patience)) return false;
    }
    out_.foreign = foreign_.size();
    return true;
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

  bool AddPart(Patience* patience) {
    const Part& part = parts_[added_.part];
    const auto groups = part.index->groups();
    for (; added_.group < groups.size(); added_.NextGroup()) {
      const KeyGroup& group = *groups[added_.group];
      PopulationSymbols symbols = SymbolsOf(group);
      const bool all = EachSerial(part, group, patience, &added_.item, [&](const uint16_t* codes, uint64_t records) {
        out_.most_alike = std::max(out_.most_alike, records);
        out_.singles += records == 1 ? 1 : 0;
        out_.AddProbability(probability_.Of(symbols.Of(codes)));
        if (symbols.has_foreign()) AddForeign(group, codes);
      });
      if (!all) return false;
    }
    return true;
  }
  void AddForeign(const KeyGroup& group, const uint16_t* codes) {
    std::u32string serial;
    KeySymbols(group, codes, &serial);
    for (const Symbol s : serial) {
      if (BaseIndex(s) == kBaseSymbols) foreign_.insert(s);
    }
  }

  bool Unite(Patience* patience) {
    const Part& part = parts_[united_.part];
    const auto groups = part.index->groups();
    for (; united_.group < groups.size(); united_.NextGroup()) {
      const KeyGroup& group = *groups[united_.group];
      std::u32string serial;
      const bool all = EachSerial(part, group, patience, &united_.item, [&](const uint16_t* codes, uint64_t records) {
        KeySymbols(group, codes, &serial);
        alike_.push_back({serial, records, records});
        if (alike_.size() >= kLookupBatch) (void)LookUp(patience);
      });
      if (!all) return false;
    }
    return LookUp(patience);
  }
  // Of alike_, which is empty then. False: the patience is over, and it is as it was.
  bool LookUp(Patience* patience) {
    if (patience->Took(kStepsOfRecord * 16 * alike_.size())) return false;
    const size_t part = united_.part;
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
    return true;
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

  const std::vector<Part>& parts_;
  RegisteredSerials& out_;
  SerialProbability probability_;
  std::set<Symbol> foreign_;
  size_t largest_ = 0;
  Place added_, united_;
  std::vector<Alike> alike_;  // Serials of the part at hand that wait to be looked up.
};

}  // namespace

class PopulationCounter::State {
 public:
  State(const Index& index, const Filter* filter) : index_(index), filter_(filter), filters_(index, filter) {}

  std::shared_ptr<const RecordPopulation> Run(Patience* patience) {
    for (; made_.part < PartCount(); made_.NextPart()) {
      if (!MakePart(patience)) return nullptr;
    }
    for (; counted_.part < parts_.size(); counted_.NextPart()) {
      if (!CountPart(patience)) return nullptr;
    }
    if (out_ == nullptr) {
      if (patience->Ask()) return nullptr;
      out_ = PopulationOf(std::move(counts_), partials_);
      registered_.emplace(out_->model, parts_, &out_->serials);
    }
    if (!registered_->Run(patience)) return nullptr;
    return out_;
  }

 private:
  size_t PartCount() const { return std::max<size_t>(index_.segments().size(), 1); }

  // Records are asked in their order, in which their attributes lie; from serial to serial each would be a miss of the
  // cache.
  bool MakePart(Patience* patience) {
    const bool whole = index_.segments().empty();
    const Index& index = whole ? index_ : *index_.segments()[made_.part].index;
    const Filter* const filter = whole ? filter_ : filters_.of(made_.part);
    if (parts_.size() == made_.part) parts_.push_back({&index, std::nullopt});
    if (filter == nullptr) return true;
    std::optional<RecordSet>& passing = parts_[made_.part].passing;
    if (!passing) passing.emplace(index.record_count());
    while (made_.item < index.record_count()) {
      if (patience->Took(kStepsOfRecord * kRecordsAtOnce)) return false;
      const uint64_t end = std::min(index.record_count(), made_.item + kRecordsAtOnce);
      for (; made_.item < end; ++made_.item) {
        if (filter->Passes(made_.item)) passing->Add(made_.item);
      }
    }
    return true;
  }

  bool CountPart(Patience* patience) {
    const Part& part = parts_[counted_.part];
    if (part.index != &index_ && !part.passing) {  // A segment's own counts are known, as a rule.
      const std::shared_ptr<const RecordPopulation> known = part.index->population(patience);
      if (known == nullptr || patience->Ask()) return false;
      counts_.Add(known->counts);
      partials_ += part.index->partial_count();
      return true;
    }
    const auto groups = part.index->groups();
    for (; counted_.group < groups.size(); counted_.NextGroup()) {
      const KeyGroup& group = *groups[counted_.group];
      PopulationSymbols symbols = SymbolsOf(group);
      if (!counter_) counter_.emplace(group.length());
      const bool all = EachSerial(part, group, patience, &counted_.item, [&](const uint16_t* codes, uint64_t records) {
        counter_->Add(symbols.Of(codes).data(), records);
      });
      if (!all) return false;
      counts_.Add(*counter_);
      counter_.reset();
    }
    while (counted_.item < part.index->partial_count()) {
      if (patience->Took(kStepsOfRecord * kRecordsAtOnce)) return false;
      const uint64_t end = std::min<uint64_t>(part.index->partial_count(), counted_.item + kRecordsAtOnce);
      for (; counted_.item < end; ++counted_.item) {
        partials_ += part.Passes(part.index->partial_record(counted_.item)) ? 1 : 0;
      }
    }
    return true;
  }

  const Index& index_;
  const Filter* filter_;
  SegmentFilters filters_;
  std::vector<Part> parts_;
  Place made_, counted_;
  std::optional<LengthCounter> counter_;  // Of the group at hand.
  PopulationCounts counts_;
  uint64_t partials_ = 0;
  std::shared_ptr<RecordPopulation> out_;
  std::optional<Registered> registered_;
};

PopulationCounter::PopulationCounter(const Index& index, const Filter* filter)
    : state_(std::make_unique<State>(index, filter)) {}
PopulationCounter::~PopulationCounter() = default;

std::shared_ptr<const RecordPopulation> PopulationCounter::Run(Patience* patience) { return state_->Run(patience); }

}  // namespace burin::internal
