// burin: the command line, and the one place where failures become a line and an exit code.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <new>
#include <string>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/output.h"

namespace burin::tool {
namespace {

constexpr char kAbout[] =
    "Burin finds the records that a damaged serial number does not exclude.\n"
    "A record that is listed is not excluded; nothing here identifies a weapon.";

constexpr char kFooter[] =
    "Examples:\n"
    "  burin build marks.csv --map serial=number,key=id -o marks.burin\n"
    "  burin match marks.burin 'A1?[38]4*' --within 1\n"
    "  burin match marks.burin 'A1?8~4!7' --top 5\n"
    "\n"
    "Exit codes: 0 done, or a hit; 1 no hit; 2 usage; 3 bad input; 4 corrupt or incompatible index;\n"
    "5 missing, unreadable, a directory, a full disk; 6 a budget stopped a search; 130 interrupted.\n";

std::string Version() {
  uint32_t oldest = 0, newest = 0;
  burin_format_range(&oldest, &newest);
  std::string text = std::string("burin ") + burin_version_string() + " (index format " + Number(oldest);
  if (newest != oldest) text += " to " + Number(newest);
  return text + ")\ncpu target: " + burin_cpu_target();
}

// One line of what CLI11 has to say.
std::string OneLine(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

int Print(const std::string& text) {
  Output output;
  output.Write(text);
  output.Flush();
  return kDone;
}

// "no command 'frob'; commands: build, ..." where the first argument is none.
void CheckCommand(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::string names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (command->check_name(argv[1])) return;
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  throw Failure(kUsage, "command line: no command '" + std::string(argv[1]) + "'; commands: " + names);
}

int Parse(CLI::App* app, int argc, char** argv, const Run& run) {
  CheckCommand(*app, argc, argv);
  try {
    app->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Print(app->help());
  } catch (const CLI::CallForAllHelp&) {
    return Print(app->help("", CLI::AppFormatMode::All));
  } catch (const CLI::CallForVersion&) {
    return Print(Version() + "\n");
  } catch (const CLI::ParseError& error) {
    const auto commands = app->get_subcommands();
    throw Failure(kUsage,
                  (commands.empty() ? "command line" : commands.back()->get_name()) + ": " + OneLine(error.what()));
  }
  return run();
}

int Main(int argc, char** argv) {
  CLI::App app(kAbout, "burin");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.set_version_flag("--version", Version(), "Print the version and the instructions in use, and exit");
  Run run;
  AddBuild(&app, &run);
  AddMatch(&app, &run);
  AddExplain(&app, &run);
  AddReading(&app, &run);
  AddReplay(&app, &run);
  AddReport(&app, &run);
  AddLookup(&app, &run);
  AddFormats(&app, &run);
  AddInfo(&app, &run);
  AddVerify(&app, &run);
  AddDump(&app, &run);
  AddAdd(&app, &run);
  AddDelete(&app, &run);
  AddCompact(&app, &run);
  AddPin(&app, &run);
  AddBackup(&app, &run);
  AddHold(&app, &run);
  AddAudit(&app, &run);
  AddChannels(&app, &run);
  AddTrain(&app, &run);
  return Parse(&app, argc, argv, run);
}

// Where one of the three standard descriptors is closed, the next file that is opened takes its number, and answers
// would be written into it: their places are taken by something that cannot be written, or read.
void HoldStandardDescriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest number that is free: this one.
    [[maybe_unused]] const int opened = ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// One line and the exit code. Whatever failed after a signal failed because of it.
int End(int code, const char* line) {
  while (!ClaimEnd()) ::pause();  // It is being ended from outside.
  if (const int signal = Interrupted(); signal != 0) {
    code = 128 + signal;
    line = "interrupted";
  }
  if (*line != 0) PrintError(line);
  return code;
}

int Guarded(int argc, char** argv) {
  try {
    HoldStandardDescriptors();
    CatchInterrupts();
    return Main(argc, argv);
  } catch (const Failure& failure) {
    return End(failure.code(), failure.what());
  } catch (const Exception& exception) {
    return End(CodeOf(exception.code()), exception.what());
  } catch (const std::bad_alloc&) {
    return End(kSystem, "memory: not enough");
  } catch (const std::exception& exception) {
    return End(kDefect, (std::string("defect: ") + exception.what()).c_str());
  }
}

}  // namespace
}  // namespace burin::tool

int main(int argc, char** argv) { return burin::tool::Guarded(argc, argv); }
