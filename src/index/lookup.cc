#include "src/index/lookup.h"

#include <algorithm>

namespace burin::internal {
namespace {

// A serial in the codes of one group.
struct Probe {
  const KeyGroup* group;
  size_t serial;  // Place in the batch.
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

class Batch {
 public:
  explicit Batch(std::span<uint64_t> ranks) : ranks_(ranks) {}
  // Room for one more serial in one more group.
  Probe* Add(const KeyGroup& group, size_t serial) {
    if (count_ == kLookupBatch) Run();
    probes_[count_].group = &group;
    probes_[count_].serial = serial;
    return &probes_[count_];
  }
  void Keep() { ++count_; }
  void Run() {
    for (size_t i = 0; i < count_; ++i) {
      const uint64_t rank = Search(probes_[i]);
      if (rank != kNoRank) ranks_[probes_[i].serial] = rank;
    }
    count_ = 0;
  }

 private:
  std::span<uint64_t> ranks_;
  size_t count_ = 0;
  Probe probes_[kLookupBatch];
};

}  // namespace

void Lookup(const Index& index, std::span<const std::u32string_view> serials, std::span<uint64_t> ranks) {
  const auto groups = index.groups();
  std::fill_n(ranks.begin(), serials.size(), kNoRank);
  Batch batch(ranks);
  for (size_t i = 0; i < serials.size(); ++i) {
    auto group = std::lower_bound(groups.begin(), groups.end(), serials[i].size(),
                                  [](const auto& g, size_t length) { return g->length() < length; });
    for (; group != groups.end() && (*group)->length() == serials[i].size(); ++group) {
      if (Encode(**group, serials[i], batch.Add(**group, i)->codes)) batch.Keep();
    }
  }
  batch.Run();
}

}  // namespace burin::internal
