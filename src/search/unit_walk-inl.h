// The walk of unit_walk.h for one kind of processor: included once for each by unit_walk.cc. The portable build of it
// is the twin of the others.
//
// Rows. reach[j] holds the slots that can be reached with at most j edits; wait[j] those slots i from which, with j
// edits, the symbol just read can be the second of a swap, if the next one is the first (element i). One symbol:
//   keep        reach[j] & step[c], one slot on; reach[j] & loop[c], in place
//   substitute  reach[j-1], one slot on          lose  reach[j-1], in place        (the serial has a symbol more)
//   add         new reach[j-1], one slot on      swap  wait[j-1] & step[c], two slots on
// ahead[d][j]: from which slots the end can be reached over positions d.. of this group's alphabets with at most j
// edits more: a node is dropped as soon as no slot has a way on. Masks: a frontier forbids its own half's j-th edit if
// j is at least its limit.

#if defined(BURIN_SEARCH_UNIT_WALK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BURIN_SEARCH_UNIT_WALK_INL_H_
#undef BURIN_SEARCH_UNIT_WALK_INL_H_
#else
#define BURIN_SEARCH_UNIT_WALK_INL_H_
#endif

#include <hwy/highway.h>

#if HWY_TARGET <= HWY_AVX2 && HWY_ARCH_X86_64
#include <immintrin.h>
#endif

HWY_BEFORE_NAMESPACE();
namespace burin::internal {
namespace HWY_NAMESPACE {

// Counting and selecting bits as well as this processor can.
struct Words {
  static HWY_INLINE uint32_t Count(uint64_t word) { return static_cast<uint32_t>(__builtin_popcountll(word)); }
  static HWY_INLINE uint32_t Select(uint64_t word, uint32_t k) {
#if HWY_TARGET <= HWY_AVX2 && HWY_ARCH_X86_64
    return static_cast<uint32_t>(_tzcnt_u64(_pdep_u64(uint64_t{1} << k, word)));
#else
    for (; k > 0; --k) word &= word - 1;
    return static_cast<uint32_t>(__builtin_ctzll(word));
#endif
  }
};

#include "src/codec/key_block_find.inc"

template <int K>
struct Row {
  uint64_t reach[K + 1];
  uint64_t wait[K == 0 ? 1 : K];
};

// One walk over one order of one group.
template <typename Value, int K>
struct Frontier {
  const UnitPattern* pattern;
  const KeyBlocks<Value>* blocks;
  const KeyAxis<Value>* axis;
  const PackedKeys<Value>* keys;
  uint32_t group;
  uint32_t length;
  bool backward;
  bool masked;
  // For the j-th edit, j >= 1: slots from which elements may be substituted or added, symbols lost, neighbours swapped.
  uint64_t change[K + 1], lose[K + 1], swap[K + 1];
  uint64_t ahead[kMaxPackedLength + 1][K + 1];
  uint64_t ahead_wait[kMaxPackedLength + 1][K + 1];
};

template <typename Value, int K>
class Walker {
 public:
  using Side = Frontier<Value, K>;
  using Node = Row<K>;

  Walker(const UnitSearch& search, uint64_t work, std::vector<UnitHit>* hits)
      : search_(search), work_(work), next_event_(std::min(work, search.work_limit)), hits_(hits) {}

  bool stopped() const { return stopped_; }
  uint64_t work() const { return work_; }

  void Run() {
    for (const UnitTask& task : search_.tasks) {
      const PackedKeys<Value>* keys = Packed(*task.keys);
      if (keys == nullptr) continue;
      if (task.plan.front > 0) Start(task, *keys, false);
      if (task.plan.back > 0) Start(task, *keys, true);
    }
    while (queued_ > 0 && !stopped_) ReadOldest();
  }

 private:
  static constexpr uint32_t kQueue = 16;     // A power of two.
  static constexpr uint64_t kFewBlocks = 2;  // Read through rather than branched over, if any symbol may follow.
  static constexpr uint64_t kUnitsBetweenQuestions = 256;

  struct Leaf {
    const Side* side;
    Value base, width;
    uint64_t first_block, last_block;
    uint32_t depth;
    Node row;
  };

  static const PackedKeys<Value>* Packed(const KeyGroup& keys) {
    if constexpr (sizeof(Value) == 8) {
      return keys.packed64();
    } else {
      return keys.packed128();
    }
  }

