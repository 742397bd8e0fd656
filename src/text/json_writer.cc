#include "src/text/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// The letter of a short escape, or 0.
char ShortEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

}  // namespace

void JsonWriter::Separate() {
  if (comma_) out_->push_back(',');
  comma_ = true;
}

void JsonWriter::Open(char bracket) {
  Separate();
  out_->push_back(bracket);
  comma_ = false;
}

void JsonWriter::Close(char bracket) {
  out_->push_back(bracket);
  comma_ = true;
}

void JsonWriter::Literal(std::string_view text) {
  Separate();
  out_->append(text);
}

void JsonWriter::Key(std::string_view name) {
  String(name);
  out_->push_back(':');
  comma_ = false;
}

void JsonWriter::String(std::string_view text) {
  Separate();
  out_->push_back('"');
  if (ValidUtf8Prefix(text) == text.size()) {
    Quoted(text);
  } else {
    std::string valid;
    AppendAsUtf8(text, &valid);
    Quoted(valid);
  }
  out_->push_back('"');
}

void JsonWriter::Quoted(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  size_t kept = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = ShortEscape(text[i]);
    if (byte >= 0x20 && escape == 0) continue;
    out_->append(text.substr(kept, i - kept));
    kept = i + 1;
    out_->push_back('\\');
    if (escape != 0) {
      out_->push_back(escape);
    } else {
      out_->append("u00");
      out_->push_back(kHex[byte >> 4]);
      out_->push_back(kHex[byte & 15]);
    }
  }
  out_->append(text.substr(kept));
}

void JsonWriter::Integer(int64_t value) {
  char digits[24];
  Literal({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

void JsonWriter::Unsigned(uint64_t value) {
  char digits[24];
  Literal({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

void JsonWriter::Fixed(double value, int decimals) {
  if (!std::isfinite(value)) return Null();
  char digits[352];  // The longest finite number has 309 digits before the point.
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, std::clamp(decimals, 0, 17)).ptr;
  std::string_view text(digits, end);
  // What rounds to nothing has no sign.
  if (text.front() == '-' && text.find_first_not_of("-0.") == std::string_view::npos) text.remove_prefix(1);
  Literal(text);
}

void JsonWriter::EndLine() {
  out_->push_back('\n');
  comma_ = false;
}

}  // namespace burin::internal
