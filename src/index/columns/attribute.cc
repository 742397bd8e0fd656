// Names and types of attributes, and how a value is read from text. Periods: period.h.
#include "src/index/columns/attribute.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace burin::internal {
namespace {

struct Reserved {
  std::string_view name;
  AttributeType type = AttributeType::kCategory;
};

constexpr Reserved kReserved[] = {
    {"weapon"},
    {"maker"},
    {"brand"},
    {"importer"},
    {"model"},
    {"calibre"},
    {"type"},
    {"country"},
    {"year", AttributeType::kInteger},
    {"import_country"},
    {"import_year", AttributeType::kInteger},
    {"component"},
    {"mark_class"},
    {"method"},
    {"location"},
    {"condition"},
    {"agency"},
    {"case"},
    {"date", AttributeType::kDate},
};

constexpr AttributeType kTypes[] = {AttributeType::kCategory, AttributeType::kInteger, AttributeType::kDate};

bool IsAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// White space beyond ASCII: what the text begins or ends with, as UTF-8.
constexpr std::string_view kWideSpaces[] = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000",
};

size_t SpaceAtFront(std::string_view text) {
  if (IsAsciiSpace(text.front())) return 1;
  if (static_cast<unsigned char>(text.front()) < 0x80) return 0;
  for (std::string_view space : kWideSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

size_t SpaceAtBack(std::string_view text) {
  if (IsAsciiSpace(text.back())) return 1;
  if (static_cast<unsigned char>(text.back()) < 0x80) return 0;
  for (std::string_view space : kWideSpaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

}  // namespace

std::string_view AttributeTypeName(AttributeType type) {
  switch (type) {
    case AttributeType::kCategory:
      return "category";
    case AttributeType::kInteger:
      return "integer";
    case AttributeType::kDate:
      return "date";
  }
  return "unknown";
}

bool ParseAttributeType(std::string_view name, AttributeType* type) {
  for (AttributeType candidate : kTypes) {
    if (AttributeTypeName(candidate) != name) continue;
    *type = candidate;
    return true;
  }
  return false;
}

bool ReservedAttribute(std::string_view name, AttributeType* type) {
  const auto* found = std::ranges::find(kReserved, name, &Reserved::name);
  if (found == std::end(kReserved)) return false;
  *type = found->type;
  return true;
}

std::string_view TrimWhiteSpace(std::string_view utf8) {
  while (!utf8.empty()) {
    const size_t space = SpaceAtFront(utf8);
    if (space == 0) break;
    utf8.remove_prefix(space);
  }
  while (!utf8.empty()) {
    const size_t space = SpaceAtBack(utf8);
    if (space == 0) break;
    utf8.remove_suffix(space);
  }
  return utf8;
}

std::string QuoteValue(std::string_view utf8) {
  constexpr size_t kMost = 60;
  const bool whole = utf8.size() <= kMost;
  if (!whole) {
    size_t end = kMost;
    while (end > kMost - 4 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
    utf8 = utf8.substr(0, end);
  }
  std::string quoted = "'";
  for (char c : utf8) quoted += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  quoted += whole ? "'" : "...'";
  return quoted;
}

Result<int64_t> ParseInteger(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  int64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  const bool two_signs = digits.size() < text.size() && digits.starts_with('-');
  if (stop != end || two_signs || error == std::errc::invalid_argument) {
    return Status(StatusCode::kInvalidArgument, QuoteValue(text) + " is not an integer");
  }
  if (error != std::errc()) {
    return Status(StatusCode::kInvalidArgument, QuoteValue(text) + " is too large an integer (64 bits)");
  }
  return value;
}

}  // namespace burin::internal
