// The exact probability of a reading given a serial under a noise model: a dynamic programme over all ways in which the
// model can turn the one into the other.
//
// Row i holds, for each j, the probability that the first i symbols of the serial were dealt with and gave the first j
// of the reading; apart for readings that lost nothing in front (they may end early) and those that did (they begin at
// a later row), for each level of care, for worn and other marks, and for whether the last symbol was obliterated or is
// the first of a swapped pair. A row depends on the serial's symbols before it and on its length alone, so serials that
// begin alike share rows (population_scan.h). A row costs a few dozen operations for each symbol of the reading.
//
// A bound on all that can follow a row is what the row holds, times the chance that so many symbols left give so many
// more of the reading: the difference must be made up by symbols erased or added.
#ifndef BURIN_BENCH_ACCURACY_NOISE_LIKELIHOOD_H_
#define BURIN_BENCH_ACCURACY_NOISE_LIKELIHOOD_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bench/accuracy/noise/noise_model.h"

namespace burin::accuracy {

// One thread at a time: it keeps room to work in.
class Likelihood {
 public:
  // Probability of readings that have ended: this reading, and the empty one (which is drawn anew).
  struct Ended {
    double reading = 0, empty = 0;
  };
  class Row {
   private:
    friend class Likelihood;
    std::vector<double> cells;
    std::vector<bool> used;   // Of each component and tree: whether it holds anything.
    Ended whole, lost_front;  // If the serial ended with this row.
    Ended ended;              // Readings that lost symbols behind and ended at this row or before, by weight.
  };

  // Borrows the model.
  Likelihood(const NoiseModel& model, std::string_view reading);

  // Row 0, of all serials.
  void Begin(Row* row) const;
  // From row i the next one, which depends on `size`, the serial's length, and on serial[0 .. i]. size > i.
  void Step(const Row& from, std::string_view serial, size_t i, Row* to);
  // P(reading | serial), from row serial.size().
  double End(const Row& last, std::string_view serial) const;
  // What Bound needs for serials of so many symbols, the last size given.
  void PrepareBounds(size_t size);
  // No serial of the size prepared for that begins as this row i did has a higher P(reading | serial). i is below that
  // size and the row that of the first i symbols of `front`.
  double Bound(const Row& row, std::string_view front, size_t i) const;

  // All in one.
  double Of(std::string_view serial);

 private:
  struct Component {
    double weight, insert, erase, twin, swap, factor;
    double first, next, still;  // Of being obliterated.
  };
  // The three kinds of cells.
  enum Kind { kRead, kObliterated, kSwapping, kKinds };
  enum Tree { kWhole, kLostFront, kTrees };

  size_t width() const { return reading_.size() + 1; }
  double* Cells(Row* row, size_t component, Tree tree, Kind kind) const {
    return row->cells.data() + ((component * kTrees + tree) * kKinds + kind) * width();
  }
  const double* Cells(const Row& row, size_t component, Tree tree, Kind kind) const {
    return row.cells.data() + ((component * kTrees + tree) * kKinds + kind) * width();
  }
  double Look(const Component& component, char symbol, char seen) const;
  // Opens the gap behind cells: adds to `after` what goes on from there, some of it with symbols added.
  void Gap(const Component& component, const double* cells, double share, double* after) const;
  void Enter(const Component& component, const double* read, const double* obliterated, double start);
  Ended StepOne(size_t component, Tree tree, const Row& from, double start, std::string_view serial, size_t i, Row* to);
  // At most the chance that `left` symbols give `more` symbols of a reading.
  static double LengthBound(const Component& component, size_t left, size_t more);
  double StartBound(const Component& component, bool zeros, size_t i, size_t size) const;
  double* Ahead(size_t component, Tree tree, size_t i) {
    return ahead_.data() + ((component * kTrees + tree) * size_ + i) * width();
  }
  const double* Ahead(size_t component, Tree tree, size_t i) const {
    return ahead_.data() + ((component * kTrees + tree) * size_ + i) * width();
  }

  const NoiseModel& model_;
  std::string reading_;
  bool unreadable_;  // Whether it has such a character.
  std::vector<Component> components_;
  std::vector<double> to_read_, to_obliterated_, last_, after_;  // Room for a step.
  // Bounds for serials of size_ symbols: of what is at each row and column, and of what begins at a row or later, by
  // whether all before it is zeros.
  size_t size_ = 0;
  std::vector<double> ahead_, starts_;
  double not_empty_ = 1;
};

}  // namespace burin::accuracy

#endif
