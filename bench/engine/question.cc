#include "bench/engine/question.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "bench/draw.h"
#include "bench/engine/packed_serial.h"

namespace burin::bench {
namespace {

constexpr size_t kAffix = 4;
constexpr uint64_t kAffixValues = uint64_t{1} << (kAffix * kPackedBits);

// The four known symbols of a serial under a gap.
uint64_t Known(uint64_t key, Gap gap) {
  const size_t length = PackedLength(key);
  if (gap == Gap::kLeading) return key % kAffixValues;
  if (gap == Gap::kTrailing) return key >> (kPackedBits * (length - kAffix));
  const uint64_t front = key >> (kPackedBits * (length - kAffix / 2));
  const uint64_t half = uint64_t{1} << (kAffix / 2 * kPackedBits);
  return front * half + key % half;
}

std::string WithGap(const std::string& known, Gap gap) {
  if (gap == Gap::kLeading) return "*" + known;
  if (gap == Gap::kTrailing) return known + "*";
  return known.substr(0, 2) + "*" + known.substr(2);
}

std::string LookAlikes(char c) {
  constexpr std::array<std::string_view, 9> kAlike = {"38B", "0OQD", "1IL7", "5S6", "2Z7", "CG6", "UV", "MN", "4A"};
  for (const std::string_view alike : kAlike) {
    if (alike.find(c) != std::string_view::npos) return std::string(alike);
  }
  return {c, c == 'X' ? 'K' : 'X'};
}

LatticeReading MakeLattice(const std::string& serial, Draw* draw) {
  LatticeReading reading;
  // Three places of the six that every serial has.
  std::array<size_t, 6> places = {0, 1, 2, 3, 4, 5};
  for (size_t i = 0; i < 3; ++i) std::swap(places[i], places[i + draw->Below(places.size() - i)]);
  for (size_t p = 0; p < serial.size(); ++p) {
    const std::string symbol(1, serial[p]);
    std::vector<std::string> part = {symbol};
    if (p == places[0]) {
      const std::string alike = LookAlikes(serial[p]);
      part.clear();
      for (const char c : alike) part.emplace_back(1, c);
      reading.pattern += "[" + alike + "]";
    } else if (p == places[1]) {
      part.emplace_back();
      reading.pattern += symbol + "{0,1}";
    } else if (p == places[2]) {
      part.push_back({kPackedAlphabet[draw->Below(36)], kPackedAlphabet[draw->Below(36)]});
      reading.pattern += "(" + part[0] + "|" + part[1] + ")";
    } else {
      reading.pattern += symbol;
    }
    reading.parts.push_back(std::move(part));
  }
  return reading;
}

class Found {
 public:
  explicit Found(const Set& set) : set_(set) {}
  void Try(const std::string& serial) {
    if (serial.empty() || serial.size() > kMaxPackedSymbols) return;
    const uint64_t key = PackSerial(serial);
    if (set_.ranks.contains(key)) found_.insert(key);
  }
  // All texts within one edit.
  void TryNear(std::string text) {
    Try(text);
    for (size_t i = 0; i < text.size(); ++i) {
      const char was = text[i];
      for (const char c : kPackedAlphabet) Try((text[i] = c, text));
      text[i] = was;
      Try(std::string(text).erase(i, 1));
      if (i + 1 < text.size()) {
        std::swap(text[i], text[i + 1]);
        Try(text);
        std::swap(text[i], text[i + 1]);
      }
    }
    for (size_t i = 0; i <= text.size(); ++i) {
      for (const char c : kPackedAlphabet) Try(std::string(text).insert(i, 1, c));
    }
  }
  uint64_t count() const { return found_.size(); }

 private:
  const Set& set_;
  absl::flat_hash_set<uint64_t> found_;
};

void TryTexts(const Parts& parts, size_t at, const std::string& text, Found* found) {
  if (at == parts.size()) return found->TryNear(text);
  for (const std::string& part : parts[at]) TryTexts(parts, at + 1, text + part, found);
}

// Whether some text that the rest of a partial record stands for is within so many edits of the rest of a reading.
bool Within(std::string_view reading, std::string_view partial, int edits) {
  if (edits < 0) return false;
  if (partial.empty()) return reading.size() <= static_cast<size_t>(edits);
  const char item = partial.front();
  if (item == '*') {
    for (size_t taken = 0; taken <= reading.size(); ++taken) {
      if (Within(reading.substr(taken), partial.substr(1), edits)) return true;
    }
    return false;
  }
  const auto same = [](char c, char recorded) { return c == recorded || recorded == '?'; };
  if (!reading.empty() && same(reading[0], item) && Within(reading.substr(1), partial.substr(1), edits)) return true;
  if (edits == 0) return false;
  if (Within(reading, partial.substr(1), edits - 1)) return true;
  if (reading.empty()) return false;
  if (Within(reading.substr(1), partial, edits - 1)) return true;
  if (Within(reading.substr(1), partial.substr(1), edits - 1)) return true;
  const bool swapped = reading.size() > 1 && partial.size() > 1 && partial[1] != '*' && same(reading[1], item) &&
                       same(reading[0], partial[1]);
  return swapped && Within(reading.substr(2), partial.substr(2), edits - 1);
}

}  // namespace

std::vector<std::string> GapReadings(const Set& set, Gap gap, size_t count) {
  Draw draw(4100 + static_cast<uint64_t>(gap));
  std::vector<std::string> readings;
  while (readings.size() < count) {
    const uint64_t key = set.keys[draw.Below(set.keys.size())];
    readings.push_back(WithGap(PackedText(Known(key, gap)), gap));
  }
  return readings;
}

uint64_t CountGaps(const Set& set, Gap gap, const std::vector<std::string>& readings) {
  std::vector<uint32_t> counts(kAffixValues);
  for (const uint64_t key : set.keys.span()) ++counts[Known(key, gap)];
  uint64_t total = 0;
  for (std::string known : readings) {
    std::erase(known, '*');
    total += counts[PackSerial(known)];
  }
  return total;
}

std::vector<LatticeReading> LatticeReadings(const Set& set, size_t count) {
  Draw draw(4200);
  std::vector<LatticeReading> readings;
  while (readings.size() < count) {
    readings.push_back(MakeLattice(PackedText(set.keys[draw.Below(set.keys.size())]), &draw));
  }
  return readings;
}

Parts PlainParts(const std::string& text) {
  Parts parts;
  for (const char c : text) parts.push_back({std::string(1, c)});
  return parts;
}

uint64_t CountPartialsWithinOne(const Set& set, const std::string& text) {
  return static_cast<uint64_t>(
      std::ranges::count_if(set.partials, [&](const std::string& partial) { return Within(text, partial, 1); }));
}

uint64_t CountWithinOne(const Set& set, const Parts& parts) {
  Found found(set);
  TryTexts(parts, 0, "", &found);
  return found.count();
}

}  // namespace burin::bench
