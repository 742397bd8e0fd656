// What the tool writes: standard output in whole pieces, one line of standard error, JSON and CSV text.
#ifndef BURIN_TOOLS_IO_OUTPUT_H_
#define BURIN_TOOLS_IO_OUTPUT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace burin::tool {

// Standard output, buffered. A write that fails throws a Failure; a reader that went away ends the tool without a word.
class Output {
 public:
  void Write(std::string_view text);
  void Flush();
  // From now on nothing is written, until Release.
  void Hold() { held_ = true; }
  void Release() { held_ = false; }

 private:
  std::string buffer_;
  bool held_ = false;
};

// "burin: LINE" on standard error, whatever LINE holds.
void PrintError(std::string_view line);

// Text for people: control characters, and those that turn the direction of text, become "\x1B", "\u202E".
std::string Printable(std::string_view text);

// Columns of a terminal that printable text takes.
size_t WidthOf(std::string_view text);

// Appends a JSON string; bytes that are not UTF-8 become U+FFFD.
void AppendJson(std::string_view text, std::string* out);
// Appends `,"name":` or, at the start of an object, `"name":`.
void AppendJsonName(std::string_view name, std::string* out);

// Appends a field of a CSV line (RFC 4180), quoted if it has to be; AppendCsvNext puts a comma before it.
void AppendCsv(std::string_view text, std::string* out);
void AppendCsvNext(std::string_view text, std::string* out);

void AppendNumber(uint64_t number, std::string* out);
std::string Number(uint64_t number);

// 1 record, 2 records.
std::string Counted(uint64_t count, std::string_view noun);

// A cost in nats, given in 1/64: exactly, or with two decimals for people.
std::string Nats(uint32_t cost);
std::string RoundNats(uint32_t cost);

// --format, --color and --quiet of a command.
enum class Format { kTable, kCsv, kNdjson };
struct OutputOptions {
  std::string format;          // "": table on a terminal, else csv.
  std::string color = "auto";  // never, auto, always.
  bool quiet = false;
};
Format FormatOf(const OutputOptions& options);
bool ColorOf(const OutputOptions& options);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_OUTPUT_H_
