// Where a serial stands among all of its length: the common form in which serials of several groups compare.
//
// A group orders its keys by itself. Serials of one length may be spread over several groups, by format; their order by
// code points is then that of their packed integers over the union of the groups' alphabets. Where a length has one
// group, the number of the key in the group says the same, and costs nothing.
#ifndef BURIN_SRC_INDEX_KEYS_SERIAL_ORDER_H_
#define BURIN_SRC_INDEX_KEYS_SERIAL_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "src/base/bits.h"
#include "src/base/status.h"
#include "src/index/keys/key_group.h"

namespace burin::internal {

class SerialOrder {
 public:
  // Groups in ascending order of length. kCorrupt: the union of a length's alphabets has a product of 2^128 or more.
  static Status Make(std::span<const std::unique_ptr<KeyGroup>> groups, SerialOrder* out);

  // Other groups have the same length: places are packed integers. Else a place is the key's number in its group.
  bool shared(size_t group) const { return !groups_[group].contribution.empty(); }
  // REQUIRES: shared(group).
  Uint128 Place(size_t group, const uint16_t* codes) const {
    const auto& contribution = groups_[group].contribution;
    Uint128 place = 0;
    for (size_t p = 0; p < contribution.size(); ++p) place += contribution[p][codes[p]];
    return place;
  }
  // Of the serial of a key, whatever its group.
  Uint128 PlaceOfKey(size_t group, uint64_t key) const;
  // The place at which items (of a partial record; unreadable symbols and gaps stand behind all symbols) would be
  // inserted among the serials of their length; 0 where there are none of it.
  Uint128 PlaceOfItems(std::u32string_view items) const;

 private:
  struct Group {
    const KeyGroup* keys = nullptr;
    std::vector<std::vector<Uint128>> contribution;  // By position and code. Empty: the only group of its length.
  };
  struct Length {
    uint32_t length = 0;
    size_t first_group = 0, groups = 0;
    std::vector<std::vector<Symbol>> alphabets;  // The union; empty where there is one group.
    std::vector<Uint128> weights;
  };
  Status AddLength(Length length);
  Uint128 PlaceInGroup(const KeyGroup& group, std::u32string_view items) const;

  std::vector<Group> groups_;
  std::vector<Length> lengths_;
};

}  // namespace burin::internal

#endif
