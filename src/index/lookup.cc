#include "src/index/lookup.h"

#include <algorithm>

#include "src/index/key_probe.h"
#include "src/index/packed_keys.h"

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

// The key of a serial of base symbols in a group of keys of 64 bits; false: the group does not know some symbol.
bool Pack(const KeyAxis<uint64_t>& axis, std::u32string_view serial, uint64_t* value) {
  *value = 0;
  for (size_t p = 0; p < serial.size(); ++p) {
    const size_t base = BaseIndex(serial[p]);
    const uint16_t code = axis.positions[p].code_of[base];
    if (code == KeyAxis<uint64_t>::kNoCode) return false;
    *value += code * axis.positions[p].weight;
  }
  return true;
}

bool IsBase(std::u32string_view serial) {
  return std::all_of(serial.begin(), serial.end(), [](Symbol s) { return BaseIndex(s) < kBaseSymbols; });
}

class Batch {
 public:
  explicit Batch(std::span<uint64_t> ranks) : ranks_(ranks) {}
  void Add(const KeyGroup& group, std::u32string_view serial, bool base, size_t number) {
    const PackedKeys<uint64_t>* const packed = base ? group.packed64() : nullptr;
    if (packed == nullptr) {
      single_.group = &group;
      if (!Encode(group, serial, single_.codes)) return;
      const uint64_t rank = Search(single_);
      if (rank != kNoRank) ranks_[number] = rank;
      return;
    }
    uint64_t value = 0;
    if (!Pack(packed->forward().axis, serial, &value)) return;
    if (count_ == kLookupBatch) Run();
    packed->forward().blocks.PrefetchBucket(value);
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

}  // namespace

void Lookup(const Index& index, std::span<const std::u32string_view> serials, std::span<uint64_t> ranks) {
  const auto groups = index.groups();
  std::fill_n(ranks.begin(), serials.size(), kNoRank);
  Batch batch(ranks);
  for (size_t i = 0; i < serials.size(); ++i) {
    const bool base = IsBase(serials[i]);
    auto group = std::lower_bound(groups.begin(), groups.end(), serials[i].size(),
                                  [](const auto& g, size_t length) { return g->length() < length; });
    for (; group != groups.end() && (*group)->length() == serials[i].size(); ++group) {
      batch.Add(**group, serials[i], base, i);
    }
  }
  batch.Run();
}

}  // namespace burin::internal