  // ---- Setting a frontier up.

  void Start(const UnitTask& task, const PackedKeys<Value>& keys, bool backward) {
    sides_.push_back(std::make_unique<Side>());
    Side& side = *sides_.back();
    const auto& order = backward ? keys.backward() : keys.forward();
    side.pattern = backward ? search_.backward : search_.forward;
    side.blocks = &order.blocks;
    side.axis = &order.axis;
    side.keys = &keys;
    side.group = task.group;
    side.length = keys.length();
    side.backward = backward;
    SetMasks(task.plan, &side);
    LookAhead(&side);
    if ((side.ahead[0][K] & 1) == 0) return;
    Node root;
    const uint64_t arcs = side.pattern->arcs();
    root.reach[0] = 1;
    for (int j = 1; j <= K; ++j) {
      root.reach[j] = root.reach[j - 1];
      if (side.pattern->indels) root.reach[j] |= (root.reach[j - 1] & arcs & side.change[j]) << 1;
    }
    for (uint64_t& wait : root.wait) wait = 0;
    Visit(side, 0, 0, root);
  }

  static void SetMasks(const UnitPlan& plan, Side* side) {
    const UnitPattern& pattern = *side->pattern;
    const uint32_t limit = side->backward ? plan.back : plan.front;
    const uint32_t cut = side->backward ? pattern.last - plan.cut : plan.cut;
    const uint64_t arcs = pattern.arcs();
    side->masked = limit <= K;
    for (uint32_t j = 0; j <= K; ++j) {
      uint64_t from_cut = ~uint64_t{0}, behind_cut = from_cut, before_cut = from_cut;
      if (j >= limit) {
        from_cut = ~uint64_t{0} << cut;
        behind_cut = from_cut << 1;
        before_cut = cut == 0 ? from_cut : from_cut >> 1 | ~(~uint64_t{0} >> 1);
      }
      side->change[j] = arcs & from_cut;
      // A symbol lost at the cut belongs to the second half: to this one if it is walked backward.
      // Without insertions a symbol can still be taken, wrongly, by a loop.
      side->lose[j] = (pattern.indels ? ~uint64_t{0} : pattern.loops) & (side->backward ? behind_cut : from_cut);
      // A swap jumps the cut if it starts right before it.
      side->swap[j] = pattern.swaps ? (arcs & (arcs >> 1) & before_cut) : 0;
    }
  }

  static void LookAhead(Side* side) {
    const UnitPattern& p = *side->pattern;
    const uint64_t arcs = p.arcs(), swaps = p.swaps ? arcs & arcs >> 1 : 0;
    uint64_t last_classes = 0, steps = 0, loops = 0, next_steps = 0;
    for (uint32_t d = side->length + 1; d-- > 0;) {
      uint64_t* now = side->ahead[d];
      uint64_t* waiting = side->ahead_wait[d];
      if (d == side->length) {
        now[0] = p.final_bit();
        waiting[0] = 0;
      } else {
        const uint64_t classes = side->axis->positions[d].classes;
        next_steps = steps;
        if (classes != last_classes) Union(p, classes, &steps, &loops);
        last_classes = classes;
        const uint64_t* next = side->ahead[d + 1];
        now[0] = (next[0] >> 1 & steps) | (next[0] & loops);
        waiting[0] = next[0] >> 2 & steps & swaps;
        for (int j = 1; j <= K; ++j) {
          now[j] = now[j - 1] | (next[j] >> 1 & steps) | (next[j] & loops) | (next[j - 1] >> 1 & arcs);
          now[j] |= p.indels ? next[j - 1] : next[j - 1] & p.loops;
          if (d + 2 <= side->length) now[j] |= side->ahead[d + 2][j - 1] >> 2 & next_steps & steps >> 1 & swaps;
          waiting[j] = next[j] >> 2 & steps & swaps;
        }
      }
      for (int j = 1; j <= K; ++j) {
        if (d == side->length) now[j] = now[j - 1], waiting[j] = 0;
        if (p.indels) now[j] |= now[j - 1] >> 1 & arcs;
      }
    }
  }

