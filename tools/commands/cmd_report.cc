// burin report: a receipt as a page of HTML.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/numbers.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"

namespace burin::tool {
namespace {

struct ReportArguments {
  std::string receipt;
  std::string kind = "investigative";
  double prior = 0;
  std::string out;
};

int Report(const ReportArguments& arguments) {
  Paths("report").Reads("RECEIPT", arguments.receipt).WritesText("--output", arguments.out).Check();
  Receipt receipt = Receipt::Open(arguments.receipt);
  burin_report_options options = BURIN_REPORT_OPTIONS_INIT;
  options.kind = arguments.kind == "evaluative" ? BURIN_REPORT_EVALUATIVE : BURIN_REPORT_INVESTIGATIVE;
  options.prior = arguments.prior;
  try {
    if (arguments.out == "-") {
      Output output;
      output.Write(receipt.Render(options));
      output.Flush();
    } else {
      receipt.WriteReport(options, arguments.out);
    }
  } catch (const Exception& exception) {
    throw FailureOf(exception, exception.code() == BURIN_IO ? "" : "report");
  }
  return kDone;
}

constexpr char kFooter[] =
    "The page needs no network and no script, and prints on A4. Both kinds say what was searched and what was not,\n"
    "the limits of the channel, and the hashes that burin replay checks.\n"
    "  investigative  which records to look at first: ranking, posteriors, differences with reasons\n"
    "  evaluative     likelihood ratios with both propositions in words, population, verbal scale; no posterior\n"
    "                 unless --prior gives the reader's own\n\n"
    "Examples:\n"
    "  burin report receipt.json -o leads.html\n"
    "  burin report receipt.json --kind evaluative -o report.html\n"
    "  burin report receipt.json --kind evaluative --prior 0.01 -o report.html\n\n"
    "Exit codes: 0 done; 2 usage; 3 no receipt, or one that was changed; 5 missing, full disk.\n";

}  // namespace

void AddReport(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("report", "Write a receipt as a page of HTML");
  auto arguments = std::make_shared<ReportArguments>();
  command->add_option("RECEIPT", arguments->receipt, "What burin match --receipt wrote")->required();
  command->add_option("--kind", arguments->kind, "investigative (default), evaluative")
      ->check(CLI::IsMember({"investigative", "evaluative"}));
  command
      ->add_option("--prior", arguments->prior,
                   "Evaluative: the reader's prior probability that the mark is a record's; adds a table over priors")
      ->check(Between(1e-12, 1 - 1e-12));
  command->add_option("-o,--output", arguments->out, "The file to write; - is standard output")->required();
  command->footer(kFooter);
  command->callback([arguments, run] { *run = [arguments] { return Report(*arguments); }; });
}

}  // namespace burin::tool
