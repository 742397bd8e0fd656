// Figures out: rows of named fields, as aligned tables for people or as one JSON object a line for programs.
#ifndef BURIN_BENCH_ENGINE_REPORT_H_
#define BURIN_BENCH_ENGINE_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burin::bench {

struct Field {
  std::string_view name;
  std::string value;
  bool text = false;  // Else a number, or nothing.
};
Field Text(std::string_view name, std::string_view value);
Field Number(std::string_view name, double value, int decimals = 0);
// Nothing stays empty in a table and is null in JSON.
Field Number(std::string_view name, std::optional<double> value, int decimals = 0);

class Report {
 public:
  enum class Format : uint8_t { kTable, kNdjson };
  explicit Report(Format format) : format_(format) {}
  ~Report() { Flush(); }
  Report(const Report&) = delete;
  Report& operator=(const Report&) = delete;

  // A row of a kind. A table is written when a row of another kind comes, a JSON object at once.
  void Add(std::string_view kind, std::vector<Field> row);
  void Flush();

 private:
  void WriteJson(std::string_view kind, const std::vector<Field>& row) const;

  Format format_;
  std::string kind_;
  std::vector<std::vector<Field>> rows_;
};

}  // namespace burin::bench

#endif
