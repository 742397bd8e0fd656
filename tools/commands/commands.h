// The commands. Each function adds one to the command line; parsing it sets *run, which does the work and answers the
// exit code.
#ifndef BURIN_TOOLS_COMMANDS_COMMANDS_H_
#define BURIN_TOOLS_COMMANDS_COMMANDS_H_

#include <functional>

namespace CLI {
class App;
}

namespace burin::tool {

using Run = std::function<int()>;

void AddBuild(CLI::App* app, Run* run);
void AddAdd(CLI::App* app, Run* run);
void AddDelete(CLI::App* app, Run* run);
void AddCompact(CLI::App* app, Run* run);
void AddPin(CLI::App* app, Run* run);
void AddBackup(CLI::App* app, Run* run);
void AddHold(CLI::App* app, Run* run);
void AddAudit(CLI::App* app, Run* run);
void AddMatch(CLI::App* app, Run* run);
void AddExplain(CLI::App* app, Run* run);
void AddReading(CLI::App* app, Run* run);
void AddReport(CLI::App* app, Run* run);
void AddReplay(CLI::App* app, Run* run);
void AddLookup(CLI::App* app, Run* run);
void AddFormats(CLI::App* app, Run* run);
void AddInfo(CLI::App* app, Run* run);
void AddVerify(CLI::App* app, Run* run);
void AddDump(CLI::App* app, Run* run);
void AddChannels(CLI::App* app, Run* run);
void AddTrain(CLI::App* app, Run* run);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_COMMANDS_COMMANDS_H_
