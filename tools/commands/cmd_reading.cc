// burin reading seal: a reading fixed before any search, with who read it, and a hash of all that.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/now.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/io/pending_file.h"
#include "tools/match/match_options.h"

namespace burin::tool {
namespace {

struct SealOptions {
  MatchOptions reading;  // PATTERN, --length, --part, --ncic.
  std::string examiner, exhibit, case_number, method, time;
  std::string out;
};

int WriteSeal(const SealOptions& options) {
  Paths("reading").WritesText("--output", options.out).Check();
  const MatchPlan plan = PlanMatch(options.reading);
  std::optional<Reading> reading;
  try {
    reading.emplace(options.reading.pattern, plan.reading);
  } catch (const Exception& exception) {
    throw FailureOf(exception, "PATTERN");
  }
  const std::string time = options.time.empty() ? Now() : options.time;
  burin_seal_options sealed = BURIN_SEAL_OPTIONS_INIT;
  sealed.examiner = options.examiner.c_str();
  sealed.exhibit = options.exhibit.c_str();
  sealed.case_number = options.case_number.c_str();
  sealed.method = options.method.c_str();
  sealed.time = time.c_str();
  const Seal seal(*reading, sealed);
  Output output;
  if (options.out == "-") {
    output.Write(seal.text());
  } else {
    PendingFile file(options.out);
    try {
      seal.Write(file.place());
    } catch (const Exception& exception) {
      throw Failure(CodeOf(exception.code()), file.Told(exception.what()));
    }
    output.Write("sealed: " + Printable(reading->words()) + "\nsha256: " + std::string(seal.hash()) + "\n");
    output.Flush();
    PointOfNoReturn end;
    file.Commit();
    end.Passed();
  }
  output.Flush();
  return kDone;
}

int ShowSeal(const std::string& path) {
  Paths("reading").Reads("SEAL", path).Check();
  const Seal seal = Seal::Open(path);
  const Reading reading = seal.reading();
  Output output;
  output.Write("reading: " + Printable(seal.pattern()) + "\n  " + Printable(reading.words()) +
               "\nsha256: " + std::string(seal.hash()) + "\n");
  output.Flush();
  return kDone;
}

constexpr char kFooter[] =
    "The seal says what was read before anybody searched: burin match --sealed FILE searches for just that, and the\n"
    "receipt of the search holds the seal. Give its hash to somebody else, or to a time stamping service, before the\n"
    "search: only then does it prove the order.\n\n"
    "Examples:\n"
    "  burin reading seal 'A1?[38]4*' --examiner 'J. Roe' --exhibit LAB-17/3 --method 'etched, steel' -o seal.json\n"
    "  burin reading check seal.json\n"
    "  burin match marks.burin --sealed seal.json --channel etched --receipt receipt.json\n\n"
    "Exit codes: 0 done; 2 usage; 3 no seal, or one that was changed; 5 missing, full disk.\n";

}  // namespace

void AddReading(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("reading", "Seal a reading before any search, or check a seal");
  command->require_subcommand(1);
  command->footer(kFooter);
  CLI::App* seal = command->add_subcommand("seal", "Write a reading and who read it to a file, with a hash");
  auto options = std::make_shared<SealOptions>();
  options->reading.has_pattern = true;
  seal->add_option("PATTERN", options->reading.pattern, "What could be read, in single quotes: docs/patterns.md")
      ->required();
  seal->add_option("--length", options->reading.length, "Symbols of the whole mark: N or M..N");
  seal->add_flag("--part{any}", options->reading.part, "The pattern is a part of the mark, as for match");
  seal->add_flag("--ncic", options->reading.ncic, "Compare as NCIC does, as for match");
  seal->add_option("--examiner", options->examiner, "Who read it");
  seal->add_option("--exhibit", options->exhibit, "What was read");
  seal->add_option("--case", options->case_number, "The case");
  seal->add_option("--method", options->method, "How it was made readable");
  seal->add_option("--time", options->time, "When it was read; default: now");
  seal->add_option("-o,--output", options->out, "The file to write; - is standard output")->required();
  seal->footer(kFooter);
  seal->callback([options, run] { *run = [options] { return WriteSeal(*options); }; });
  CLI::App* check = command->add_subcommand("check", "Check the hash of a seal and show its reading");
  auto path = std::make_shared<std::string>();
  check->add_option("SEAL", *path, "The file")->required();
  check->callback([path, run] { *run = [path] { return ShowSeal(*path); }; });
}

}  // namespace burin::tool
