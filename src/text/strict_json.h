// JSON as this project takes it: RFC 8259, no name twice in an object, bounded in size and depth; and reading values
// out of it with one line of error that says where. It shows nlohmann-json, and is the one place that does.
#ifndef BURIN_SRC_TEXT_STRICT_JSON_H_
#define BURIN_SRC_TEXT_STRICT_JSON_H_

#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"

namespace burin::internal {

using Json = nlohmann::json;

inline constexpr size_t kMaxJsonDepth = 8;

// kBadInput: "NAME: byte B: ...", with the byte (from 0) as position, or "NAME: PATH: ..." for a name that comes twice.
Result<Json> ParseStrictJson(std::string_view text, size_t max_bytes, std::string_view name,
                             size_t max_depth = kMaxJsonDepth);

// A value in a document, and how to get there.
struct JsonAt {
  const Json* value;
  std::string path;  // RFC 6901: "/misread/certain"; "" is the document.

  bool Has(std::string_view member) const;
  JsonAt operator[](std::string_view member) const;  // REQUIRES: Has(member).
  JsonAt operator[](size_t i) const;                 // REQUIRES: i < value->size().
};

// Takes values out of a document and keeps the first fault; after one every call answers something harmless.
class JsonReader {
 public:
  explicit JsonReader(std::string_view name) : name_(name) {}
  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }

  void Fail(const std::string& path, const std::string& what);
  // "expected WHAT instead of" what is there.
  void Expected(const JsonAt& at, const std::string& what);
  // Whether it is an object with none but these members.
  bool Object(const JsonAt& at, std::span<const std::string_view> members);
  bool Object(const JsonAt& at, std::initializer_list<std::string_view> members) {
    return Object(at, std::span<const std::string_view>(members.begin(), members.size()));
  }
  // Whether it is an array of least .. most values; `what` says of what.
  bool Array(const JsonAt& at, size_t least, size_t most, const std::string& what);
  double Number(const JsonAt& at, double low, double high);
  // Valid UTF-8 of at most so many bytes, without control characters.
  std::string Text(const JsonAt& at, size_t least, size_t most);

 private:
  std::string name_;
  Status status_;
};

// A number as JSON, the shortest text that reads as the same double.
void AppendJsonNumber(double number, std::string* out);
// A string as JSON; what is not UTF-8 becomes U+FFFD.
std::string JsonText(std::string_view text);

}  // namespace burin::internal

#endif
