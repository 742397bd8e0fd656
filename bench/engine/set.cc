#include "bench/engine/set.h"

#include <algorithm>

#include "bench/draw.h"
#include "bench/engine/packed_serial.h"

namespace burin::bench {
namespace {

constexpr size_t kReadFrom = 1'000'000;  // Readings of W1 are of the first million.

void MakeReadings(const std::vector<std::string>& serials, Set* set) {
  const uint64_t seed = set->name.makers ? kMakerReadings : kRandomReadings;
  for (const Damage damage : kDamages) {
    set->damaged[static_cast<size_t>(damage) - 1] = Readings(serials, serials.size(), damage, seed);
  }
}

// What is left of every hundredth serial if one or two characters cannot be read, one in ten of them with a gap.
std::vector<std::string> MakePartials(const Set& set) {
  Draw draw(4300);
  std::vector<std::string> partials;
  for (size_t i = 0; i < set.keys.size(); i += kSerialsAPartial) {
    std::string text = PackedText(set.keys[i]);
    const size_t unreadable = 1 + draw.Below(2);
    for (size_t n = 0; n < unreadable; ++n) text[draw.Below(text.size())] = '?';
    if (draw.Below(10) == 0) text[text.find('?')] = '*';
    partials.push_back(std::move(text));
  }
  return partials;
}

}  // namespace

std::optional<SetName> FindSet(std::string_view name) {
  static const SetName kSets[] = {{"w1_1m", false, 1'000'000},
                                  {"w1_10m", false, 10'000'000},
                                  {"w1_100m", false, kHugeCount},
                                  {"w1_1m_partial", false, 1'000'000, true},
                                  {"w1_10m_partial", false, 10'000'000, true},
                                  {"w2_1m", true, 1'000'000},
                                  {"w2_10m", true, 10'000'000}};
  for (const SetName& set : kSets) {
    if (set.name == name) return set;
  }
  return std::nullopt;
}

Set MakeSet(const SetName& name) {
  Set set{name, PageBuffer(name.count), {}, {}, {}};
  if (name.makers) {
    const std::vector<std::string> serials = MakerSerials(name.count);
    for (size_t i = 0; i < serials.size(); ++i) set.keys[i] = PackSerial(serials[i]);
    MakeReadings(serials, &set);
    return set;
  }
  RandomSerialStream stream(name.count);
  std::vector<std::string> first;
  for (size_t i = 0; i < name.count; ++i) {
    std::string serial = stream.Next();
    set.keys[i] = PackSerial(serial);
    if (i < kReadFrom) first.push_back(std::move(serial));
  }
  MakeReadings(first, &set);
  if (name.partials) set.partials = MakePartials(set);
  return set;
}

void MakeRanks(Set* set) {
  PageBuffer sorted(set->keys.size());
  std::copy_n(set->keys.data(), sorted.size(), sorted.data());
  std::sort(sorted.data(), sorted.data() + sorted.size());
  set->ranks.reserve(sorted.size());
  for (size_t i = 0; i < sorted.size(); ++i) set->ranks.emplace(sorted[i], static_cast<uint32_t>(i));
}

}  // namespace burin::bench
