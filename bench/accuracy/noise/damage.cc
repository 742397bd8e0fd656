#include "bench/accuracy/noise/damage.h"

#include <algorithm>
#include <span>
#include <vector>

#include "bench/accuracy/noise/structure.h"

namespace burin::accuracy {
namespace {

std::string_view DrawStructure(const NoiseModel& model, std::string_view serial, Random* random) {
  std::vector<Part> parts = Parts(model, serial);
  std::vector<double> weights;
  for (const Part& part : parts) weights.push_back(part.weight);
  const Part& part = parts[random->Pick(weights)];
  return serial.substr(part.begin, part.end - part.begin);
}

// Reads the mark symbol by symbol under one level of care.
class Reader {
 public:
  Reader(const NoiseModel& model, double factor, bool worn, Random* random)
      : model_(model), factor_(factor), worn_(worn), random_(random) {}

  std::string Read(std::string_view serial) {
    double obliterated = model_.first_obliterated;
    for (size_t i = 0; i < serial.size(); ++i) {
      Insert();
      if (worn_ && random_->Chance(obliterated)) {
        reading_ += kUnreadable;
        obliterated = model_.still_obliterated;
        continue;
      }
      obliterated = model_.next_obliterated;
      i += Move(serial, i);
    }
    Insert();
    return std::move(reading_);
  }

 private:
  void Insert() {
    while (random_->Chance(model_.insert * factor_)) reading_ += kSymbols[random_->Below(kSymbols.size())];
  }

  // How many symbols it took beyond the first.
  size_t Move(std::string_view serial, size_t i) {
    const bool last = i + 1 == serial.size();
    const double moves[] = {model_.erase * factor_, model_.twin * factor_, last ? 0 : model_.swap * factor_, 1};
    double left = random_->Unit();
    size_t move = 0;
    while (move < 3 && left >= moves[move]) left -= moves[move++];
    if (move == 0) return 0;
    if (move == 2) {
      reading_ += {serial[i + 1], serial[i]};
      return 1;
    }
    reading_ += move == 1 ? std::string(2, serial[i]) : std::string(1, Look(serial[i]));
    return 0;
  }

  char Look(char symbol) {
    const size_t a = SymbolNumber(symbol);
    if (!random_->Chance(model_.misread[a] * factor_)) return symbol;
    return kSymbols[random_->Pick(std::span(model_.confusion).subspan(36 * a, 36))];
  }

  const NoiseModel& model_;
  double factor_;
  bool worn_;
  Random* random_;
  std::string reading_;
};

}  // namespace

std::string DrawReading(const NoiseModel& model, std::string_view serial, Random* random) {
  std::vector<double> weights;
  for (const Level& level : model.levels) weights.push_back(level.weight);
  for (;;) {
    const std::string_view part = DrawStructure(model, serial, random);
    const double factor = model.levels[random->Pick(weights)].factor;
    const bool worn = random->Chance(model.worn);
    std::string reading = Reader(model, factor, worn, random).Read(part);
    if (!reading.empty()) return reading;
  }
}

}  // namespace burin::accuracy
