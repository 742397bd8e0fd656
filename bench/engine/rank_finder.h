// Serials to ranks by what the index offers. A batch is a loop over single look-ups as long as the library has no
// batched one: FindAll is the place to call it.
#ifndef BURIN_BENCH_ENGINE_RANK_FINDER_H_
#define BURIN_BENCH_ENGINE_RANK_FINDER_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "src/index/index.h"

namespace burin::bench {

class RankFinder {
 public:
  static constexpr uint64_t kNoRank = ~uint64_t{0};

  // Borrows the index.
  explicit RankFinder(const burin::internal::Index& index);
  uint64_t Find(std::u32string_view serial) const;
  // REQUIRES: ranks has room for one a serial.
  void FindAll(std::span<const std::u32string_view> serials, uint64_t* ranks) const {
    for (size_t i = 0; i < serials.size(); ++i) ranks[i] = Find(serials[i]);
  }

 private:
  static constexpr uint16_t kNoCode = 0xffff;
  using Codes = std::array<uint16_t, 128>;  // By ASCII symbol.
  struct Group {
    const burin::internal::KeyGroup* keys;
    std::vector<Codes> codes;  // By position.
  };
  std::vector<std::vector<Group>> groups_;  // By length.
};

}  // namespace burin::bench

#endif
