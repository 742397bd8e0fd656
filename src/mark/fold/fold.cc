// Folding of serials and values, and UTF-8. docs/marks.md has the steps and their reasons.
#include "src/mark/fold/fold.h"

#include <utf8proc.h>

#include <array>
#include <vector>

#include "src/mark/fold/base_letter.h"
#include "src/mark/fold/lookalike.h"
#include "src/mark/fold/normalize.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// The symbol of each ASCII byte, 0 for those that are dropped.
constexpr std::array<uint8_t, 256> MakeAsciiSymbols() {
  std::array<uint8_t, 256> table{};
  for (uint8_t c = '0'; c <= '9'; ++c) table[c] = c;
  for (uint8_t c = 'A'; c <= 'Z'; ++c) table[c] = table[c + 32u] = c;
  return table;
}
constexpr std::array<uint8_t, 256> kAsciiSymbols = MakeAsciiSymbols();

// The symbol of a code point of normalised text, 0 if it is dropped.
Symbol SymbolOf(char32_t c, bool base_letters) {
  if (c < 0x80) return kAsciiSymbols[c];
  switch (KindOf(c)) {
    case Kind::kDigit:
      return U'0' + DigitValue(c);
    case Kind::kSymbol:
      break;
    default:
      return 0;
  }
  c = static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
  if (c < 0x80) return kAsciiSymbols[c];
  const Symbol letter = base_letters ? BaseLetter(c) : 0;
  return letter != 0 ? letter : LookAlike(c);
}

// One round over *text. What separators and marks kept apart may compose afterwards, so one round may not be enough.
void FoldRound(std::u32string* text, bool base_letters) {
  DropSigns(text);
  CodePoints points;
  points.reserve(text->size() + 8);
  for (const char32_t c : *text) Decompose(c, Fold::kKeepCase, &points);
  Compose(&points);
  text->clear();
  for (const int32_t point : points) {
    if (const Symbol s = SymbolOf(static_cast<char32_t>(point), base_letters); s != 0) text->push_back(s);
  }
}

bool IsAscii(std::u32string_view text) {
  for (const char32_t c : text) {
    if (c >= 0x80) return false;
  }
  return true;
}

bool FoldUnicode(std::string_view utf8, bool base_letters, std::u32string* serial) {
  // Letters compose in the second round at the latest; the third finds nothing to do. The tests try every code point.
  constexpr int kMaxRounds = 8;
  if (!DecodeAll(utf8, serial)) return false;
  FoldRound(serial, base_letters);
  std::u32string before;
  for (int round = 1; round < kMaxRounds && !IsAscii(*serial); ++round) {  // Folded ASCII stands.
    before = *serial;
    FoldRound(serial, base_letters);
    if (*serial == before) break;
  }
  return true;
}

// One round of FoldValue, white space not yet trimmed.
void FoldValueRound(std::u32string* text) {
  CodePoints points;
  points.reserve(text->size() + 8);
  for (const char32_t c : *text) Decompose(c, Fold::kFoldCase, &points);
  Compose(&points);
  text->assign(points.begin(), points.end());
}

bool IsSpace(char32_t c) { return c < 0x80 ? c == U' ' || (c >= U'\t' && c <= U'\r') : KindOf(c) == Kind::kSpace; }

// `text` without white space at its ends and with one space for each run of it within.
template <typename Append>
void AppendTrimmed(std::u32string_view text, Append append) {
  bool any = false, space = false;
  for (const char32_t c : text) {
    if (IsSpace(c)) {
      space = any;
      continue;
    }
    if (space) append(U' ');
    append(c);
    space = false;
    any = true;
  }
}

// FoldValue of ASCII text; false if it is none.
bool FoldAsciiValue(std::string_view text, std::string* value) {
  bool space = false;
  for (const char byte : text) {
    const unsigned char c = static_cast<unsigned char>(byte);
    if (c >= 0x80) return false;
    if (IsSpace(c)) {
      space = !value->empty();
      continue;
    }
    if (space) value->push_back(' ');
    space = false;
    value->push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : byte);
  }
  return true;
}

}  // namespace

bool FoldSerial(std::string_view utf8, std::u32string* serial, uint32_t folding) {
  serial->resize(utf8.size());
  Symbol* out = serial->data();
  unsigned char seen = 0;
  for (const char byte : utf8) {
    const unsigned char c = static_cast<unsigned char>(byte);
    seen |= c;
    *out = kAsciiSymbols[c];
    out += *out != 0;
  }
  if (seen < 0x80) {
    serial->resize(static_cast<size_t>(out - serial->data()));
    return true;
  }
  if (FoldUnicode(utf8, folding >= 2, serial)) return true;
  serial->clear();
  return false;
}

std::string FoldValue(std::string_view utf8) {
  constexpr int kMaxRounds = 8;
  std::string value;
  if (FoldAsciiValue(utf8, &value)) return value;
  std::u32string text, before;
  if (!DecodeAll(utf8, &text)) return std::string(utf8);
  for (int round = 0; round < kMaxRounds && text != before; ++round) {
    before = text;
    FoldValueRound(&text);
  }
  value.clear();
  AppendTrimmed(text, [&value](char32_t c) { AppendUtf8(c, &value); });
  return value;
}

}  // namespace burin::internal
