// What the moves of a reading cost or weigh against each class of symbols: the part of compiling (compile.h) in which
// unit costs and channels differ.
#ifndef BURIN_SRC_CHANNEL_MODEL_PRICES_H_
#define BURIN_SRC_CHANNEL_MODEL_PRICES_H_

#include <vector>

#include "src/base/status.h"
#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// -ln p to the nearest unit; kNever for 0.
Cost CostOfProbability(double p);

// How an element weighs symbols, as what was seen: members 1, or the stated support divided by the largest, with what
// the statements leave of 1 spread evenly over the channel's other symbols.
class ElementWeights {
 public:
  // The element is borrowed.
  explicit ElementWeights(const Element& element);
  double Of(Symbol s) const;
  // Of the symbols outside the base that the reading does not mention by name.
  double OfOthers() const { return element_.support.empty() ? (element_.members.others ? 1 : 0) : unstated_; }
  // Of the channel's one symbol for all that lie outside the base: what the best of them weighs.
  double OfForeign() const;
  // Of a symbol that may be any of the channel's, all with the same probability.
  double Mean() const;

 private:
  const Element& element_;
  double largest_ = 1;
  double unstated_ = 0;
};

// Edits.
class UnitPrices {
 public:
  using Value = Cost;
  explicit UnitPrices(Metric metric) : metric_(metric) {}
  Status Check() const { return Status(); }
  Cost Lost() const { return metric_ == Metric::kHamming ? kNever : 1; }
  Cost Added(const Element&) const { return metric_ == Metric::kHamming ? kNever : 1; }
  Cost End() const { return 0; }
  bool Swaps() const { return metric_ == Metric::kOsa; }
  const std::vector<Rewrite>& rewrites() const;

  void Row(const Element& e, const std::vector<Symbol>& listed, Cost* row) const { Members(e, listed, 1, row); }
  // A swap costs 1, counted with its first element.
  void SwapRow(const Element& e, const std::vector<Symbol>& listed, bool first, Cost* row) const;

 private:
  static void Members(const Element& e, const std::vector<Symbol>& listed, Cost otherwise, Cost* row);
  Metric metric_;
};

// Probabilities of moves, going on from the gap before included.
class ChannelPrices {
 public:
  using Value = double;
  explicit ChannelPrices(const Channel& channel) : channel_(channel), go_on_(1 - channel.insert) {}
  Status Check() const;
  double Lost() const { return go_on_ * channel_.erase; }
  double Added(const Element& e) const { return channel_.insert * ElementWeights(e).Mean(); }
  double End() const { return go_on_; }
  // That nothing happened to the mark as a whole.
  double Plain() const { return 1 - channel_.structure.Sum(); }
  bool Swaps() const { return channel_.swap > 0; }
  const std::vector<Rewrite>& rewrites() const { return channel_.rewrites; }
  double go_on() const { return go_on_; }

  void Row(const Element& e, const std::vector<Symbol>& listed, double* row) const;
  void SwapRow(const Element& e, const std::vector<Symbol>& listed, bool first, double* row) const;

 private:
  static constexpr Symbol kUnmentioned = 0;  // Any symbol outside the base that the reading does not mention.
  double Emission(const Element& e, const double* read, size_t a, double kept, Symbol symbol) const;
  double Beneath(Symbol beneath, size_t a, Symbol symbol) const;

  const Channel& channel_;
  double go_on_;
};

// How a symbol of a mark most probably came to be read as what an element holds.
struct ReadCause {
  bool kept = true;      // As itself; else as `read_as`.
  bool altered = false;  // Because it was altered.
  size_t read_as = 0;    // A symbol of the channel.
};
// The largest of the terms whose sum is the element's price against the symbol.
ReadCause MainCause(const Channel& channel, const Element& e, Symbol symbol);

// What a channel leaves to reading a symbol, as itself or as another one, when nothing is known of its neighbour:
// 1 less erasing, swapping and rewriting it alone.
double ReadShare(const Channel& channel, Symbol symbol);
// The factor by which that is more or less for a symbol and the one behind it; `next` 0: there is none that could be
// read before it or with it.
double ReadFactor(const Channel& channel, Symbol symbol, Symbol next);

}  // namespace burin::internal

#endif
