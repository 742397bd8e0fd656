// The options of match: as typed, and as the library takes them.
#ifndef BURIN_TOOLS_MATCH_OPTIONS_H_
#define BURIN_TOOLS_MATCH_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "output.h"

namespace CLI {
class App;
}

namespace burin::tool {

struct MatchOptions {
  std::string index;
  std::string pattern;
  bool has_pattern = false;
  std::string queries;
  std::string queries_map;

  int within = -1;  // -1: not given.
  std::string metric;
  std::string channel;
  double max_cost = -1;
  std::string top;
  std::string by = "record";

  std::vector<std::string> where;
  std::vector<std::string> classes;
  std::vector<std::string> components;
  std::string date;

  std::string length;
  std::string part;
  bool ncic = false;

  unsigned threads = 1;
  bool timing = false;
  uint64_t max_work = 0;
  uint64_t deadline_ms = 0;
  uint64_t max_hits = 0;
  std::string count;  // "", estimate, exact.
  bool read_into_memory = false;
  std::string pin;  // Of a registry.
  bool recover = false;
  OutputOptions output;
};

// What follows from the options: the reading's, the search's, and what the answer has to say about them.
struct MatchPlan {
  burin_reading_options reading = BURIN_READING_OPTIONS_INIT;
  Search search;
  bool unit = false;
  bool filtered = false;
  bool estimate = false;  // Say how many matches to expect instead of searching.
  bool count = false;     // Count them.
};

// Whether a channel on the command line is a file and not the name of a shipped one: it has a / or ends in .json.
bool IsChannelFile(const std::string& channel);

void AddMatchOptions(CLI::App* command, MatchOptions* options);

// Throws a usage failure where options contradict each other or cannot be read.
MatchPlan PlanMatch(const MatchOptions& options);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_OPTIONS_H_
