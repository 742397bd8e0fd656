#include "src/text/html_text.h"

#include <charconv>

#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool IsUnsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

void AppendVisible(char32_t c, std::string* out) {
  if (!IsUnsafe(c)) return AppendUtf8(c, out);
  constexpr char kDigits[] = "0123456789ABCDEF";
  *out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) *out += kDigits[c >> shift & 15];
}

void AppendEscaped(char32_t c, std::string* out) {
  switch (c) {
    case U'&':
      *out += "&amp;";
      return;
    case U'<':
      *out += "&lt;";
      return;
    case U'>':
      *out += "&gt;";
      return;
    case U'"':
      *out += "&quot;";
      return;
    case U'\'':
      *out += "&#39;";
      return;
    default:
      break;
  }
  AppendVisible(c, out);
}

}  // namespace

std::string Visible(std::string_view text, size_t most) {
  std::string valid, visible;
  AppendAsUtf8(text, &valid);
  for (size_t at = 0; at < valid.size();) {
    char32_t c = 0;
    if (!DecodeUtf8(valid, &at, &c)) break;
    AppendVisible(c, &visible);
  }
  size_t symbols = 0, kept = 0;
  for (size_t at = 0; at < visible.size(); ++symbols) {
    char32_t c = 0;
    if (symbols + 1 == most) kept = at;
    if (!DecodeUtf8(visible, &at, &c)) break;
  }
  return symbols <= most ? visible : visible.substr(0, kept) + "\xE2\x80\xA6";
}

std::string Escape(std::string_view text) {
  std::string valid, out;
  AppendAsUtf8(text, &valid);
  for (size_t at = 0; at < valid.size();) {
    char32_t c = 0;
    if (!DecodeUtf8(valid, &at, &c)) break;
    AppendEscaped(c, &out);
  }
  return out;
}

std::string Tagged(std::string_view name, std::string_view text, std::string_view attributes) {
  std::string out = "<" + std::string(name);
  if (!attributes.empty()) out += " " + std::string(attributes);
  return out + ">" + Escape(text) + "</" + std::string(name) + ">";
}

std::string ColumnTable(std::string_view caption, const std::vector<std::string>& heads,
                        const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<table><caption>" + Escape(caption) + "</caption><thead><tr>";
  for (const std::string& head : heads) out += Tagged("th", head, "scope=\"col\"");
  out += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    out += "<tr>";
    for (const std::string& cell : row) out += "<td>" + cell + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string RowTable(std::string_view caption, const std::vector<std::pair<std::string, std::string>>& rows) {
  std::string out = "<table class=\"facts\"><caption>" + Escape(caption) + "</caption><tbody>\n";
  for (const auto& [head, cell] : rows) {
    out += "<tr>" + Tagged("th", head, "scope=\"row\"") + "<td>" + cell + "</td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string Decimals(double number, int decimals) {
  char text[400];
  const auto end = std::to_chars(text, text + sizeof(text), number + 0.0, std::chars_format::fixed, decimals).ptr;
  std::string out(text, end);
  if (out.find_first_not_of("-0.") == std::string::npos && out[0] == '-') out.erase(0, 1);
  return out;
}

std::string Significant(double number, int digits) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), number + 0.0, std::chars_format::general, digits).ptr;
  return {text, end};
}

std::string Grouped(uint64_t number) {
  std::string out = std::to_string(number);
  for (size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

}  // namespace burin::internal
