// burin verify: checks every byte of an index.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"

namespace burin::tool {
namespace {

struct VerifyOptions {
  std::string index;
  bool quiet = false;
};

int Verify(const VerifyOptions& options) {
  Paths("verify").ReadsIndex("INDEX", options.index).Check();
  const Index index(options.index);
  try {
    index.Verify();
  } catch (const Exception& exception) {
    const bool named = std::string_view(exception.what()).starts_with(options.index);
    throw FailureOf(exception, named ? "" : options.index);
  }
  if (options.quiet) return kDone;
  const burin_index_info info = index.info();
  Output output;
  output.Write(options.index + ": sound: " + Counted(info.records, "record") + ", " + Counted(info.file_bytes, "byte") +
               " checked\n");
  output.Flush();
  return kDone;
}

}  // namespace

void AddVerify(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("verify", "Check everything in an index: every checksum, every rule");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("INDEX", options->index, "The index")->required();
  command->add_flag("-q,--quiet", options->quiet, "Answer with the exit code alone");
  command->footer(
      "Exit code 0: it is sound; 4: it is not, and the first fault is named.\n\nExample:\n"
      "  burin verify marks.burin\n");
  command->callback([options, run] { *run = [options] { return Verify(*options); }; });
}

}  // namespace burin::tool
