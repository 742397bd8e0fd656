// Many keys looked up together: each step of every probe fetches the memory of the next one, so that none waits alone.
#ifndef BURIN_SRC_INDEX_KEYS_KEY_PROBE_H_
#define BURIN_SRC_INDEX_KEYS_KEY_PROBE_H_

#include <cstdint>
#include <span>

#include "src/codec/key_blocks.h"

namespace burin::internal {

struct KeyProbe {
  static constexpr uint64_t kAbsent = ~uint64_t{0};
  const KeyBlocks<uint64_t>* keys = nullptr;
  uint64_t value = 0;
  uint64_t number = kAbsent;  // Out: the value's number among the keys.
};

// Some hundreds of probes at a time are best.
void RunKeyProbes(std::span<KeyProbe> probes);

}  // namespace burin::internal

#endif
