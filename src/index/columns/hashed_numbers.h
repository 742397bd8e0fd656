// A set of numbers that stand for things kept elsewhere (strings of a list, records), found by the hash and a
// comparison of those things: exact, 9 bytes a slot, and growing touches nothing but itself.
#ifndef BURIN_SRC_INDEX_COLUMNS_HASHED_NUMBERS_H_
#define BURIN_SRC_INDEX_COLUMNS_HASHED_NUMBERS_H_

#include <absl/container/flat_hash_set.h>

#include <cstddef>
#include <cstdint>

namespace burin::internal {

class HashedNumbers {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // The number with this hash for which is_it(number), or kNone.
  template <typename IsIt>
  uint32_t Find(size_t hash, const IsIt& is_it) const {
    const auto found = slots_.find(Probe<IsIt>{Cut(hash), &is_it});
    return found == slots_.end() ? kNone : found->number;
  }
  // REQUIRES: number < kNone, not in the set; Find() does not find an equal of what it stands for.
  void Insert(size_t hash, uint32_t number) { slots_.insert({Cut(hash), number}); }

  size_t memory_bytes() const { return slots_.capacity() * (sizeof(Slot) + 1); }

 private:
  struct Slot {
    uint32_t hash;
    uint32_t number;
  };
  template <typename IsIt>
  struct Probe {
    uint32_t hash;
    const IsIt* is_it;
  };
  struct Hash {
    using is_transparent = void;
    template <typename T>
    size_t operator()(const T& slot_or_probe) const {
      return absl::HashOf(slot_or_probe.hash);
    }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Slot& a, const Slot& b) const { return a.number == b.number; }
    template <typename IsIt>
    bool operator()(const Slot& a, const Probe<IsIt>& b) const {
      return a.hash == b.hash && (*b.is_it)(a.number);
    }
    template <typename IsIt>
    bool operator()(const Probe<IsIt>& a, const Slot& b) const {
      return (*this)(b, a);
    }
  };
  static uint32_t Cut(size_t hash) { return static_cast<uint32_t>(hash ^ hash >> 32); }

  absl::flat_hash_set<Slot, Hash, Equal> slots_;
};

}  // namespace burin::internal

#endif
