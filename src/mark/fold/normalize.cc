// Normalisation over utf8proc's data.
#include "src/mark/fold/normalize.h"

#include <utf8proc.h>

#include <algorithm>

namespace burin::internal {
namespace {

utf8proc_int32_t Point(char32_t c) { return static_cast<utf8proc_int32_t>(c); }

Kind KindOfCategory(utf8proc_category_t category) {
  switch (category) {
    case UTF8PROC_CATEGORY_ND:
      return Kind::kDigit;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return Kind::kMark;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return Kind::kSpace;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
      return Kind::kSeparator;
    default:
      return Kind::kSymbol;
  }
}

}  // namespace

Kind KindOf(char32_t c) {
  if ((c >= U'\t' && c <= U'\r') || c == 0x85) return Kind::kSpace;
  return KindOfCategory(utf8proc_category(Point(c)));
}

// Unicode keeps the ten digits of a script together and in order, so the value is the distance from the first of a run
// of digits; where runs of two scripts or styles touch, modulo ten.
uint32_t DigitValue(char32_t c) {
  uint32_t before = 0;
  while (utf8proc_category(Point(c - before - 1)) == UTF8PROC_CATEGORY_ND) ++before;
  return before % 10;
}

void DropSigns(std::u32string* text) {
  size_t size = 0;
  for (const char32_t c : *text) {
    switch (c) {
      case U'\u00B0':  // ° and º: people type either after an N.
      case U'\u00BA':
        if (size > 0 && ((*text)[size - 1] == U'N' || (*text)[size - 1] == U'n')) --size;
        break;
      case U'\u00AA':  // ª
      case U'\u00B5':  // µ as a unit; the Greek letter is another code point and stays.
      case U'\u2116':  // №
      case U'\u2122':  // ™
        break;
      default:
        (*text)[size++] = c;
    }
  }
  text->resize(size);
}

void Decompose(char32_t c, Fold fold, CodePoints* out) {
  constexpr size_t kLongest = 32;  // The longest decomposition of Unicode has 18 code points.
  int options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
  if (fold != Fold::kKeepCase) options |= UTF8PROC_CASEFOLD;
  if (fold == Fold::kFoldCaseDropMarks) options |= UTF8PROC_STRIPMARK;
  utf8proc_int32_t points[kLongest];
  int boundary = 0;
  const utf8proc_ssize_t count =
      utf8proc_decompose_char(Point(c), points, kLongest, static_cast<utf8proc_option_t>(options), &boundary);
  if (count < 0 || static_cast<size_t>(count) > kLongest) {
    out->push_back(Point(c));
  } else {
    out->insert(out->end(), points, points + count);
  }
}

void Compose(CodePoints* text) {
  const auto starts = [](utf8proc_int32_t point) { return utf8proc_get_property(point)->combining_class == 0; };
  for (auto at = text->begin(); at != text->end();) {
    const auto begin = std::find_if_not(at, text->end(), starts);
    at = std::find_if(begin, text->end(), starts);
    std::stable_sort(begin, at, [](utf8proc_int32_t a, utf8proc_int32_t b) {
      return utf8proc_get_property(a)->combining_class < utf8proc_get_property(b)->combining_class;
    });
  }
  const utf8proc_ssize_t size =
      utf8proc_normalize_utf32(text->data(), static_cast<utf8proc_ssize_t>(text->size()),
                               static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  if (size >= 0) text->resize(static_cast<size_t>(size));
}

}  // namespace burin::internal
