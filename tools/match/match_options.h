// The options of match: as typed, and as the library takes them.
#ifndef BURIN_TOOLS_MATCH_MATCH_OPTIONS_H_
#define BURIN_TOOLS_MATCH_MATCH_OPTIONS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "burin/burin_joint.hpp"
#include "tools/io/output.h"

namespace CLI {
class App;
}

namespace burin::tool {

// Where a receipt goes, and what stands beside the answer in it.
struct ReceiptPlan {
  std::string path;
  std::string sealed;  // The reading is taken from this seal.
  std::string examiner, exhibit;
};

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
  double prior_present = 0;  // 0: not given.
  bool has_min_lr = false;
  double min_lr = 0;
  std::string top;
  std::string by = "record";

  std::vector<std::string> where;
  std::vector<std::string> classes;
  std::vector<std::string> components;
  std::string date;

  std::vector<std::string> believe;
  std::string synonyms;
  std::vector<std::string> also;
  std::vector<std::string> marks;  // COMPONENT:PATTERN.
  std::string component;           // Of PATTERN, if it is a mark.

  std::string length;
  std::string part;
  bool ncic = false;

  unsigned threads = 1;
  bool timing = false;
  uint64_t max_work = 0;
  uint64_t deadline_ms = 0;
  uint64_t max_hits = 0;
  uint64_t max_memory = 0;  // 0: not given.
  std::string count;        // "", estimate, exact.
  bool no_alignment = false;
  ReceiptPlan receipt;
  std::string log, actor;  // A query log, and who asks.
  bool log_sync = false;
  std::string case_number, purpose;  // For the receipt, the log and the rules of a registry.
  bool read_into_memory = false;
  bool check = false;
  std::string pin;  // Of a registry.
  bool recover = false;
  OutputOptions output;
};

// What follows from the options: the reading's, the search's, and what the answer has to say about them.
struct MatchPlan {
  burin_reading_options reading = BURIN_READING_OPTIONS_INIT;
  Search search;
  std::shared_ptr<Joint> joint = {};  // Of the search; empty: nothing beside the reading.
  bool unit = false;
  bool filtered = false;
  bool estimate = false;  // Say how many matches to expect instead of searching.
  bool count = false;     // Count them.
  bool no_alignment = false;
};

// Whether a channel on the command line is a file and not the name of a shipped one: it has a / or ends in .json.
bool IsChannelFile(const std::string& channel);

void AddMatchOptions(CLI::App* command, MatchOptions* options);

// Without PATTERN and --queries, a mark is the pattern: the one on frame or receiver, or the first.
void TakePatternFromMarks(MatchOptions* options);

// Throws a usage failure where options contradict each other or cannot be read.
MatchPlan PlanMatch(const MatchOptions& options);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_MATCH_OPTIONS_H_
