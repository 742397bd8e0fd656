// The expectation step of training: given a reading and its mark, how often each move of a channel was made.
//
// The same sum over all alignments as Likelihood (likelihood.h), walked forward and then backward: the probability of
// a move, given both, is what leads to it times what follows it, by the whole. Likelihood weighs one reading against
// thousands of marks and compiles it for that; here each reading meets one mark, so moves are weighed as they are met.
// That both mean the same is tested. All by +, * and / in one order.
//
// Costs about (symbols of the mark) x (characters of the reading) x 40 operations.
#ifndef BURIN_SRC_CHANNEL_TRAIN_EXPECTED_MOVES_H_
#define BURIN_SRC_CHANNEL_TRAIN_EXPECTED_MOVES_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "src/channel/compile/reading_moves.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/joined_mark.h"
#include "src/channel/model/move_counts.h"

namespace burin::internal {

// Memory is kept between pairs: one thread at a time.
class ExpectedMoves {
 public:
  // Borrows the channel. Its swap rate may be any.
  explicit ExpectedMoves(const Channel& channel);

  // P(reading | mark). The reading is borrowed until the next call. REQUIRES: the mark is a serial, not empty.
  double Probability(const ReadingMoves& reading, std::u32string_view mark);
  // Adds `weight` times the expected moves of the last Probability. REQUIRES: that was above 0.
  void Count(double weight, MoveCounts* counts);

 private:
  // Values by slot, after some symbols of the mark; likewise what follows from there. Passages are made right before a
  // character is read, or at the end (likelihood.h).
  struct State {
    std::vector<double> reached, passed;
    void Clear(size_t slots) {
      reached.assign(slots, 0.0);
      passed.assign(slots, 0.0);
    }
  };
  // One way in which the mark as a whole is read, and its walk.
  struct Walk {
    JoinedMark mark;
    std::vector<uint16_t> classes;
    std::vector<double> share, last_share;  // Of reading the symbol; if nothing stood behind it.
    std::vector<double> emission;           // [symbol * characters + character].
    std::vector<State> states;
    void Reserve(size_t symbols);
  };
  enum class Kind : uint8_t { kRead, kSwap, kRewrite };

  void TakeAffixes();
  void Take(JoinedMark mark, Walk* walk) const;
  double Emission(const ReadingMoves::Character& c, size_t a, Symbol symbol) const;
  double GeneralEmission(const Element& e, size_t a, Symbol symbol) const;
  double Shares(size_t a, Symbol symbol, Symbol next) const;

  // Calls move(symbols, from, to, weight, kind, what) for each that ends behind symbol i; `last`: as if nothing stood
  // behind it. `what` is a character or a rewrite.
  template <typename Move>
  void ForEachMove(const Walk& walk, size_t i, bool last, const Move& move) const;
  void Advance(const Walk& walk, size_t i, bool last, State* to) const;
  void Close(State* state) const;
  template <typename WaysIn>
  void Forward(Walk* walk, const std::vector<double>& start, const WaysIn& ways_in) const;
  double FromBeginning(std::u32string_view mark);
  double AtEnd();
  double Inside(double p, JoinedMark mark, Walk* walk) const;

  // Backward: what follows from each state, into later_; counts on the way.
  void CloseBack(const State& state, State* later, MoveCounts* counts) const;
  void AdvanceBack(const Walk& walk, size_t i, bool last, const State& of, MoveCounts* counts);
  void Backward(const Walk& walk, MoveCounts* counts);
  void CountFromBeginning(double scale, MoveCounts* counts);
  void CountAtEnd(double scale, MoveCounts* counts);
  void CountInside(double scale, const Walk& walk, double p, StructureCount place, MoveCounts* counts);
  void CountSame(double m, MoveCounts* counts) const;
  void CountEmission(const ReadingMoves::Character& c, size_t a, Symbol symbol, double m, MoveCounts* counts) const;
  void CountRest(Symbol symbol, Symbol next, double m, bool alone, MoveCounts* counts) const;
  void ResetLater(size_t symbols);

  const Channel& channel_;
  double go_on_, lost_;
  double same_share_;
  std::vector<double> read_;                                   // [(doubt * 37 + a) * 37 + b]: read as b where it is a.
  std::array<std::vector<size_t>, kChannelSymbols> rewrites_;  // By class of the first symbol of their marks.
  std::array<double, kStructureCounts> structure_;

  const ReadingMoves* reading_ = nullptr;
  std::u32string mark_;
  double same_ = 0, total_ = 0;
  std::vector<double> in_vain_;  // By slot: what its loop weighs as added.
  // By slot, what an affix weighs that is none of the mark's; by place of StructureCount.
  std::vector<std::pair<size_t, std::vector<double>>> added_before_, added_behind_;
  Walk beginning_, end_, letters_, blocks_;
  std::vector<State> sides_;  // [k]: of end_, where k + 1 symbols are lost behind.
  std::vector<State> later_;
  State side_later_;
};

}  // namespace burin::internal

#endif
