// JSON into a string, value by value, for lines of NDJSON. Knows no locale; invalid UTF-8 in a text becomes U+FFFD, so
// the result is always valid JSON if the calls nest properly, which is the caller's duty.
#ifndef BURIN_SRC_TEXT_JSON_WRITER_H_
#define BURIN_SRC_TEXT_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace burin::internal {

class JsonWriter {
 public:
  // Appends to *out, which must outlive the writer.
  explicit JsonWriter(std::string* out) : out_(out) {}

  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  // The name of the member whose value is the next call.
  void Key(std::string_view name);

  void String(std::string_view text);
  void Integer(int64_t value);
  void Unsigned(uint64_t value);
  // `decimals` digits behind the point, 0 to 17; never -0. Not a number or infinite: null.
  void Fixed(double value, int decimals);
  void Bool(bool value) { Literal(value ? "true" : "false"); }
  void Null() { Literal("null"); }

  // Ends a line of NDJSON. REQUIRES: everything opened is closed.
  void EndLine();

 private:
  void Open(char bracket);
  void Close(char bracket);
  void Literal(std::string_view text);
  void Separate();
  void Quoted(std::string_view text);

  std::string* out_;
  bool comma_ = false;  // A value stands before what comes next.
};

}  // namespace burin::internal

#endif
