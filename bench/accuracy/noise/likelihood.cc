#include "bench/accuracy/noise/likelihood.h"

#include <algorithm>
#include <cmath>

#include "bench/accuracy/noise/structure.h"

namespace burin::accuracy {

Likelihood::Likelihood(const NoiseModel& model, std::string_view reading)
    : model_(model), reading_(reading), unreadable_(reading.find(kUnreadable) != std::string_view::npos) {
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

void Likelihood::Gap(const Component& component, const double* cells, double share, double* after) const {
  const double on = share * (1 - component.insert), add = component.insert / 36;
  double mass = 0;
  for (size_t j = 0; j < width(); ++j) {
    if (j > 0) mass *= reading_[j - 1] == kUnreadable ? 0 : add;
    mass += cells[j];
    after[j] += mass * on;
  }
}

// What reaches the next symbol, by whether that one is obliterated; what is, shows in the reading. `start`: what begins
// here.
void Likelihood::Enter(const Component& component, const double* read, const double* obliterated, double start) {
  to_read_.assign(width(), 0);
  to_obliterated_.assign(width(), 0);
  if (start > 0) {
    last_.assign(width(), 0);
    last_[0] = start;
    Gap(component, last_.data(), 1 - component.first, to_read_.data());
    if (unreadable_ && component.first > 0) Gap(component, last_.data(), component.first, to_obliterated_.data());
  }
  Gap(component, read, 1 - component.next, to_read_.data());
  if (!unreadable_ || (component.first == 0 && component.next == 0)) return;
  Gap(component, read, component.next, to_obliterated_.data());
  Gap(component, obliterated, 1 - component.still, to_read_.data());
  Gap(component, obliterated, component.still, to_obliterated_.data());
}

void Likelihood::Begin(Row* row) const {
  row->cells.assign(components_.size() * kTrees * kKinds * width(), 0);
  row->used.assign(components_.size() * kTrees, false);
  row->whole = row->lost_front = row->ended = {};
}

Likelihood::Ended Likelihood::StepOne(size_t number, Tree tree, const Row& from, double start, std::string_view serial,
                                      size_t i, Row* to) {
  if (start == 0 && !from.used[number * kTrees + tree]) return {};
  to->used[number * kTrees + tree] = true;
  const Component& component = components_[number];
  const size_t m = reading_.size();
  Enter(component, Cells(from, number, tree, kRead), Cells(from, number, tree, kObliterated), start);
  const double* swapping = Cells(from, number, tree, kSwapping);
  double* read = Cells(to, number, tree, kRead);
  double* obliterated = Cells(to, number, tree, kObliterated);
  double* swaps = Cells(to, number, tree, kSwapping);
  const double go_on = 1 - component.erase - component.twin - component.swap;
  last_.assign(width(), 0);  // What `read` and `obliterated` hold together if the serial ends here.
  for (size_t j = 0; j <= m; ++j) {
    const double mass = to_read_[j];
    read[j] += mass * component.erase;
    last_[j] += mass * component.erase;
    if (j == m) break;
    const double look = mass * Look(component, serial[i], reading_[j]);
    read[j + 1] += look * go_on;
    last_[j + 1] += look * (go_on + component.swap);
    if (reading_[j] == kUnreadable) {
      obliterated[j + 1] += to_obliterated_[j];
      last_[j + 1] += to_obliterated_[j];
    }
    if (j + 2 > m) continue;
    double pair = 0;
    if (reading_[j] == serial[i] && reading_[j + 1] == serial[i]) pair += mass * component.twin;
    if (reading_[j] == serial[i]) pair += swapping[j];  // The second of a swapped pair; the first fits already.
    read[j + 2] += pair;
    last_[j + 2] += pair;
    if (reading_[j + 1] == serial[i]) swaps[j] += mass * component.swap;
  }
  after_.assign(width(), 0);
  Gap(component, last_.data(), 1, after_.data());
  return {after_[m], after_[0]};
}

void Likelihood::Step(const Row& from, std::string_view serial, size_t i, Row* to) {
  const double end_weight = i + 1 < serial.size() ? EndWeight(model_, serial.size(), i + 1) : 0;
  const double begin_weight = i > 0 ? BeginWeight(model_, serial, i) : 0;
  to->cells.assign(from.cells.size(), 0);
  to->used.assign(from.used.size(), false);
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

double Likelihood::Of(std::string_view serial) {
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
  if (more == left) return 1;
  const double n = static_cast<double>(left);
  const size_t differ = more < left ? left - more : more - left;
  const double each =
      more < left ? n * component.erase
                  : (n + static_cast<double>(differ)) * component.insert / (1 - component.insert) + n * component.twin;
  double bound = 1;
  for (size_t d = 0; d < differ && bound > 0; ++d) bound *= each;
  return std::min(1.0, bound);
}

// What may still begin at row i or later. `zeros`: all before it is zeros, so that leading zeros may end here.
double Likelihood::StartBound(const Component& component, bool zeros, size_t i, size_t size) const {
  const size_t m = reading_.size();
  double bound = i == 0 ? LengthBound(component, size, m) : 0;
  for (size_t begin = std::max<size_t>(i, 1); begin < size; ++begin) {
    double weight = model_.lose_front * LossWeight(model_, size, begin) + (zeros ? model_.lose_zeros : 0);
    if (begin + kLastFour == size) weight += model_.last_four;
    if (weight > 0) bound += weight * LengthBound(component, size - begin, m);
  }
  for (size_t k = 1; i == 0 && k <= kLongestLoss && k < size; ++k) {
    bound += EndWeight(model_, size, size - k) * LengthBound(component, size - k, m);
  }
  return bound;
}

void Likelihood::PrepareBounds(size_t size) {
  const size_t m = reading_.size();
  size_ = size;
  ahead_.assign(components_.size() * kTrees * size * width(), 0);
  starts_.assign(2 * size, 0);
  double empty = 0;
  for (size_t c = 0; c < components_.size(); ++c) {
    const Component& component = components_[c];
    empty += component.weight * component.erase;  // At least one symbol is left, and must be erased.
    for (size_t i = 0; i < size; ++i) {
      for (size_t j = 0; j <= m; ++j) {
        const double to_end = component.weight * LengthBound(component, size - i, m - j);
        double earlier = 0;
        for (size_t k = 1; k <= kLongestLoss && i + k < size; ++k) {
          earlier += EndWeight(model_, size, size - k) * LengthBound(component, size - i - k, m - j);
        }
        Ahead(c, kWhole, i)[j] = to_end + component.weight * earlier;
        Ahead(c, kLostFront, i)[j] = to_end;
      }
      starts_[2 * i] += component.weight * StartBound(component, false, i, size);
      starts_[2 * i + 1] += component.weight * StartBound(component, true, i, size);
    }
  }
  not_empty_ = 1 - empty;
}

double Likelihood::Bound(const Row& row, std::string_view front, size_t i) const {
  const bool zeros = front.substr(0, i).find_first_not_of('0') == std::string_view::npos;
  double bound = row.ended.reading + starts_[2 * i + (zeros ? 1 : 0)];
  for (size_t c = 0; c < components_.size(); ++c) {
    for (const Tree tree : {kWhole, kLostFront}) {
      if (!row.used[c * kTrees + tree]) continue;
      const double* read = Cells(row, c, tree, kRead);
      const double* obliterated = Cells(row, c, tree, kObliterated);
      const double* swapping = Cells(row, c, tree, kSwapping);
      const double* ahead = Ahead(c, tree, i);
      for (size_t j = 0; j < width(); ++j) {
        bound += (read[j] + obliterated[j]) * ahead[j];
        // A swapped pair gives two symbols for the one that is left of it.
        if (j + 1 < width()) bound += swapping[j] * ahead[j + 1];
      }
    }
  }
  return bound / not_empty_;
}

}  // namespace burin::accuracy
