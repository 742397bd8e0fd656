// burin formats: which makers' formats a serial or a reading fits.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/match/format_rows.h"

namespace burin::tool {
namespace {

struct FormatsOptions {
  std::string pattern;
  std::string maker;
  std::string model;
  std::string file;
  OutputOptions output;
};

Formats Open(const FormatsOptions& options) { return options.file.empty() ? Formats() : Formats(options.file); }

// Those of the maker, if one is given; the commonest first.
std::vector<burin_format> Listed(const Formats& formats, const std::vector<uint32_t>& fitting,
                                 const std::string& maker) {
  std::vector<burin_format> listed;
  for (const uint32_t number : fitting) {
    if (maker.empty() || formats.IsOf(number, maker)) listed.push_back(formats[number]);
  }
  std::stable_sort(listed.begin(), listed.end(),
                   [](const burin_format& a, const burin_format& b) { return a.seen > b.seen; });
  return listed;
}

int ListFormats(const FormatsOptions& options) {
  Paths("formats").Reads("--formats", options.file).Check();
  const Formats formats = Open(options);
  std::optional<Reading> reading;
  try {
    reading.emplace(options.pattern);
  } catch (const Exception& exception) {
    throw FailureOf(exception, "PATTERN");
  }
  const std::vector<uint32_t> fitting = formats.Match(*reading);
  FormatAnswer answer = {options.pattern, std::string(reading->words()), Listed(formats, fitting, options.maker), {}};
  bool fits = !answer.listed.empty();
  if (!options.maker.empty()) {
    answer.maker = {options.maker, options.model, formats.Judge(fitting, options.maker, options.model),
                    formats.Explain(fitting, options.maker, options.model)};
    fits = answer.maker->verdict.fit == BURIN_MAKER_FITS;
  }
  Output output;
  output.Write(RowsOf(answer, FormatOf(options.output)));
  output.Flush();
  return fits ? kDone : kNoHit;
}

constexpr char kFooter[] =
    "The table knows what was seen or written down, not all that was made: a serial that fits nothing may be\n"
    "genuine, and one that fits proves nothing. No search drops a record for it.\n\n"
    "Examples:\n"
    "  burin formats ABC1234\n"
    "  burin formats 'A?[38]*' --format csv\n"
    "  burin formats 'T??12345' --maker Taurus\n"
    "  burin formats AB12345 --formats mine.tsv\n\n"
    "Exit codes: 0 some format fits (with --maker, one of that maker's; with --model, of that model's, if it\n"
    "has any); 1 none fits; 2 usage; 3 a bad line in --formats; 5 missing or unreadable.\n";

}  // namespace

void AddFormats(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("formats", "List the makers' formats that a serial or a reading fits");
  auto options = std::make_shared<FormatsOptions>();
  command->add_option("SERIAL_OR_PATTERN", options->pattern, "A serial, or what can be read of one")->required();
  CLI::Option* const maker =
      command->add_option("--maker", options->maker, "List this maker's only, and say whether the reading fits them");
  command->add_option("--model", options->model, "With --maker: this model of it")->needs(maker);
  command->add_option("--formats", options->file,
                      "A table of formats instead of the one that Burin brings; - is stdin");
  command
      ->add_option("--format", options->output.format, "table (default on a terminal), csv (default elsewhere), ndjson")
      ->check(CLI::IsMember({"table", "csv", "ndjson"}));
  command->footer(kFooter);
  command->callback([options, run] { *run = [options] { return ListFormats(*options); }; });
}

}  // namespace burin::tool
