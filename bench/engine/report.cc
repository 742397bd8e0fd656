#include "bench/engine/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace burin::bench {

Field Text(std::string_view name, std::string_view value) { return {name, std::string(value), true}; }

Field Number(std::string_view name, double value, int decimals) {
  if (!std::isfinite(value)) return {name, ""};
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", decimals, value);
  return {name, text};
}

Field Number(std::string_view name, std::optional<double> value, int decimals) {
  return value ? Number(name, *value, decimals) : Field{name, ""};
}

void Report::WriteJson(std::string_view kind, const std::vector<Field>& row) const {
  std::string line = "{\"kind\": \"" + std::string(kind) + "\"";
  for (const Field& field : row) {
    const std::string value = field.text ? "\"" + field.value + "\"" : field.value.empty() ? "null" : field.value;
    line += ", \"" + std::string(field.name) + "\": " + value;
  }
  std::printf("%s}\n", line.c_str());
  std::fflush(stdout);
}

void Report::Add(std::string_view kind, std::vector<Field> row) {
  if (format_ == Format::kNdjson) return WriteJson(kind, row);
  if (kind != kind_) Flush();
  kind_ = kind;
  rows_.push_back(std::move(row));
}

void Report::Flush() {
  if (rows_.empty()) return;
  std::vector<int> widths;
  for (const Field& field : rows_[0]) widths.push_back(static_cast<int>(field.name.size()));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], static_cast<int>(row[i].value.size()));
  }
  std::printf("\n%s\n", kind_.c_str());
  const auto cell = [&](size_t i, std::string_view text, bool left) {
    std::printf("  %*.*s", left ? -widths[i] : widths[i], static_cast<int>(text.size()), text.data());
  };
  for (size_t i = 0; i < rows_[0].size(); ++i) cell(i, rows_[0][i].name, rows_[0][i].text);
  std::printf("\n");
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) cell(i, row[i].value, row[i].text);
    std::printf("\n");
  }
  std::fflush(stdout);
  rows_.clear();
}

}  // namespace burin::bench
