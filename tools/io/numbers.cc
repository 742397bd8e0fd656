#include "tools/io/numbers.h"

#include <charconv>
#include <cstdint>
#include <cstdio>

namespace burin::tool {
namespace {

template <typename Number>
bool Read(const std::string& text, Number* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size();
}

CLI::Validator InRange(const char* words, double least, double most, bool least_too) {
  char range[80];
  std::snprintf(range, sizeof(range), words, least, most);
  const auto check = [=, expected = std::string(range)](std::string& text) {
    double value = 0;
    // A comparison with what is no number is false.
    const bool good = Read(text, &value) && (least_too ? value >= least : value > least) && value <= most;
    return good ? std::string() : "expected " + expected + " instead of '" + text + "'";
  };
  return CLI::Validator(check, "NUMBER");
}

}  // namespace

CLI::Validator Between(double least, double most) { return InRange("a number from %g .. %g", least, most, true); }

CLI::Validator Above(double least, double most) { return InRange("a number above %g, at most %g", least, most, false); }

CLI::Validator Positive() {
  const auto check = [](std::string& text) {
    uint64_t value = 0;
    const bool good = Read(text, &value) && value > 0;
    return good ? std::string() : "expected a whole number from 1 instead of '" + text + "'";
  };
  return CLI::Validator(check, "NUMBER");
}

}  // namespace burin::tool
