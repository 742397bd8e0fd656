#include "src/text/canonical_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace burin::internal {
namespace {

// Plain from 0.0001 up to 10^16, else with an exponent of two digits at least: as Python writes floats, but that whole
// numbers have no point.
void AppendDouble(double number, std::string* out) {
  char text[64];
  const double size = std::abs(number);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  out->append(text, std::to_chars(text, text + sizeof(text), number, format).ptr);
}

void Append(const Json& value, std::string* out) {
  switch (value.type()) {
    case Json::value_t::object: {
      *out += '{';
      bool first = true;
      for (const auto& [name, member] : value.items()) {  // A std::map: in order of bytes.
        if (!first) *out += ',';
        first = false;
        *out += JsonText(name);
        *out += ':';
        Append(member, out);
      }
      *out += '}';
      return;
    }
    case Json::value_t::array:
      *out += '[';
      for (size_t i = 0; i < value.size(); ++i) {
        if (i > 0) *out += ',';
        Append(value[i], out);
      }
      *out += ']';
      return;
    case Json::value_t::string:
      *out += JsonText(value.get_ref<const std::string&>());
      return;
    case Json::value_t::number_float:
      return AppendDouble(value.get<double>() + 0.0, out);  // Adding 0 makes 0 of -0.
    default:
      *out += value.dump();
  }
}

std::string Shown(const Json* value) {
  constexpr size_t kMost = 100;
  if (value == nullptr) return "nothing";
  std::string text = CanonicalJson(*value);
  if (text.size() <= kMost) return text;
  size_t cut = kMost;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + "...";
}

std::string Different(const std::string& path, const Json* value, const Json* expected) {
  return (path.empty() ? "/" : path) + ": " + Shown(value) + " instead of " + Shown(expected);
}

std::string Compare(const std::string& path, const Json& value, const Json& expected);

std::string CompareMembers(const std::string& path, const Json& value, const Json& expected) {
  auto a = value.begin();
  auto b = expected.begin();
  while (a != value.end() || b != expected.end()) {
    const bool only_a = b == expected.end() || (a != value.end() && a.key() < b.key());
    const bool only_b = !only_a && (a == value.end() || b.key() < a.key());
    const std::string at = path + "/" + (only_b ? b.key() : a.key());
    if (only_a || only_b) return Different(at, only_a ? &*a : nullptr, only_b ? &*b : nullptr);
    if (std::string different = Compare(at, *a, *b); !different.empty()) return different;
    ++a;
    ++b;
  }
  return "";
}

std::string Compare(const std::string& path, const Json& value, const Json& expected) {
  if (value.is_object() && expected.is_object()) return CompareMembers(path, value, expected);
  if (!value.is_array() || !expected.is_array()) {
    return CanonicalJson(value) == CanonicalJson(expected) ? "" : Different(path, &value, &expected);
  }
  for (size_t i = 0; i < std::max(value.size(), expected.size()); ++i) {
    const std::string at = path + "/" + std::to_string(i);
    if (i >= value.size()) return Different(at, nullptr, &expected[i]);
    if (i >= expected.size()) return Different(at, &value[i], nullptr);
    if (std::string different = Compare(at, value[i], expected[i]); !different.empty()) return different;
  }
  return "";
}

}  // namespace

std::string CanonicalJson(const Json& value) {
  std::string out;
  Append(value, &out);
  return out;
}

std::string FirstDifference(const Json& value, const Json& expected) { return Compare("", value, expected); }

}  // namespace burin::internal
