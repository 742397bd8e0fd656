// The answer to one query in the three formats.
#ifndef BURIN_TOOLS_MATCH_ANSWER_H_
#define BURIN_TOOLS_MATCH_ANSWER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "burin/burin.hpp"
#include "tools/io/output.h"
#include "tools/match/attributes.h"
#include "tools/match/match_options.h"
#include "tools/match/queries.h"

namespace burin::tool {

// What is the same for all queries of a run.
struct AnswerContext {
  const Attributes* attributes;
  const MatchPlan* plan;
  burin_index_info info;
  Format format;
  bool color = false;
  bool timing = false;  // `ns` and `work` are columns.
  bool batch = false;   // Queries come from a file.
  // Told of each query's result, in the order of the queries; empty: nobody is.
  std::function<void(const std::string& id, Result& result)> on_result = {};
};

struct Timing {
  uint64_t ns;
  uint64_t work;
};

// What comes before all answers: the header of a CSV.
std::string AnswerHeader(const AnswerContext& context);

// A query that was searched.
void AppendAnswer(const AnswerContext& context, const Query& query, const Reading& reading, Result* result,
                  const std::optional<Timing>& timing, std::string* out);

// What is known of a query without its hits: an estimate, or their number; answer_count.cc.
std::string CountHeader(const AnswerContext& context);
void AppendEstimate(const AnswerContext& context, const Query& query, const Reading& reading,
                    const burin_estimate& estimate, std::string* out);
void AppendCount(const AnswerContext& context, const Query& query, const Reading& reading, const burin_count& count,
                 std::string* out);

// What was found below which cost, where a search was stopped: "3 edits", "cost 4.16".
std::string CertificateWords(const AnswerContext& context, uint32_t certificate);

// What a hit's cost is made of, with further evidence; answer_joint.cc. As a member of its JSON, and as lines of a
// table; nothing without.
void AppendJsonJoint(const AnswerContext& context, Result* result, size_t i, std::string* out);
void AppendJointLines(const AnswerContext& context, Result* result, size_t i, std::string* out);

// A query that could not be read.
void AppendRefusal(const AnswerContext& context, const Query& query, const std::string& error, std::string* out);

// The table for people; answer_table.cc.
void AppendTable(const AnswerContext& context, const Query& query, const Reading& reading, Result* result,
                 const std::optional<Timing>& timing, std::string* out);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_ANSWER_H_