  // Elements and loops that take some of the classes.
  static void Union(const UnitPattern& p, uint64_t classes, uint64_t* steps, uint64_t* loops) {
    *steps = p.any_step, *loops = p.any_loop;
    for (uint32_t i = 0; i < p.last; ++i) *steps |= ((p.members[i] & classes) != 0 ? uint64_t{1} : 0) << i;
    for (uint64_t left = p.loops; left != 0; left &= left - 1) {
      const int i = __builtin_ctzll(left);
      if ((p.loop_at[i] & classes) != 0) *loops |= uint64_t{1} << i;
    }
  }

  // ---- Rows.

  // The row behind one more symbol, which the elements of `step` and the loops of `loop` take.
  static HWY_INLINE void Step(const Side& side, const Node& from, uint64_t step, uint64_t loop, Node* to) {
    to->reach[0] = (from.reach[0] & step) << 1 | (from.reach[0] & loop);
    for (int j = 1; j <= K; ++j) {
      uint64_t reach = to->reach[j - 1] | (from.reach[j] & step) << 1 | (from.reach[j] & loop);
      reach |= (from.reach[j - 1] & side.change[j]) << 1 | (from.reach[j - 1] & side.lose[j]);
      reach |= (from.wait[j - 1] & step & side.swap[j]) << 2;
      if (side.pattern->indels) reach |= (to->reach[j - 1] & side.change[j]) << 1;
      to->reach[j] = reach;
    }
    for (int j = 0; j < K; ++j) to->wait[j] = from.reach[j] & step >> 1;
  }

  static HWY_INLINE bool Viable(const Side& side, uint32_t depth, const Node& row) {
    const uint64_t* ahead = side.ahead[depth];
    uint64_t any = row.reach[0] & ahead[K];
    for (int j = 1; j <= K; ++j) any |= row.reach[j] & ahead[K - j];
    const uint64_t* waiting = side.ahead_wait[depth];
    for (int j = 0; j < K; ++j) any |= row.wait[j] & waiting[K - 1 - j];
    return any != 0;
  }

  // Classes of the position that the row can tell from all others.
  static HWY_INLINE uint64_t Special(const Side& side, uint32_t depth, const Node& row) {
    const UnitPattern& p = *side.pattern;
    uint64_t active = row.reach[K];
    if (K > 0) active |= active << 1 | row.wait[K == 0 ? 0 : K - 1];
    uint64_t classes = 0;
    for (uint64_t left = active & p.arcs() & ~p.any_step; left != 0; left &= left - 1) {
      classes |= p.members[__builtin_ctzll(left)];
    }
    for (uint64_t left = row.reach[K] & p.loops & ~p.any_loop; left != 0; left &= left - 1) {
      classes |= p.loop_at[__builtin_ctzll(left)];
    }
    return classes & side.axis->positions[depth].classes;
  }

  // ---- Nodes.

  // One unit of work. True: stopped, and it was not spent.
  HWY_INLINE bool Spend() {
    if (HWY_UNLIKELY(work_ >= next_event_) && Ask()) return true;
    ++work_;
    return false;
  }
  HWY_NOINLINE bool Ask() {
    stopped_ = stopped_ || work_ >= search_.work_limit || (search_.stop && search_.stop());
    next_event_ = std::min(work_ + kUnitsBetweenQuestions, search_.work_limit);
    return stopped_;
  }

  void Visit(const Side& side, uint32_t depth, Value base, Node row) {
    const UnitPattern& p = *side.pattern;
    for (;; ++depth) {
      if (Spend()) return;
      if (depth == side.length) {
        const uint64_t block = side.blocks->FindBlock(base);
        PutAside(side, base, 1, block, block, depth, row);
        return;
      }
      const auto& position = side.axis->positions[depth];
      Node other;
      Step(side, row, p.any_step, p.any_loop, &other);
      const uint64_t special = Special(side, depth, row);
      if (Viable(side, depth + 1, other)) {
        Branch(side, depth, base, row, special, &other);
        return;
      }
      // Follow the one way on, if there is but one.
      Node only;
      uint32_t ways = 0;
      Value next = 0;
      for (uint64_t left = special; left != 0; left &= left - 1) {
        const uint32_t c = static_cast<uint32_t>(__builtin_ctzll(left));
        if (HWY_UNLIKELY(c == kOtherClass)) {
          ways = 2;
          break;
        }
        Node child;
        Step(side, row, p.step[c], p.loop[c], &child);
        if (!Viable(side, depth + 1, child)) continue;
        only = child;
        next = base + position.weight * position.code_of[c];
        if (++ways > 1) break;
      }
      if (ways == 0) return;
      if (ways > 1) {
        Branch(side, depth, base, row, special, nullptr);
        return;
      }
      base = next;
      row = only;
    }
  }

