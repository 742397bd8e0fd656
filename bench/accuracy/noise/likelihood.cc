#include "bench/accuracy/noise/likelihood.h"

#include <algorithm>
#include <cmath>

#include "bench/accuracy/noise/structure.h"

namespace burin::accuracy {

Likelihood::Likelihood(const NoiseModel& model, std::string_view reading) : model_(model), reading_(reading) {
  for (const Level& level : model.levels) {
    const double f = level.factor;
    Component component = {0, model.insert * f, model.erase * f, model.twin * f, model.swap * f, f, 0, 0, 0};
    component.weight = level.weight * (1 - model.worn);
    if (component.weight > 0) components_.push_back(component);
    component.weight = level.weight * model.worn;
    component.first = model.first_obliterated;
    component.next = model.next_obliterated;
    component.still = model.still_obliterated;
    if (component.weight > 0) components_.push_back(component);
  }
}

double Likelihood::Look(const Component& component, char symbol, char seen) const {
  if (seen == kUnreadable) return 0;
  const size_t a = SymbolNumber(symbol), b = SymbolNumber(seen);
  const double misread = model_.misread[a] * component.factor;
  return a == b ? 1 - misread : misread * model_.confusion[36 * a + b];
}

void Likelihood::Gap(const Component& component, const double* cells, double* after) const {
  double mass = 0;
  for (size_t j = 0; j < width(); ++j) {
    if (j > 0) mass *= reading_[j - 1] == kUnreadable ? 0 : component.insert / 36;
    mass += cells[j];
    after[j] = mass * (1 - component.insert);
  }
}

// What reaches the next symbol, by whether that one is obliterated. `start`: what begins here.
void Likelihood::Enter(const Component& component, const double* read, const double* obliterated, double start,
                       Entered* entered) const {
  std::vector<double> cells(width(), 0), begun(width()), after_read(width()), after_obliterated(width());
  cells[0] = start;
  Gap(component, cells.data(), begun.data());
  Gap(component, read, after_read.data());
  Gap(component, obliterated, after_obliterated.data());
  entered->read.resize(width());
  entered->obliterated.resize(width());
  for (size_t j = 0; j < width(); ++j) {
    const double gone =
        begun[j] * component.first + after_read[j] * component.next + after_obliterated[j] * component.still;
    entered->obliterated[j] = gone;
    entered->read[j] = begun[j] + after_read[j] + after_obliterated[j] - gone;
  }
}

void Likelihood::Begin(Row* row) const {
  row->cells.assign(components_.size() * kTrees * kKinds * width(), 0);
  row->whole = row->lost_front = row->ended = {};
}

Likelihood::Ended Likelihood::StepOne(size_t number, Tree tree, const Row& from, double start, std::string_view serial,
                                      size_t i, Row* to) const {
  const Component& component = components_[number];
  const size_t m = reading_.size();
  Entered entered;
  Enter(component, Cells(from, number, tree, kRead), Cells(from, number, tree, kObliterated), start, &entered);
  const double* swapping = Cells(from, number, tree, kSwapping);
  double* read = Cells(to, number, tree, kRead);
  double* obliterated = Cells(to, number, tree, kObliterated);
  double* swaps = Cells(to, number, tree, kSwapping);
  const double go_on = 1 - component.erase - component.twin - component.swap;
  std::vector<double> last(width(), 0);  // What `read` and `obliterated` hold together if the serial ends here.
  for (size_t j = 0; j <= m; ++j) {
    const double mass = entered.read[j];
    read[j] += mass * component.erase;
    last[j] += mass * component.erase;
    if (j == m) break;
    const double look = mass * Look(component, serial[i], reading_[j]);
    read[j + 1] += look * go_on;
    last[j + 1] += look * (go_on + component.swap);
    if (reading_[j] == kUnreadable) {
      obliterated[j + 1] += entered.obliterated[j];
      last[j + 1] += entered.obliterated[j];
    }
    if (j + 2 > m) continue;
    double pair = 0;
    if (reading_[j] == serial[i] && reading_[j + 1] == serial[i]) pair += mass * component.twin;
    if (reading_[j] == serial[i]) pair += swapping[j];  // The second of a swapped pair; the first fits already.
    read[j + 2] += pair;
    last[j + 2] += pair;
    if (reading_[j + 1] == serial[i]) swaps[j] += mass * component.swap;
  }
  std::vector<double> after(width());
  Gap(component, last.data(), after.data());
  return {after[m], after[0]};
}

void Likelihood::Step(const Row& from, std::string_view serial, size_t i, Row* to) const {
  const double end_weight = i + 1 < serial.size() ? EndWeight(model_, serial.size(), i + 1) : 0;
  const double begin_weight = i > 0 ? BeginWeight(model_, serial, i) : 0;
  to->cells.assign(from.cells.size(), 0);
  to->whole = to->lost_front = {};
  for (size_t c = 0; c < components_.size(); ++c) {
    const double weight = components_[c].weight;
    const Ended whole = StepOne(c, kWhole, from, i == 0 ? 1 : 0, serial, i, to);
    const Ended lost = StepOne(c, kLostFront, from, begin_weight, serial, i, to);
    to->whole.reading += weight * whole.reading;
    to->whole.empty += weight * whole.empty;
    to->lost_front.reading += weight * lost.reading;
    to->lost_front.empty += weight * lost.empty;
  }
  to->ended.reading = from.ended.reading + end_weight * to->whole.reading;
  to->ended.empty = from.ended.empty + end_weight * to->whole.empty;
}

double Likelihood::End(const Row& last, std::string_view serial) const {
  const double whole = WholeWeight(model_, serial);
  const double reading = whole * last.whole.reading + last.lost_front.reading + last.ended.reading;
  const double empty = whole * last.whole.empty + last.lost_front.empty + last.ended.empty;
  return reading / (1 - empty);
}

double Likelihood::Of(std::string_view serial) const {
  Row row, next;
  Begin(&row);
  for (size_t i = 0; i < serial.size(); ++i) {
    Step(row, serial, i, &next);
    std::swap(row, next);
  }
  return End(row, serial);
}

// With d symbols too few at least d of the `left` were erased: at most C(left, d) erase^d. With d too many, twins and
// additions number at least d: at most the d-th factorial moment by d!, in which additions in one gap are geometric.
double Likelihood::LengthBound(const Component& component, size_t left, size_t more) {
  const double n = static_cast<double>(left);
  if (more == left) return 1;
  const double d = more < left ? static_cast<double>(left - more) : static_cast<double>(more - left);
  const double each =
      more < left ? n * component.erase : (n + d) * component.insert / (1 - component.insert) + n * component.twin;
  return std::min(1.0, std::pow(each, d));
}

double Likelihood::BoundOne(size_t number, Tree tree, const Row& row, size_t i, size_t size) const {
  const Component& component = components_[number];
  const size_t m = reading_.size(), left = size - i;
  const double* read = Cells(row, number, tree, kRead);
  const double* obliterated = Cells(row, number, tree, kObliterated);
  const double* swapping = Cells(row, number, tree, kSwapping);
  // With `end_left` symbols to the end; a swapped pair gives two symbols for the one that is left of it.
  const auto to_end = [&](size_t end_left) {
    double sum = 0;
    for (size_t j = 0; j <= m; ++j) {
      sum += (read[j] + obliterated[j]) * LengthBound(component, end_left, m - j);
      if (j < m) sum += swapping[j] * LengthBound(component, end_left, m - j - 1);
    }
    return sum;
  };
  double bound = to_end(left);
  for (size_t k = 1; tree == kWhole && k <= kLongestLoss && k < left; ++k) {
    bound += EndWeight(model_, size, size - k) * to_end(left - k);
  }
  return bound;
}

// What may still begin at row i or later. Leading zeros go on only where all of the front is zeros.
double Likelihood::StartBound(const Component& component, std::string_view front, size_t i, size_t size) const {
  const bool zeros = front.substr(0, i).find_first_not_of('0') == std::string_view::npos;
  double bound = i == 0 ? LengthBound(component, size, reading_.size()) : 0;
  for (size_t begin = std::max<size_t>(i, 1); begin < size; ++begin) {
    double weight = model_.lose_front * LossWeight(model_, size, begin) + (zeros ? model_.lose_zeros : 0);
    if (begin + kLastFour == size) weight += model_.last_four;
    if (weight > 0) bound += weight * LengthBound(component, size - begin, reading_.size());
  }
  for (size_t k = 1; i == 0 && k <= kLongestLoss && k < size; ++k) {
    bound += EndWeight(model_, size, size - k) * LengthBound(component, size - k, reading_.size());
  }
  return bound;
}

double Likelihood::Bound(const Row& row, std::string_view front, size_t i, size_t size) const {
  double bound = row.ended.reading, most_empty = 0;
  for (size_t c = 0; c < components_.size(); ++c) {
    const Component& component = components_[c];
    bound += component.weight * (BoundOne(c, kWhole, row, i, size) + BoundOne(c, kLostFront, row, i, size) +
                                 StartBound(component, front, i, size));
    most_empty += component.weight * component.erase;  // At least one symbol is left, and must be erased.
  }
  return bound / (1 - most_empty);
}

}  // namespace burin::accuracy
