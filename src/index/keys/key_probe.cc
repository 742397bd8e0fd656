#include "src/index/keys/key_probe.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/index/keys/key_probe.cc"
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

constexpr size_t kStage = 6;  // Probes between two steps of one.
constexpr size_t kQueue = 4 * kStage;

// What the directory said, until the block is read.
struct Found {
  uint64_t block;
  KeyBlocks<uint64_t>::Entry entry;
};

HWY_INLINE void FindBlock(const KeyProbe& probe, Found* found) {
  found->block = probe.keys->FindBlock(probe.value);
  found->entry = probe.keys->EntryOf(found->block);
  probe.keys->PrefetchBlock(found->block, found->entry, probe.value);
}

HWY_INLINE void FindKey(const Found& found, KeyProbe* probe) {
  const auto block = probe->keys->Lay(found.block, found.entry);
  uint32_t place = 0;
  const uint32_t i = FindInBlock<Words, uint64_t>(block, probe->value, &place);
  const bool there = i < block.size && KeyBlocks<uint64_t>::Cursor(block, i, place).value() == probe->value;
  probe->number = there ? found.block * kKeysPerBlock + i : KeyProbe::kAbsent;
}

// Each probe takes four steps, and other probes' steps stand between them: memory is fetched while keys are compared.
void Probe(std::span<KeyProbe> probes) {
  Found queue[kQueue];
  const size_t count = probes.size();
  for (size_t i = 0; i < count + 3 * kStage; ++i) {
    if (i < count) probes[i].keys->PrefetchBucket(probes[i].value);
    if (i - kStage < count) probes[i - kStage].keys->PrefetchHeads(probes[i - kStage].value);
    if (i - 2 * kStage < count) FindBlock(probes[i - 2 * kStage], &queue[i % kQueue]);
    if (i - 3 * kStage < count) FindKey(queue[(i - kStage) % kQueue], &probes[i - 3 * kStage]);
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
