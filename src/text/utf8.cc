#include "src/text/utf8.h"

#include <cstdint>
#include <cstring>

namespace burin::internal {
namespace {

// Length of the sequence of more than one byte at the front of `text`; 0: invalid or cut short.
size_t SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  size_t length = 0;
  // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF.
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  }
  if (length == 0 || text.size() < length || byte(1) < low || byte(1) > high) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

size_t ValidUtf8Prefix(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size()) {
      uint64_t word;
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080808080808080u) == 0) {
        at += 8;
        continue;
      }
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const size_t length = SequenceLength(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

void AppendAsUtf8(std::string_view text, std::string* out) {
  for (;;) {
    const size_t valid = ValidUtf8Prefix(text);
    out->append(text.substr(0, valid));
    if (valid == text.size()) return;
    out->append(kReplacementCharacter);
    text.remove_prefix(valid + 1);
  }
}

void AppendUtf8(char32_t code_point, std::string* out) {
  const auto tail = [code_point](int shift) { return static_cast<char>(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    out->push_back(static_cast<char>(code_point));
  } else if (code_point < 0x800) {
    out->push_back(static_cast<char>(0xC0 | code_point >> 6));
    out->push_back(tail(0));
  } else if (code_point < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | code_point >> 12));
    out->push_back(tail(6));
    out->push_back(tail(0));
  } else {
    out->push_back(static_cast<char>(0xF0 | (code_point >> 18 & 7)));
    out->push_back(tail(12));
    out->push_back(tail(6));
    out->push_back(tail(0));
  }
}

std::string ToUtf8(std::u32string_view code_points) {
  std::string text;
  text.reserve(code_points.size());
  for (const char32_t c : code_points) AppendUtf8(c, &text);
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
