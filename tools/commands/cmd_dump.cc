// burin dump: every record of an index.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/io/progress.h"
#include "tools/match/attributes.h"

namespace burin::tool {
namespace {

struct DumpOptions {
  std::string index;
  std::string format = "csv";
  bool quiet = false;
};

constexpr const char* kKinds[] = {"", "serial", "partial", "missing"};

void AppendCsvRecord(const burin_mark& mark, Cursor* cursor, const Attributes& attributes, std::string* out) {
  AppendNumber(mark.record_id, out);
  AppendCsvNext(cursor->key(), out);
  AppendCsvNext(cursor->source(), out);
  AppendCsvNext(kKinds[mark.kind], out);
  AppendCsvNext(cursor->serial(), out);
  AppendCsvNext(burin_missing_name(mark.missing), out);
  AppendCsvNext(cursor->text(), out);
  attributes.AppendCsv(mark.record_id, out);
  *out += '\n';
}

void AppendJsonRecord(const burin_mark& mark, Cursor* cursor, const Attributes& attributes, std::string* out) {
  *out += "{\"record_id\":\"";
  AppendNumber(mark.record_id, out);
  *out += "\",\"key\":";
  AppendJson(cursor->key(), out);
  *out += ",\"source\":";
  AppendJson(cursor->source(), out);
  *out += ",\"kind\":\"";
  *out += kKinds[mark.kind];
  if (mark.kind == BURIN_MARK_MISSING) {
    *out += "\",\"missing\":";
    AppendJson(burin_missing_name(mark.missing), out);
  } else {
    *out += "\",\"serial\":";
    AppendJson(cursor->serial(), out);
  }
  *out += ",\"text\":";
  AppendJson(cursor->text(), out);
  *out += ",\"attributes\":";
  attributes.AppendJson(mark.record_id, out);
  *out += "}\n";
}

int Dump(const DumpOptions& options) {
  Paths("dump").ReadsIndex("INDEX", options.index).Check();
  const Index index(options.index);
  // All of it is read: damage must not pass as records.
  index.Verify();
  const Attributes attributes(index);
  const uint64_t records = index.info().records;
  const bool csv = options.format == "csv";
  Output output;
  Progress progress(!options.quiet);
  std::string text = csv ? "record_id,key,source,kind,serial,missing,text" : "";
  if (csv) attributes.AppendCsvHeader({"kind", "missing", "record_id", "text"}, &text);
  if (csv) text += '\n';
  Cursor cursor(index);
  for (uint64_t done = 0; const auto mark = cursor.Next(); ++done) {
    (csv ? AppendCsvRecord : AppendJsonRecord)(*mark, &cursor, attributes, &text);
    output.Write(text);
    text.clear();
    if (done % 4096 == 0) {
      CheckInterrupt();
      progress.Report("dump", done, records, "record", done);
    }
  }
  output.Write(text);
  output.Flush();
  return kDone;
}

}  // namespace

void AddDump(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("dump", "Write all records of an index");
  auto options = std::make_shared<DumpOptions>();
  command->add_option("INDEX", options->index, "The index")->required();
  command->add_option("--format", options->format, "csv (default) or ndjson")->check(CLI::IsMember({"csv", "ndjson"}));
  command->add_flag("-q,--quiet", options->quiet, "Print no progress");
  command->footer(
      "Serials come in their order, then partial records, then records without a mark.\n\nExamples:\n"
      "  burin dump marks.burin\n  burin dump marks.burin --format ndjson\n");
  command->callback([options, run] { *run = [options] { return Dump(*options); }; });
}

}  // namespace burin::tool
