// A generated set as the benchmark holds it: packed serials in order of arrival, readings of them, and a hash table
// from serial to rank, which is the baseline of look-ups and the judge of answers. 8 bytes a serial, 26 with the table.
#ifndef BURIN_BENCH_ENGINE_SET_H_
#define BURIN_BENCH_ENGINE_SET_H_

#include <absl/container/flat_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/engine/page_buffer.h"
#include "bench/workload.h"

namespace burin::bench {

struct SetName {
  std::string name;
  bool makers = false;  // W2, else W1.
  size_t count = 0;
  bool partials = false;  // One partial record behind every hundredth serial.
};
inline constexpr size_t kHugeCount = 100'000'000;
inline constexpr size_t kSerialsAPartial = 100;
// "w1_1m", "w1_10m", "w1_100m", "w1_1m_partial", "w1_10m_partial", "w2_1m", "w2_10m"; nothing for any other name.
std::optional<SetName> FindSet(std::string_view name);

using RankTable = absl::flat_hash_map<uint64_t, uint32_t>;

struct Set {
  SetName name;
  PageBuffer keys;
  std::vector<std::string> damaged[std::size(kDamages)];  // Readings of each kind of damage.
  std::vector<std::string> partials;                      // `?` one unreadable character, `*` any number of them.
  RankTable ranks;                                        // Empty until MakeRanks.

  const std::vector<std::string>& Damaged(Damage damage) const { return damaged[static_cast<size_t>(damage) - 1]; }
};

Set MakeSet(const SetName& name);
// Apart, so that building an index does not need room for both.
void MakeRanks(Set* set);

}  // namespace burin::bench

#endif
