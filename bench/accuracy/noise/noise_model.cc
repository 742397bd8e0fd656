#include "bench/accuracy/noise/noise_model.h"

#include <charconv>
#include <fstream>

namespace burin::accuracy {
namespace {

// Look-alikes as plate readers and studies of human input list them: what the channel `typed` is documented to use.
const std::vector<std::string>& LookAlikes() {
  static const std::vector<std::string> groups = {"0ODQ", "1ILJT7", "2Z",  "5S", "6G", "8B3", "4A9",
                                                  "PR",   "PB",     "VUY", "VW", "XY", "KX",  "MN",
                                                  "EF",   "CG",     "53",  "58", "68", "08",  "39"};
  return groups;
}

// One line of counts; false: it is not one.
bool ReadRow(std::string_view line, char symbol, std::array<double, 36>* counts) {
  if (line.size() < 2 || line[0] != symbol) return false;
  const char* at = line.data() + 1;
  const char* const end = line.data() + line.size();
  for (double& count : *counts) {
    if (at == end || *at != ',') return false;
    const auto [next, error] = std::from_chars(at + 1, end, count);
    if (error != std::errc() || count < 0) return false;
    at = next;
  }
  return at == end || *at == '\r';
}

}  // namespace

size_t SymbolNumber(char symbol) {
  if (symbol >= '0' && symbol <= '9') return static_cast<size_t>(symbol - '0');
  if (symbol >= 'A' && symbol <= 'Z') return static_cast<size_t>(symbol - 'A') + 10;
  return kSymbols.size();
}

NoiseModel ChannelModel(const ChannelRates& rates) {
  NoiseModel model;
  model.name = rates.name;
  model.insert = rates.insert;
  model.erase = rates.erase;
  model.swap = rates.swap;
  model.misread.fill(rates.misread);
  for (size_t a = 0; a < 36; ++a) {
    std::array<bool, 36> alike{};
    size_t near = 0;
    for (const std::string& group : rates.look_alikes) {
      if (group.find(kSymbols[a]) == std::string::npos) continue;
      for (const char b : group) alike[SymbolNumber(b)] = SymbolNumber(b) != a;
    }
    for (const bool one : alike) near += one;
    const double near_mass = near > 0 ? rates.look_alike_mass : 0;
    for (size_t b = 0; b < 36; ++b) {
      if (b == a) continue;
      model.confusion[36 * a + b] =
          alike[b] ? near_mass / static_cast<double>(near) : (1 - near_mass) / static_cast<double>(35 - near);
    }
  }
  return model;
}

ChannelRates TypedRates(double factor) {
  constexpr double kRate = 4e-4, kShares = 0.67 + 0.087 + 0.08 + 0.07;
  const double rate = kRate / kShares * factor;
  return {"typed", rate * 0.07, rate * 0.08, rate * 0.087, rate * 0.67, 0.6, LookAlikes()};
}

NoiseModel DeskModel(const Confusion& confusion) {
  NoiseModel desk;
  desk.name = "desk";
  desk.levels = {{0.65, 0.4}, {0.35, 2.5}};
  desk.insert = 0.0025;
  desk.erase = 0.003;
  desk.twin = 0.0015;
  desk.swap = 0.003;
  // Letters are misread twice as often as digits: proficiency tests find letters the weak point.
  for (size_t a = 0; a < 36; ++a) desk.misread[a] = a < 10 ? 0.012 : 0.024;
  desk.confusion = confusion;
  desk.lose_front = 0.025;
  desk.lose_back = 0.015;
  desk.lose_zeros = 0.015;
  desk.last_four = 0.01;
  desk.lost = {0.5, 0.3, 0.2};
  // The chain is that of 949 partly readable serials as police typed them (seized firearms of two Brazilian states).
  desk.worn = 0.2;
  desk.first_obliterated = 0.30;
  desk.next_obliterated = 0.23;
  desk.still_obliterated = 0.52;
  return desk;
}

bool ReadConfusion(const std::string& path, double spread, Confusion* confusion, std::string* error) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    *error = path + ": cannot be read";
    return false;
  }
  for (size_t a = 0; a < 36; ++a) {
    std::array<double, 36> counts{};
    if (!std::getline(file, line) || !ReadRow(line, kSymbols[a], &counts)) {
      *error = path + ": line " + std::to_string(a + 2) + ": expected " + kSymbols[a] + " and 36 counts";
      return false;
    }
    double wrong = 0;
    for (size_t b = 0; b < 36; ++b) wrong += b == a ? 0 : counts[b];
    const double even = wrong > 0 ? spread : 1;
    for (size_t b = 0; b < 36; ++b) {
      (*confusion)[36 * a + b] = b == a ? 0 : even / 35 + (wrong > 0 ? (1 - even) * counts[b] / wrong : 0);
    }
  }
  return true;
}

}  // namespace burin::accuracy