  // `other`: the row behind any symbol that is not special, if that leads on.
  HWY_NOINLINE void Branch(const Side& side, uint32_t depth, Value base, const Node& row, uint64_t special,
                           const Node* other) {
    const auto& position = side.axis->positions[depth];
    const Value width = position.weight * position.radix;
    const uint64_t first = side.blocks->FindBlock(base);
    const uint64_t last = LastBlock(side, base + width, first);
    const uint64_t blocks = last - first;
    if (blocks == 0 || (other != nullptr && blocks <= kFewBlocks)) {
      PutAside(side, base, width, first, last, depth, row);
      return;
    }
    for (uint32_t code = 0; code < position.radix && !stopped_; ++code) {
      const uint32_t c = position.class_of[code];
      const Value child = base + position.weight * code;
      if ((special >> c & 1) != 0) {
        Node to;
        Step(side, row, side.pattern->step[c], side.pattern->loop[c], &to);
        if (Viable(side, depth + 1, to)) Visit(side, depth + 1, child, to);
      } else if (other != nullptr) {
        Visit(side, depth + 1, child, *other);
      }
    }
  }

  // The last block that may hold values below `end`.
  static uint64_t LastBlock(const Side& side, Value end, uint64_t first) {
    return std::max(first, side.blocks->FindBlock(end - 1));
  }

  // ---- Leaves.

  HWY_INLINE void PutAside(const Side& side, Value base, Value width, uint64_t first, uint64_t last, uint32_t depth,
                           const Node& row) {
    if (queued_ == kQueue) ReadOldest();
    side.blocks->PrefetchBlock(first);
    Leaf& leaf = queue_[(oldest_ + queued_++) % kQueue];
    leaf.side = &side;
    leaf.base = base;
    leaf.width = width;
    leaf.first_block = first;
    leaf.last_block = last;
    leaf.depth = depth;
    leaf.row = row;
  }

  void ReadOldest() {
    const Leaf leaf = queue_[oldest_];
    oldest_ = (oldest_ + 1) % kQueue;
    --queued_;
    const Side& side = *leaf.side;
    for (uint64_t b = leaf.first_block; b <= leaf.last_block; ++b) {
      if (Spend()) return;
      const auto block = side.blocks->Lay(b);
      uint32_t place = 0;
      const uint32_t first = FindInBlock<Words, Value>(block, leaf.base, &place);
      if (first >= block.size) continue;
      typename KeyBlocks<Value>::Cursor cursor(block, first, place);
      for (; !cursor.done(); cursor.Next()) {
        const Value suffix = cursor.value() - leaf.base;
        if (suffix >= leaf.width || Spend()) break;
        Check(leaf, suffix, b * kKeysPerBlock + cursor.index());
      }
    }
  }

  // Walks one key's remaining symbols.
  HWY_INLINE void Check(const Leaf& leaf, Value suffix, uint64_t number) {
    const Side& side = *leaf.side;
    const UnitPattern& p = *side.pattern;
    Node row = leaf.row;
    uint32_t depth = leaf.depth;
    Value rest = suffix;
    for (; depth < side.length && side.axis->positions[depth].inverse == 0; ++depth) {
      const auto& position = side.axis->positions[depth];
      const Value code = std::min<Value>(rest / position.weight, position.radix - 1);
      rest -= code * position.weight;
      if (!Follow(side, depth, position.class_of[static_cast<size_t>(code)], &row)) return;
    }
    if (depth < side.length) {
      // rest / width as a fraction of 2^64: multiplied by a radix it gives the code above and the rest below the point.
      uint64_t fraction = static_cast<uint64_t>(rest) * side.axis->positions[depth].inverse;
      for (; depth < side.length; ++depth) {
        const auto& position = side.axis->positions[depth];
        const Uint128 product = Uint128{fraction} * position.radix;
        fraction = static_cast<uint64_t>(product);
        const uint32_t c = position.class_of[static_cast<size_t>(product >> 64)];
        if (!Follow(side, depth, c, &row)) return;
      }
    }
    for (uint32_t cost = 0; cost <= K; ++cost) {
      if ((row.reach[cost] & p.final_bit()) != 0) {
        Found(side, leaf.base + suffix, number, cost);
        return;
      }
    }
  }
  static HWY_INLINE bool Follow(const Side& side, uint32_t depth, uint32_t c, Node* row) {
    Node to;
    Step(side, *row, side.pattern->step[c], side.pattern->loop[c], &to);
    *row = to;
    return Viable(side, depth + 1, to);
  }

