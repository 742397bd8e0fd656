#include "src/index/key_probe.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/index/key_probe.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#if HWY_ARCH_X86_64
#include <immintrin.h>
#endif

HWY_BEFORE_NAMESPACE();
namespace burin::internal {
namespace HWY_NAMESPACE {

#include "src/codec/words.inc"

#include "src/codec/key_block_find.inc"

void Probe(std::span<KeyProbe> probes) {
  for (const KeyProbe& probe : probes) probe.keys->PrefetchHeads(probe.value);
  for (KeyProbe& probe : probes) {
    probe.block = probe.keys->FindBlock(probe.value);
    probe.entry = probe.keys->EntryOf(probe.block);
    probe.keys->PrefetchBlock(probe.entry);
  }
  for (KeyProbe& probe : probes) {
    const auto block = probe.keys->Lay(probe.block, probe.entry);
    uint32_t place = 0;
    const uint32_t i = FindInBlock<Words, uint64_t>(block, probe.value, &place);
    const bool there = i < block.size && KeyBlocks<uint64_t>::Cursor(block, i, place).value() == probe.value;
    probe.number = there ? probe.block * kKeysPerBlock + i : KeyProbe::kAbsent;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace burin::internal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace burin::internal {

HWY_EXPORT(Probe);

void RunKeyProbes(std::span<KeyProbe> probes) { HWY_DYNAMIC_DISPATCH(Probe)(probes); }

}  // namespace burin::internal

#endif
