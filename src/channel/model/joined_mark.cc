#include "src/channel/model/joined_mark.h"

#include <algorithm>

namespace burin::internal {
namespace {

bool IsDigit(Symbol s) { return s >= U'0' && s <= U'9'; }
bool IsLetter(Symbol s) { return s >= U'A' && s <= U'Z'; }

}  // namespace

JoinedMark AllJoined(std::u32string_view serial) {
  return {std::u32string(serial), std::vector<char>(serial.size(), 1)};
}

JoinedMark WithoutLateLetters(std::u32string_view serial) {
  JoinedMark mark;
  const auto digit = static_cast<size_t>(std::find_if(serial.begin(), serial.end(), IsDigit) - serial.begin());
  const auto lost = [&](size_t i) { return i > digit && IsLetter(serial[i]); };
  for (size_t i = 0; i < serial.size(); ++i) {
    if (lost(i)) continue;
    mark.symbols += serial[i];
    mark.joined.push_back(i + 1 >= serial.size() || !lost(i + 1));
  }
  if (mark.symbols.size() == serial.size()) return {};
  return mark;
}

JoinedMark WithBlocksSwapped(std::u32string_view serial) {
  const auto change =
      std::adjacent_find(serial.begin(), serial.end(), [](Symbol a, Symbol b) { return IsDigit(a) != IsDigit(b); });
  if (change == serial.end()) return {};
  const auto second = change + 1;
  const auto is_block = [](auto begin, auto end) {
    return IsDigit(*begin) ? std::all_of(begin, end, IsDigit) : std::all_of(begin, end, IsLetter);
  };
  if (!is_block(serial.begin(), second) || !is_block(second, serial.end())) return {};
  JoinedMark mark = AllJoined(std::u32string(second, serial.end()) + std::u32string(serial.begin(), second));
  mark.joined[static_cast<size_t>(serial.end() - second) - 1] = 0;
  return mark;
}

size_t LeadingZeros(std::u32string_view serial) {
  const size_t zeros = serial.find_first_not_of(U'0');
  return zeros == std::u32string_view::npos ? serial.size() : zeros;
}

double TooMany(const Affix& affix, size_t symbols) {
  double sum = 0;
  for (size_t i = symbols; i < affix.counts.size(); ++i) sum += affix.p * affix.counts[i];
  return sum;
}

}  // namespace burin::internal