  // ---- Hits.

  HWY_NOINLINE void Found(const Side& side, Value value, uint64_t number, uint32_t cost) {
    if (!side.backward && !side.masked) {
      hits_->push_back({cost, side.group, number});
      return;
    }
    const auto& order = side.backward ? side.keys->backward() : side.keys->forward();
    uint16_t codes[kMaxPackedLength];
    order.radix.Unpack(value, codes);
    if (side.masked) cost = Rescore(side, codes, cost);
    if (side.backward) {
      std::reverse(codes, codes + side.length);
      const auto& forward = side.keys->forward();
      number = forward.blocks.LowerBound(forward.radix.Pack(codes, side.length));
      if (number >= side.keys->size()) return;  // A corrupt file.
    }
    hits_->push_back({cost, side.group, number});
  }

  // The cost without masks: `cost` or less.
  static uint32_t Rescore(const Side& side, const uint16_t* codes, uint32_t cost) {
    Side open = side;
    const uint64_t arcs = side.pattern->arcs();
    for (int j = 0; j <= K; ++j) {
      open.change[j] = arcs;
      open.lose[j] = side.pattern->indels ? ~uint64_t{0} : side.pattern->loops;
      open.swap[j] = side.pattern->swaps ? arcs & arcs >> 1 : 0;
    }
    Node row;
    row.reach[0] = 1;
    for (int j = 1; j <= K; ++j) {
      row.reach[j] = row.reach[j - 1] | (side.pattern->indels ? (row.reach[j - 1] & arcs) << 1 : 0);
    }
    for (uint64_t& wait : row.wait) wait = 0;
    for (uint32_t d = 0; d < side.length; ++d) {
      const uint32_t c = side.axis->positions[d].class_of[codes[d]];
      Node to;
      Step(open, row, side.pattern->step[c], side.pattern->loop[c], &to);
      row = to;
    }
    for (uint32_t j = 0; j <= K; ++j) {
      if ((row.reach[j] & side.pattern->final_bit()) != 0) return std::min(j, cost);
    }
    return cost;
  }

  const UnitSearch& search_;
  uint64_t work_;
  uint64_t next_event_;  // At so much work there is something to ask.
  bool stopped_ = false;
  std::vector<UnitHit>* hits_;
  std::vector<std::unique_ptr<Side>> sides_;
  uint32_t oldest_ = 0, queued_ = 0;
  Leaf queue_[kQueue];
};

template <typename Value, int K>
bool RunOne(const UnitSearch& search, UnitOutcome* outcome, std::vector<UnitHit>* hits) {
  Walker<Value, K> walker(search, outcome->work, hits);
  walker.Run();
  outcome->work = walker.work();
  outcome->complete = outcome->complete && !walker.stopped();
  return outcome->complete;
}

template <typename Value>
bool RunEdits(const UnitSearch& search, UnitOutcome* outcome, std::vector<UnitHit>* hits) {
  switch (search.edits) {
    case 0:
      return RunOne<Value, 0>(search, outcome, hits);
    case 1:
      return RunOne<Value, 1>(search, outcome, hits);
    case 2:
      return RunOne<Value, 2>(search, outcome, hits);
    case 3:
      return RunOne<Value, 3>(search, outcome, hits);
    default:
      return RunOne<Value, 4>(search, outcome, hits);
  }
}

void Run(const UnitSearch& search, UnitOutcome* outcome, std::vector<UnitHit>* hits) {
  bool narrow = false, wide = false;
  for (const UnitTask& task : search.tasks) (task.keys->packed64() != nullptr ? narrow : wide) = true;
  if (narrow && !RunEdits<uint64_t>(search, outcome, hits)) return;
  if (wide) RunEdits<Uint128>(search, outcome, hits);
}

}  // namespace HWY_NAMESPACE
}  // namespace burin::internal
HWY_AFTER_NAMESPACE();

#endif
