#include "src/index/view/lookup.h"

#include <algorithm>
#include <bit>
#include <string>

#include "src/index/keys/group_masks.h"
#include "src/index/keys/key_probe.h"
#include "src/index/keys/packed_keys.h"

namespace burin::internal {
namespace {

// A serial in the codes of one group.
struct Probe {
  const KeyGroup* group;
  uint16_t codes[kMaxMarkSymbols];
};

// False: some symbol does not occur at its position in this group.
bool Encode(const KeyGroup& group, std::u32string_view serial, uint16_t* codes) {
  for (uint32_t p = 0; p < serial.size(); ++p) {
    const auto alphabet = group.alphabet(p);
    const auto at = std::lower_bound(alphabet.begin(), alphabet.end(), serial[p]);
    if (at == alphabet.end() || *at != serial[p]) return false;
    codes[p] = static_cast<uint16_t>(at - alphabet.begin());
  }
  return true;
}

// The rank of a probe's key, or kNoRank.
uint64_t Search(const Probe& probe) {
  const KeyGroup& group = *probe.group;
  const uint32_t length = group.length();
  const uint64_t key = group.LowerBound(0, group.size(), probe.codes, length);
  if (key == group.size()) return kNoRank;
  uint16_t found[kMaxMarkSymbols];
  group.Read(key, key + 1, found);
  return std::equal(found, found + length, probe.codes) ? group.first_rank() + key : kNoRank;
}

// The groups that may hold a serial, as in GroupMasks; *base: all of its symbols are base symbols, and `classes` says
// which.
uint64_t MayHold(const GroupMasks::OfLength& groups, std::u32string_view serial, uint8_t* classes, bool* base) {
  uint64_t left = groups.all, highest = 0;
  const uint64_t* masks = groups.masks.data();
  for (const Symbol symbol : serial) {
    const auto c = static_cast<uint8_t>(BaseIndex(symbol));
    highest = std::max<uint64_t>(highest, c);
    left &= masks[c];
    masks += kAxisClasses;
    *classes++ = c;
  }
  *base = highest < kBaseSymbols;
  return left;
}

// The key of a serial in a group of keys of 64 bits that knows its symbols.
uint64_t Pack(const KeyAxis<uint64_t>& axis, const uint8_t* classes, size_t length) {
  uint64_t sum = 0;
  const uint64_t* parts = axis.parts.data();
  for (size_t p = 0; p < length; ++p, parts += kAxisClasses) sum += parts[classes[p]];
  return sum;
}

class Batch {
 public:
  explicit Batch(std::span<uint64_t> ranks) : ranks_(ranks) {}
  // `classes`: of the serial, or nullptr.
  void Add(const KeyGroup& group, std::u32string_view serial, const uint8_t* classes, size_t number) {
    const PackedKeys<uint64_t>* const packed = classes != nullptr ? group.packed64() : nullptr;
    if (packed == nullptr) {
      single_.group = &group;
      if (!Encode(group, serial, single_.codes)) return;
      const uint64_t rank = Search(single_);
      if (rank != kNoRank) ranks_[number] = rank;
      return;
    }
    const uint64_t value = Pack(packed->forward().axis, classes, serial.size());
    if (count_ == kLookupBatch) Run();
    probes_[count_] = {&packed->forward().blocks, value};
    first_ranks_[count_] = group.first_rank();
    serials_[count_++] = number;
  }
  void Run() {
    RunKeyProbes(std::span(probes_).first(count_));
    for (size_t i = 0; i < count_; ++i) {
      if (probes_[i].number != KeyProbe::kAbsent) ranks_[serials_[i]] = first_ranks_[i] + probes_[i].number;
    }
    count_ = 0;
  }

 private:
  std::span<uint64_t> ranks_;
  Probe single_ = {};
  size_t count_ = 0;
  KeyProbe probes_[kLookupBatch];
  uint64_t first_ranks_[kLookupBatch];
  size_t serials_[kLookupBatch];  // Places among the serials asked for.
};

bool HasLive(const IndexSegment& segment, uint64_t rank) {
  const uint64_t count = segment.index->postings_size(rank);
  for (uint64_t i = 0; i < count; ++i) {
    if (!segment.IsDeleted(segment.index->posting(rank, i))) return true;
  }
  return false;
}

void LookupInSegments(std::span<const IndexSegment> segments, std::span<const std::u32string_view> serials,
                      std::span<uint64_t> ranks) {
  std::fill_n(ranks.begin(), serials.size(), kNoRank);
  std::vector<uint64_t> own(serials.size());
  for (const IndexSegment& segment : segments) {
    Lookup(*segment.index, serials, own);
    for (size_t i = 0; i < own.size(); ++i) {
      if (own[i] == kNoRank || ranks[i] != kNoRank || !HasLive(segment, own[i])) continue;
      ranks[i] = segment.first_rank + own[i];
    }
  }
}

}  // namespace

std::vector<uint64_t> IdsOf(const Index& index, uint64_t rank) {
  std::vector<uint64_t> ids;
  const auto add = [&](const Index& in, uint64_t of, const RecordSet* deleted) {
    const uint64_t count = in.postings_size(of);
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t record = in.posting(of, i);
      if (deleted == nullptr || !deleted->Has(record)) ids.push_back(in.record_id(record));
    }
  };
  if (index.segments().empty()) {
    add(index, rank, nullptr);
    return ids;
  }
  const std::u32string serial = SerialOfRank(index, rank);
  const std::u32string_view serials[] = {serial};
  for (const IndexSegment& segment : index.segments()) {
    uint64_t own[] = {kNoRank};
    Lookup(*segment.index, serials, own);
    if (own[0] != kNoRank) add(*segment.index, own[0], segment.deleted.get());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

void Lookup(const Index& index, std::span<const std::u32string_view> serials, std::span<uint64_t> ranks) {
  if (!index.segments().empty()) return LookupInSegments(index.segments(), serials, ranks);
  const auto groups = index.groups();
  const GroupMasks& masks = index.group_masks();
  std::fill_n(ranks.begin(), serials.size(), kNoRank);
  Batch batch(ranks);
  uint8_t classes[kMaxMarkSymbols];
  for (size_t i = 0; i < serials.size(); ++i) {
    if (serials[i].size() > kMaxMarkSymbols) continue;
    const GroupMasks::OfLength& of_length = masks.of_length(serials[i].size());
    bool base = false;
    uint64_t left = of_length.all == 0 ? 0 : MayHold(of_length, serials[i], classes, &base);
    for (; left != 0; left &= left - 1) {
      const size_t group = of_length.first_group + static_cast<size_t>(std::countr_zero(left));
      batch.Add(*groups[group], serials[i], base ? classes : nullptr, i);
    }
  }
  batch.Run();
}

}  // namespace burin::internal
