// burin audit: query logs are checked, and registries told to ask for a case.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/registry_options.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"

namespace burin::tool {
namespace {

struct AuditOptions {
  std::string log;
  std::string deposited;
  std::vector<std::string> heads;
  bool list = false;
  bool quiet = false;
};

struct RulesOptions {
  RegistryOptions registry;
  std::string needs_case;  // "", "required", "optional".
};

constexpr char kVerifyFooter[] =
    "A log is a directory with one chain of lines. Every line carries the hash of the line before, and the head "
    "beside\n"
    "the chain says where it ends. Whoever writes both anew, or removes both, is found only with a head that was "
    "noted\n"
    "elsewhere; the first line of the chain says what else is not protected.\n"
    "\n"
    "Exit codes: 0 sound; 2 usage; 3 the heads are none; 4 changed, incomplete or no log; 5 unreadable.\n"
    "\n"
    "Examples:\n"
    "  burin audit head queries > /mnt/elsewhere/2026-11-26.heads\n"
    "  burin audit verify queries --deposited /mnt/elsewhere/2026-11-26.heads\n"
    "  burin audit verify queries --list\n";

constexpr char kAuditFooter[] =
    "Examples:\n"
    "  burin match registry 'A1?4*' --log queries --actor roe --case 2026-114     keeps a log in the directory "
    "queries\n"
    "  burin audit verify queries                                                 was any line of it changed?\n"
    "  burin audit head queries > /mnt/elsewhere/2026-11-26.heads                 what to deposit elsewhere\n"
    "  burin audit verify queries --deposited /mnt/elsewhere/2026-11-26.heads     is anything gone since?\n"
    "  burin audit rules registry --case required                                 no search without a case\n";

std::string ReadWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure(kSystem, path + ": cannot open");
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) throw Failure(kSystem, path + ": cannot read");
  return text;
}

Audit OpenAudit(const AuditOptions& options) {
  Paths("audit").ReadsIndex("LOG", options.log).Reads("--deposited", options.deposited).Check();
  const std::string deposited = options.deposited.empty() ? "" : ReadWhole(options.deposited);
  std::string heads = deposited;
  for (const std::string& head : options.heads) heads += "\n" + head;
  try {
    return Audit(options.log, heads);
  } catch (const Exception& exception) {
    throw FailureOf(exception, exception.code() != BURIN_BAD_INPUT ? ""
                               : options.deposited.empty()         ? "--head"
                                                                   : options.deposited);
  }
}

int Verify(const AuditOptions& options) {
  const Audit audit = OpenAudit(options);
  for (std::string_view notes = audit.notes(); !notes.empty(); notes.remove_prefix(notes.find('\n') + 1)) {
    PrintError(std::string(notes.substr(0, notes.find('\n'))));
  }
  Output output;
  if (options.list) {
    for (size_t i = 0; i < audit.query_count(); ++i) output.Write(std::string(audit.query(i)) + "\n");
  } else if (!options.quiet) {
    output.Write(Printable(options.log) + ": sound: " + Number(audit.query_count()) +
                 (audit.query_count() == 1 ? " query" : " queries") + " in " + Counted(audit.chain_count(), "chain") +
                 "\n");
  }
  output.Flush();
  return kDone;
}

int Head(const AuditOptions& options) {
  const Audit audit = OpenAudit(options);
  Output output;
  output.Write(std::string(audit.heads()));
  output.Flush();
  return kDone;
}

int Rules(const RulesOptions& options) {
  Paths("audit rules").WritesDirectory("REGISTRY", options.registry.path).Check();
  try {
    if (!options.needs_case.empty()) {
      Registry registry(options.registry.path, WriterOptionsOf(options.registry));
      WarnOf(registry);
      registry.SetRules(options.needs_case == "required" ? BURIN_RULE_NEEDS_CASE : 0);
      registry.Commit();
    }
    const burin_registry_state state = RegistryState(Index(options.registry.path));
    if (options.registry.quiet) return kDone;
    Output output;
    output.Write(Printable(options.registry.path) + ": case " +
                 ((state.rules & BURIN_RULE_NEEDS_CASE) != 0 ? "required" : "optional") + "\n");
    output.Flush();
  } catch (const Exception& exception) {
    throw FailureOf(exception, exception.code() == BURIN_INVALID_ARGUMENT ? options.registry.path : "");
  }
  return kDone;
}

CLI::App* AddLog(CLI::App* audit, const char* name, const char* about, AuditOptions* options) {
  CLI::App* command = audit->add_subcommand(name, about);
  command->add_option("LOG", options->log, "The directory of the query log")->required();
  command->add_option("--deposited", options->deposited, "What audit head printed before: it must all be there still");
  command->add_option("--head", options->heads, "A line that audit head printed before, or its hash: as --deposited")
      ->allow_extra_args(false);
  command->footer(kVerifyFooter);
  return command;
}

}  // namespace

void AddAudit(CLI::App* app, Run* run) {
  CLI::App* audit = app->add_subcommand("audit", "Check a query log; make a registry ask for a case");
  audit->require_subcommand(1);
  audit->footer(kAuditFooter);
  auto options = std::make_shared<AuditOptions>();
  CLI::App* verify = AddLog(audit, "verify", "Check every line of a query log", options.get());
  verify->add_flag("--list", options->list, "Print all queries, by time, one JSON object a line");
  verify->add_flag("-q,--quiet", options->quiet, "Answer with the exit code alone");
  verify->callback([options, run] { *run = [options] { return Verify(*options); }; });
  CLI::App* head = AddLog(audit, "head", "Print what to note elsewhere: the hash in which the log ends", options.get());
  head->callback([options, run] { *run = [options] { return Head(*options); }; });
  auto rules = std::make_shared<RulesOptions>();
  CLI::App* command = audit->add_subcommand("rules", "Whether searches of a registry must say for which case they are");
  AddRegistryOptions(command, &rules->registry);
  command->add_option("--case", rules->needs_case, "required or optional; without it the rule is printed")
      ->check(CLI::IsMember({"required", "optional"}));
  command->footer("Example:\n  burin audit rules registry --case required\n");
  command->callback([rules, run] { *run = [rules] { return Rules(*rules); }; });
}

}  // namespace burin::tool
