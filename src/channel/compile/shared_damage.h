// Several readings of one mark. What damaged the mark, every reader meets: errors of readers at one place go together.
//
// Each symbol of the mark is intact or damaged, independently of the others. Given that, readers err independently. Let
// e be a channel's rate of error for a symbol and a stated doubt. A damaged symbol is misread at the rate of a possible
// one, e_D; it is damaged with probability kShareOfDamage e_certain / e_D, and so that share of the errors of those who
// feel certain comes from damage; the rate for an intact one is what keeps the average e. So each reader alone has the
// probabilities of the channel, and all readers together are a proper probability. Losing, adding, swapping and
// rewriting symbols, and what somebody calls altered, is each reader's own; so is, for a reader to whom the mark as a
// whole was changed (channel.h, Structure), everything.
//
// The state of all readers together is one slot of each: a reading costs symbols x the product of slots. docs/joint.md
// has the formulas.
#ifndef BURIN_SRC_CHANNEL_COMPILE_SHARED_DAMAGE_H_
#define BURIN_SRC_CHANNEL_COMPILE_SHARED_DAMAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/channel/compile/likelihood.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// Of errors that a reader makes at characters called certain: judgement, docs/joint.md.
inline constexpr double kShareOfDamage = 0.5;
inline constexpr size_t kMaxReadings = 4;
// The product of the readers' states, at most: some milliseconds a mark.
inline constexpr size_t kMaxJointStates = 200000;

// What damage means for a channel: by symbol of the channel.
struct DamageModel {
  explicit DamageModel(const Channel& channel);
  std::vector<double> damaged;   // Probability that a symbol is damaged.
  std::array<Channel, 2> given;  // The channel over intact and over damaged symbols.
};

// One reader's moves over a mark, as a step from the states after one symbol to those after the next.
class ReaderMoves;

// One thread at a time.
class SharedDamage {
 public:
  // kInvalidArgument: too many readings, or too large ones together. Borrows the lattices, what CompileChannel made of
  // them, and the channel.
  static Result<SharedDamage> Make(std::span<const Lattice* const> readings, std::span<const CostLattice* const> costs,
                                   const Channel& channel);
  SharedDamage(SharedDamage&&) noexcept;
  ~SharedDamage();

  size_t readings() const { return moves_.size(); }

  // The lowest cost over damage and over the alignments of those of the readings that `which` has a bit for, all of
  // them over the mark as it is. An unreadable symbol of a partial record costs the lower of: what it costs each reader
  // by itself, and some symbol, at ln 37. Gaps are read as 0 .. 8 unreadable symbols (0 .. 4 if there are more than
  // two); marks of other than min_length .. max_length symbols do not count. kNever: none.
  Cost CostOf(std::u32string_view items, uint32_t which, uint32_t min_length, uint32_t max_length);

  // P(readings | mark), all readings and everything that can happen; of a partial record as Likelihood::Of. All sums in
  // one order.
  double Of(std::u32string_view items);
  // The same of the mark as it is, without what happens to marks as a whole. REQUIRES: no gaps.
  double Plain(std::u32string_view items, uint32_t which);

 private:
  explicit SharedDamage(const Channel& channel);
  template <typename Value>
  void Step(std::u32string_view items, size_t at, uint32_t which, std::vector<Value>* states);
  template <typename Value>
  void Apply(const std::vector<const ReaderMoves*>& readers, Symbol symbol, double factor, int damaged,
             const std::vector<Value>& from, std::vector<Value>* to) const;
  // Of those readings, over items without gaps.
  template <typename Value>
  Value Whole(std::u32string_view items, uint32_t which);
  Cost OverGaps(std::u32string_view items, uint32_t most, uint32_t which, std::pair<uint32_t, uint32_t> lengths,
                std::u32string* serial);
  double SumOverGaps(std::u32string_view items, uint32_t most, std::u32string* serial);
  std::vector<const ReaderMoves*> Readers(uint32_t which) const;
  uint32_t All() const { return (uint32_t{1} << moves_.size()) - 1; }

  const Channel* channel_;
  DamageModel model_;
  std::array<std::vector<Cost>, 2> state_costs_;  // Of being intact or damaged, by symbol of the channel.
  std::vector<std::unique_ptr<ReaderMoves>> moves_;
  std::vector<std::unique_ptr<Likelihood>> alone_;
};

}  // namespace burin::internal

#endif
