#include "tools/io/table_input.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/io/failure.h"

namespace burin::tool {
namespace {

uint32_t SeparatorOf(const std::string& text) {
  if (text.empty()) return 0;
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() == 1) return static_cast<uint8_t>(text[0]);
  throw Failure(kUsage, "--separator: expected ',', ';' or tab instead of '" + text + "'");
}

int32_t OnProgress(void* user, uint64_t bytes_read, uint64_t bytes_total, uint64_t rows) {
  const auto* shown = static_cast<TableProgress*>(user);
  shown->progress->Report(shown->what, bytes_read, bytes_total, "row", rows);
  return Interrupted();
}

}  // namespace

void AddTableOptions(CLI::App* command, TableInput* input) {
  command->add_option("--encoding", input->encoding,
                      "utf-8 (default), unicode, utf-16, cp1250, cp1251, cp1252, cp1256, iso-8859-5");
  command->add_option("--separator", input->separator, "',', ';' or tab; default: what the first line uses");
  command->add_flag("--no-header", input->no_header, "The first line is data; columns are named 1, 2, 3, ...");
}

Table OpenTable(const std::string& path, const TableInput& input) {
  burin_table_options options = BURIN_TABLE_OPTIONS_INIT;
  options.separator = SeparatorOf(input.separator);
  options.encoding = input.encoding.empty() ? nullptr : input.encoding.c_str();
  options.no_header = input.no_header ? 1 : 0;
  options.cancel = OnCancel;
  return Table(path, options);
}

void CheckInputs(std::string_view command, const std::vector<std::string>& inputs) {
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
    throw Failure(kUsage, std::string(command) + ": standard input can be read once only");
  }
}

void TableProgress::Watch(burin_mapping* mapping) {
  mapping->on_progress = OnProgress;
  mapping->progress_user = this;
}

}  // namespace burin::tool
