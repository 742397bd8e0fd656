// Words of cells. Longer texts than any table has are cut: time stays in step with the cell's size.
#include "src/mark/cells/cell_words.h"

#include <optional>

#include "src/mark/fold/normalize.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kLongestWord = 64;

// What a sign adds to its word: nothing, 'a', 'o' or "no".
std::u32string_view SignText(char32_t c) {
  switch (c) {
    case U'\u00B0':
    case U'\u00BA':
      return U"o";
    case U'\u00AA':
      return U"a";
    case U'\u2116':
      return U"no";
    default:
      return {};
  }
}

void AppendPlain(char32_t c, CodePoints* scratch, std::u32string* plain) {
  if (c < 0x80) {
    *plain += c >= U'A' && c <= U'Z' ? c + 32 : c;
    return;
  }
  scratch->clear();
  Decompose(c, Fold::kFoldCaseDropMarks, scratch);
  for (const int32_t point : *scratch) {
    const char32_t p = static_cast<char32_t>(point);
    if (KindOf(p) == Kind::kDigit) {
      *plain += U'0' + DigitValue(p);
    } else if (KindOf(p) == Kind::kSymbol) {
      *plain += p == U'ı' ? U'i' : p;
    }
  }
}

}  // namespace

std::vector<Word> WordsOf(const Cell& cell, Range range, size_t most) {
  std::vector<Word> words;
  CodePoints scratch;
  for (size_t at = range.begin; at < range.end && words.size() < most;) {
    Word word;
    word.begin = at;
    for (; at < range.end && cell.unread[at] == 0; ++at) {
      const char32_t c = cell.points[at];
      const std::u32string_view sign = SignText(c);
      if (sign.empty() && !IsCellAlphanumeric(c) && (c < 0x80 || word.plain.empty() || KindOf(c) != Kind::kMark)) break;
      if (word.plain.size() >= kLongestWord) continue;
      word.digit = word.digit || IsCellDigit(c);
      if (sign.empty()) {
        AppendPlain(c, &scratch, &word.plain);
      } else {
        word.plain += sign;
      }
    }
    word.end = at;
    if (word.plain.empty()) {
      at = std::max(at, word.begin + 1);
    } else {
      words.push_back(std::move(word));
    }
  }
  return words;
}

std::vector<Word> WordsOf(std::string_view utf8) {
  Cell cell;
  if (!DecodeAll(utf8, &cell.points)) return {};
  cell.unread.assign(cell.points.size(), 0);
  return WordsOf(cell, {0, cell.points.size()}, cell.points.size());
}

std::u32string Joined(std::span<const Word> words) {
  std::u32string joined;
  for (const Word& word : words) {
    if (!joined.empty()) joined += U' ';
    joined += word.plain;
  }
  return joined;
}

size_t LettersOf(std::span<const Word> words) {
  size_t letters = 0;
  for (const Word& word : words) letters += word.plain.size();
  return letters;
}

}  // namespace burin::internal
