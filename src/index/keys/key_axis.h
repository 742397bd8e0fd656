// What a walk needs to know of the positions of a group, in one order (forward or backward): made once when the index
// is opened. Symbols are seen as classes: 0 .. 35 the base symbols, 36 every other one.
#ifndef BURIN_SRC_INDEX_KEYS_KEY_AXIS_H_
#define BURIN_SRC_INDEX_KEYS_KEY_AXIS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "src/base/bits.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

inline constexpr uint32_t kAxisClasses = kBaseSymbols + 1;

template <typename Value>
struct KeyAxis {
  static constexpr uint16_t kNoCode = 0xffff;

  struct Position {
    uint32_t radix = 0;
    float share = 1;                 // 1 / radix.
    Value weight = 0;                // Width of the interval of one code.
    uint64_t inverse = 0;            // 2^64 / (radix * weight), rounded up, if that product is in 2 .. 2^32; else 0.
    uint64_t classes = 0;            // Those that occur: bit c for class c.
    int32_t first_class = -1;        // Code c is class first_class + c; -1: it is not as simple as that.
    std::vector<uint8_t> class_of;   // By code.
    uint16_t code_of[kAxisClasses];  // By class; kNoCode if it does not occur, or for class 36, which has several.
  };
  std::vector<Position> positions;
  // By position and class, kAxisClasses a position: weight * code of a base symbol that occurs there, else 0.
  std::vector<Value> parts;
  uint64_t same_classes = 0;  // The classes of every position, if they are all the same; else 0.
  Value width = 0;            // Of everything: the product of all radices; 0 stands for 2^64 or 2^128 and never occurs.

  // Alphabets in the order of the axis. REQUIRES: the product of their sizes fits Value.
  static KeyAxis Make(const std::vector<std::span<const Symbol>>& alphabets);
};

extern template struct KeyAxis<uint64_t>;
extern template struct KeyAxis<Uint128>;

}  // namespace burin::internal

#endif
