// The text of a pattern under a cursor.
#include "src/mark/pattern/pattern_text.h"

#include <utf8proc.h>

#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool IsCombining(char32_t c) {
  const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

// Full-width forms of the metacharacters would fold to nothing and be dropped in silence.
bool IsWideMetacharacter(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E && IsMetacharacter(c - 0xFEE0); }

// An error message is one line: what is not printable is shown as its number.
std::string Shown(char32_t c) {
  const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  const bool printable = category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF &&
                         category != UTF8PROC_CATEGORY_ZL && category != UTF8PROC_CATEGORY_ZP &&
                         category != UTF8PROC_CATEGORY_CN && category != UTF8PROC_CATEGORY_CO && !IsCombining(c);
  std::string shown;
  if (printable) {
    AppendUtf8(c, &shown);
    return "'" + shown + "'";
  }
  constexpr char kHex[] = "0123456789ABCDEF";
  for (uint32_t rest = c; rest != 0 || shown.size() < 4; rest >>= 4) shown.insert(shown.begin(), kHex[rest & 15]);
  return "U+" + shown;
}

}  // namespace

bool IsMetacharacter(char32_t c) {
  return c < 0x80 && c != 0 && std::string_view("?_[]*%{}()|~!\\").find(static_cast<char>(c)) != std::string_view::npos;
}

Result<PatternText> PatternText::Decode(std::string_view text, uint32_t folding) {
  PatternText result;
  result.text_ = text;
  result.folding_ = folding;
  for (size_t at = 0; at < text.size();) {
    const uint32_t byte = static_cast<uint32_t>(at);
    char32_t point = 0;
    if (at >= kMaxBytes) {
      return Error(result.points_.size() + 1, "a pattern has at most " + std::to_string(kMaxBytes) + " bytes");
    }
    if (!DecodeUtf8(text, &at, &point)) {
      return Error(result.points_.size() + 1, "expected valid UTF-8");
    }
    if (IsWideMetacharacter(point)) {
      return Error(result.points_.size() + 1, "expected the ASCII form of " + Shown(point));
    }
    result.points_.push_back(point);
    result.bytes_.push_back(byte);
  }
  result.bytes_.push_back(static_cast<uint32_t>(text.size()));
  return result;
}

bool PatternText::Take(char32_t c) {
  if (peek() != c) return false;
  ++at_;
  return true;
}

std::u32string PatternText::Fold(size_t begin, size_t end) const {
  std::u32string symbols;
  // Valid UTF-8 was checked, so this cannot fail.
  (void)FoldSerial(text_.substr(bytes_[begin], bytes_[end] - bytes_[begin]), &symbols, folding_);
  return symbols;
}

// Some neighbours fold otherwise together than one by one (N and a degree sign). A pattern of plain characters must
// fold as the whole text would, so such neighbours are one character here.
std::u32string PatternText::TakeCharacter() {
  constexpr size_t kLongest = 32;
  const size_t begin = at_++;
  std::u32string symbols = Fold(begin, at_);
  while (!done() && !IsMetacharacter(peek()) && at_ - begin < kLongest) {
    std::u32string together = Fold(begin, at_ + 1);
    if (!IsCombining(peek()) && together == symbols + Fold(at_, at_ + 1)) break;
    symbols = std::move(together);
    ++at_;
  }
  return symbols;
}

Status PatternText::Expected(std::string_view what) const {
  std::string message = "expected " + std::string(what);
  message += done() ? " before the end of the pattern" : ", not " + Shown(peek());
  return Error(column(), message);
}

Status PatternText::Error(size_t column, std::string_view what) {
  return Status(StatusCode::kInvalidArgument, "column " + std::to_string(column) + ": " + std::string(what), column);
}

}  // namespace burin::internal
