// The tables of sentinels and components, keyed by their words.
#include "src/mark/sentinel.h"

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "src/mark/fold.h"
#include "src/mark/normalize.h"
#include "src/mark/tsv.h"

namespace burin::internal {
namespace data {
extern const std::string_view sentinels;
extern const std::string_view components;
}  // namespace data

namespace {

// Longer texts are no words of a table; this bounds the time that a hostile cell can take.
constexpr size_t kLongestText = 64;

bool IsOneOf(char32_t c, std::string_view characters) {
  return c < 0x80 && characters.find(static_cast<char>(c)) != std::string_view::npos;
}

// Code points without case, accents and signs; nothing if there is a digit.
std::optional<std::u32string> Plain(std::u32string_view text) {
  for (const char32_t c : text) {  // Most texts are numbers: find that out before any work.
    if (c >= U'0' && c <= U'9') return std::nullopt;
  }
  std::u32string rest(text);
  DropSigns(&rest);
  CodePoints points;
  for (const char32_t c : rest) Decompose(c, Fold::kFoldCaseDropMarks, &points);
  rest.clear();
  for (const int32_t point : points) {
    const char32_t c = static_cast<char32_t>(point);
    if (KindOf(c) == Kind::kDigit) return std::nullopt;
    rest += c == U'ı' ? U'i' : c;  // Turkish texts lose or gain the dot with their case.
  }
  return rest;
}

// The words of plain text, one space between them. Unreadable characters within stay where they stand, so that N?A is
// no "n/a"; but `_` joins words (NOT_READABLE). Those at the ends go if four letters or more are left; else nothing
// comes back, for NA?? is a number of which two characters were read.
std::u32string Words(std::u32string_view plain, std::string_view unreadable) {
  constexpr size_t kLetters = 4;
  const auto is_word = [](char32_t c) { return c < 0x80 ? c >= U'a' && c <= U'z' : KindOf(c) == Kind::kSymbol; };
  size_t begin = 0, end = plain.size();
  bool unread = false;
  while (begin < end && !is_word(plain[begin])) unread = IsOneOf(plain[begin++], unreadable) || unread;
  while (end > begin && !is_word(plain[end - 1])) unread = IsOneOf(plain[--end], unreadable) || unread;
  std::u32string words;
  size_t letters = 0;
  bool space = false;
  for (const char32_t c : plain.substr(begin, end - begin)) {
    if (is_word(c) || (c != U'_' && IsOneOf(c, unreadable))) {
      if (space) words += U' ';
      words += c;
      ++letters;
      space = false;
    } else {
      space = true;
    }
  }
  if (unread && letters < kLetters) words.clear();
  return words;
}

// The words of a row.
std::u32string RowWords(std::string_view text) {
  std::u32string points;
  if (!DecodeAll(text, &points)) return {};
  const std::optional<std::u32string> plain = Plain(points);
  return plain ? Words(*plain, "") : std::u32string();
}

Missing MissingOf(std::string_view name) {
  for (size_t kind = 0; kind < kMissingKinds; ++kind) {
    if (MissingName(static_cast<Missing>(kind)) == name) return static_cast<Missing>(kind);
  }
  return Missing::kUnknown;
}

using Sentinels = absl::flat_hash_map<std::u32string, Sentinel>;
using Components = absl::flat_hash_map<std::u32string, std::string_view>;

Sentinels LoadSentinels() {
  Sentinels table;
  ForEachRow<2>(data::sentinels, [&table](const std::array<std::string_view, 2>& row) {
    table.emplace(RowWords(row[0]), Sentinel{row[0], MissingOf(row[1])});
  });
  table.erase(std::u32string());
  return table;
}

Components LoadComponents() {
  Components table;
  ForEachRow<2>(data::components,
                [&table](const std::array<std::string_view, 2>& row) { table.emplace(RowWords(row[0]), row[1]); });
  table.erase(std::u32string());
  return table;
}

}  // namespace

const Sentinel* FindSentinel(std::u32string_view text, std::string_view unreadable) {
  static const Sentinels* const table = new Sentinels(LoadSentinels());
  if (text.size() > kLongestText) return nullptr;
  const std::optional<std::u32string> plain = Plain(text);
  if (!plain) return nullptr;
  const auto found = table->find(Words(*plain, unreadable));
  return found == table->end() ? nullptr : &found->second;
}

std::string_view FindComponent(std::u32string_view text) {
  static const Components* const table = new Components(LoadComponents());
  if (text.size() > kLongestText) return {};
  const std::optional<std::u32string> plain = Plain(text);
  if (!plain) return {};
  const auto found = table->find(Words(*plain, ""));
  return found == table->end() ? std::string_view() : found->second;
}

}  // namespace burin::internal
