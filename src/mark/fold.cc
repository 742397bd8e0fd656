// Folding of serials and values, and UTF-8. docs/marks.md has the steps and their reasons.
#include "src/mark/fold.h"

#include <utf8proc.h>

#include <array>
#include <vector>

#include "src/mark/base_letter.h"
#include "src/mark/lookalike.h"
#include "src/mark/normalize.h"

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

void AppendUtf8(Symbol symbol, std::string* out) {
  const auto tail = [symbol](int shift) { return static_cast<char>(0x80 | (symbol >> shift & 0x3F)); };
  if (symbol < 0x80) {
    out->push_back(static_cast<char>(symbol));
  } else if (symbol < 0x800) {
    out->push_back(static_cast<char>(0xC0 | symbol >> 6));
    out->push_back(tail(0));
  } else if (symbol < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | symbol >> 12));
    out->push_back(tail(6));
    out->push_back(tail(0));
  } else {
    out->push_back(static_cast<char>(0xF0 | (symbol >> 18 & 7)));
    out->push_back(tail(12));
    out->push_back(tail(6));
    out->push_back(tail(0));
  }
}

std::string ToUtf8(std::u32string_view symbols) {
  std::string text;
  text.reserve(symbols.size());
  for (const Symbol s : symbols) AppendUtf8(s, &text);
  return text;
}

bool DecodeUtf8(std::string_view utf8, size_t* at, char32_t* code_point) {
  if (*at >= utf8.size()) return false;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(utf8[*at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) {
    *code_point = lead;
    ++*at;
    return true;
  }
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || utf8.size() - *at < size) return false;  // C0 and C1 lead overlongs only.
  char32_t c = lead & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return false;
    c = c << 6 | (byte(i) & 0x3Fu);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < kLeast[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
  *code_point = c;
  *at += size;
  return true;
}

bool DecodeAll(std::string_view utf8, std::u32string* text) {
  text->clear();
  for (size_t at = 0; at < utf8.size();) {
    char32_t c = 0;
    if (!DecodeUtf8(utf8, &at, &c)) return false;
    text->push_back(c);
  }
  return true;
}

bool IsValidUtf8(std::string_view utf8) {
  for (size_t at = 0; at < utf8.size();) {
    char32_t c = 0;
    if (!DecodeUtf8(utf8, &at, &c)) return false;
  }
  return true;
}

}  // namespace burin::internal
