// Sets and queries at random. What is done with them is in comparison.cc.
#include "tests/reference/search_case.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string_view>

#include "src/mark/pattern/ncic.h"
#include "src/mark/pattern/pattern.h"
#include "tests/reference/random_reading.h"

namespace burin::internal::reference {
namespace {

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}
long Year(const TwinRecord& r) { return std::strtol(r.year.c_str(), nullptr, 10); }

// Cyrillic and Han letters, beside the base: more symbols than a byte's half holds.
std::u32string LargeAlphabet(Choices* choices) {
  std::u32string out = U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ☆△";
  for (char32_t c = U'Ж'; c <= U'З'; ++c) out += c;
  for (uint32_t i = 0; i < 60; ++i) out += 0x4E00 + 37 * i;
  if (choices->OneIn(3)) out = out.substr(0, 40);
  return out;
}

Reading ParsedReading(std::u32string_view alphabet, uint32_t items, Choices* choices) {
  Reading reading;
  reading.text = RandomPattern(alphabet, items, choices);
  Result<Pattern> pattern = ParsePattern(reading.text);
  if (!pattern.ok()) {
    reading.text = "A1";
    pattern = ParsePattern(reading.text);
  }
  reading.lattice = pattern->lattice;
  if (choices->OneIn(8)) {
    const uint32_t ends = 1 + choices->Below(3);
    Lattice floating = Float(reading.lattice, ends % 2 == 1, ends >= 2);
    if (!floating.Check().ok()) return reading;  // Too large.
    reading.lattice = std::move(floating);
    reading.how = ends == 1 ? "float head" : ends == 2 ? "float tail" : "float";
  }
  if (choices->OneIn(8)) {
    Lattice compatible = NcicCompatible(reading.lattice);
    if (!compatible.Check().ok()) return reading;  // Too large.
    reading.lattice = std::move(compatible);
    reading.how += " ncic";
  }
  return reading;
}

Reading RandomReading(std::u32string_view alphabet, uint32_t items, Choices* choices) {
  if (!choices->OneIn(4)) return ParsedReading(alphabet, items, choices);
  Reading reading;
  reading.lattice = RandomLattice(alphabet, choices);
  return reading;
}

std::u32string Unreadable(std::u32string items, Choices* choices) {
  for (uint32_t i = 1 + choices->Below(3); i > 0; --i) {
    if (items.empty()) items += U'A';
    items[choices->Below(static_cast<uint32_t>(items.size()))] = choices->OneIn(3) ? kGap : kUnreadable;
  }
  items.erase(std::unique(items.begin(), items.end(), [](Symbol a, Symbol b) { return a == kGap && b == kGap; }),
              items.end());
  return items;
}

std::u32string RandomMark(const SearchSet& set, const SetShape& shape, Choices* choices) {
  std::u32string mark;
  if (choices->OneIn(5)) {
    const uint32_t length = shape.long_marks ? 25 + choices->Below(40) : 1 + choices->Below(6);
    for (uint32_t i = 0; i < length; ++i) mark += choices->Of(set.alphabet);
  } else {
    mark = RandomReadString(choices->Of(set.readings).lattice, set.alphabet, choices);
  }
  mark = Edited(std::move(mark), choices->Below(4), set.alphabet, choices).substr(0, kMaxMarkSymbols);
  return mark.empty() ? std::u32string(1, set.alphabet[0]) : mark;
}

}  // namespace

const std::vector<Condition>& Conditions() {
  using R = TwinRecord;
  static const std::vector<Condition> conditions = {
      {"maker=colt", [](const R& r) { return Lower(r.maker) == "colt"; }},
      {"maker=FN|zbrojovka", [](const R& r) { return r.maker == "FN"; }},
      {"maker!=COLT", [](const R& r) { return Lower(r.maker) != "colt"; }},
      {"maker=", [](const R& r) { return r.maker.empty(); }},
      {"maker!=", [](const R& r) { return !r.maker.empty(); }},
      {"weapon=w1|w2", [](const R& r) { return r.weapon == "w1" || r.weapon == "w2"; }},
      {"weapon!=w3", [](const R& r) { return r.weapon != "w3"; }},
      {"year>=1990", [](const R& r) { return !r.year.empty() && Year(r) >= 1990; }},
      {"year<1990", [](const R& r) { return !r.year.empty() && Year(r) < 1990; }},
      {"year=1985|1990", [](const R& r) { return !r.year.empty() && (Year(r) == 1985 || Year(r) == 1990); }},
      {"year!=1990", [](const R& r) { return r.year.empty() || Year(r) != 1990; }},
      {"year=|1985", [](const R& r) { return r.year.empty() || Year(r) == 1985; }},
  };
  return conditions;
}

SearchSet RandomSet(const SetShape& shape, Choices* choices) {
  static constexpr std::array<const char*, 4> kWeapons = {"", "w1", "w2", "w3"};
  static constexpr std::array<const char*, 5> kMakers = {"", "Colt", "colt", "FN", "Zastava"};
  static constexpr std::array<const char*, 5> kYears = {"", "1985", "1990", "2001", "01990"};
  SearchSet set;
  set.alphabet = shape.long_marks ? LargeAlphabet(choices) : RandomAlphabet(choices);
  for (uint32_t i = 0; i < shape.readings; ++i) {
    const uint32_t items = shape.long_marks ? 20 + choices->Below(30) : 1 + choices->Below(shape.items);
    set.readings.push_back(RandomReading(set.alphabet, items, choices));
  }
  for (uint32_t i = 1 + choices->Below(shape.records); i > 0; --i) {
    TwinRecord record;
    if (!set.records.empty() && choices->OneIn(5)) {
      record.items = choices->Of(set.records).items;
      record.partial = std::any_of(record.items.begin(), record.items.end(), [](Symbol s) { return s >= kUnreadable; });
    } else {
      record.items = RandomMark(set, shape, choices);
      record.partial = choices->OneIn(6);
      if (record.partial) record.items = Unreadable(std::move(record.items), choices);
      record.missing = choices->OneIn(30);
    }
    record.weapon = choices->Of(kWeapons);
    record.maker = choices->Of(kMakers);
    record.year = choices->Of(kYears);
    set.records.push_back(std::move(record));
  }
  return set;
}

Query RandomQuery(const SearchSet& set, Choices* choices) {
  static constexpr std::array<uint64_t, 6> kTop = {0, 1, 2, 5, 10, 1000};
  Query query;
  query.reading = choices->Of(set.readings);
  query.typed = choices->OneIn(3);
  query.metric = static_cast<Metric>(choices->Below(3));
  query.max_cost = query.typed ? kCostsPerNat * choices->Below(60) + choices->Below(64) : choices->Below(5);
  if (choices->OneIn(40)) query.max_cost = ~Cost{0};
  query.top = choices->Of(kTop);
  query.by = static_cast<By>(choices->Below(3));
  if (choices->OneIn(6)) {
    query.min_length = choices->Below(10);
    query.max_length = query.min_length + choices->Below(10);
  }
  if (choices->OneIn(8)) query.max_work = 1 + choices->Below(120);
  for (uint32_t i = choices->OneIn(3) ? 1 + choices->Below(2) : 0; i > 0; --i) {
    query.conditions.push_back(choices->Below(static_cast<uint32_t>(Conditions().size())));
  }
  return query;
}

}  // namespace burin::internal::reference
