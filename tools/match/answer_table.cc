// The answer to one query for people: the reading in words, the hits with the reading laid over them, and how complete
// that is.
#include <algorithm>
#include <limits>

#include "tools/match/alignment_rows.h"
#include "tools/match/answer.h"
#include "tools/match/evidence_rows.h"
#include "tools/match/match_run.h"
#include "tools/match/reason_rows.h"

namespace burin::tool {
namespace {

constexpr char kMarksMean[] =
    "  ^ another symbol   + in the serial only   - in the reading only   x neighbours swapped\n";

std::string CostOf(const burin_match& match) {
  return match.edits == BURIN_NO_EDITS ? "cost " + RoundNats(match.cost) : Counted(match.edits, "edit");
}

// Appends a hit; answers whether it has differences to explain.
bool AppendHit(const AnswerContext& context, const Reading& reading, Result* result, size_t i, std::string* out) {
  const burin_match& match = result->matches()[i];
  const char* bold = context.color ? "\033[1m" : "";
  const char* plain = context.color ? "\033[0m" : "";
  std::string rank = Number(i + 1);
  rank.insert(0, rank.size() < 4 ? 4 - rank.size() : 0, ' ');
  const std::string serial(result->serial(i)), text(result->text(i));
  *out +=
      rank + ". " + bold + Printable(serial) + plain + "   " + CostOf(match) + "   key " + Printable(result->key(i));
  if (!result->source(i).empty()) *out += "   source " + Printable(result->source(i));
  if ((match.flags & BURIN_MATCH_PARTIAL) != 0) *out += "   partial record";
  *out += '\n';
  const std::string attributes = context.attributes->Words(match.record_id);
  if (text != serial) *out += "      recorded as " + Printable(text) + "\n";
  if (!attributes.empty()) *out += "      " + attributes + "\n";
  if (context.plan->search.evidence) AppendWeightLine(*result, i, context.plan->joint != nullptr, out);
  AppendJointLines(context, result, i, out);
  // With several marks, words say what was read of each.
  if (context.plan->joint != nullptr && context.plan->joint->has_marks()) return false;
  const AlignmentRows rows = Align(result, i, reading, context.color);
  *out += "        reading  " + rows.reading + "\n        serial   " + rows.serial + "\n";
  if (!rows.marks.empty()) *out += "                 " + rows.marks + "\n";
  AppendReasonLines(DifferencesOf(result, i), context.plan->unit, out);
  return !rows.marks.empty();
}

std::string Noun(const AnswerContext& context) {
  const uint32_t by = context.plan->search.by;
  return by == BURIN_BY_SERIAL ? "serial" : by == BURIN_BY_WEAPON ? "weapon" : "record";
}

std::string Limit(const AnswerContext& context) {
  const Search& search = context.plan->search;
  if (context.plan->unit) {
    if (search.within < 0) return "at any number of edits";
    return "within " + Counted(static_cast<uint64_t>(search.within), "edit");
  }
  const uint32_t above = search.max_cost == 0 ? 18 * BURIN_COSTS_PER_NAT : search.max_cost;
  return "within " + RoundNats(above) + " nats of the best possible cost";
}

uint64_t TopOf(const AnswerContext& context) {
  const Search& search = context.plan->search;
  if (search.top == std::numeric_limits<uint64_t>::max()) return 0;
  return search.top == 0 && !context.plan->unit ? 10 : search.top;
}

// What is and what is not listed.
std::string Completeness(const AnswerContext& context, const Result& result) {
  const uint64_t hits = result.matches().size();
  const std::string noun = Noun(context);
  const std::string verb = hits == 1 ? " is" : " are";
  if (!result.complete()) {
    const std::string below = CertificateWords(context, result.certificate());
    const std::string sure = result.certificate() == 0 ? "" : "; every " + noun + " below " + below + " is listed";
    const uint64_t most = BoundOnHits(context);
    if (most != 0 && hits >= most) {
      return "Stopped at " + Counted(hits, noun) + " not excluded: there are more" + sure + ".";
    }
    return "The budget ran out: " + Counted(hits, noun) + " so far not excluded, and there may be more" + sure + ".";
  }
  if (hits == 0) return "No " + noun + " is " + Limit(context) + ": all were considered, none is listed.";
  if (hits == TopOf(context)) {
    return (hits == 1 ? "The best is listed" : "The " + Number(hits) + " best are listed") +
           "; others, at the same cost or above, may not be excluded either.";
  }
  if (context.plan->search.evidence) {
    return Counted(hits, noun) + verb + " listed: every " + noun + " " + Limit(context) + ".";
  }
  return Counted(hits, noun) + verb + " not excluded: every " + noun + " " + Limit(context) + " is listed.";
}

std::string Searched(const AnswerContext& context, const Result& result) {
  const uint64_t hidden = result.not_searched();
  const std::string cannot = hidden == 0 ? "none of them lacks" : Number(hidden) + (hidden == 1 ? " lacks" : " lack");
  if (context.plan->filtered) {
    return "Searched: those of " + Counted(context.info.records, "record") + " that pass the conditions; " + cannot +
           " a mark that can be searched.";
  }
  return "Searched: " + Counted(context.info.records - std::min(hidden, context.info.records), "record") + " of " +
         Number(context.info.records) + "; " + (hidden == 0 ? "none" : Number(hidden)) +
         (hidden == 1 || hidden == 0 ? " has" : " have") + " no mark that can be searched.";
}

}  // namespace

std::string CertificateWords(const AnswerContext& context, uint32_t certificate) {
  return context.plan->unit ? Counted(certificate, "edit") : "cost " + RoundNats(certificate);
}

void AppendTable(const AnswerContext& context, const Query& query, const Reading& reading, Result* result,
                 const std::optional<Timing>& timing, std::string* out) {
  *out += (context.batch ? "Query " + Printable(query.id) : "Reading") + ": " + Printable(query.pattern) + "\n";
  *out += "  " + Printable(reading.words()) + "\n\n";
  const size_t hits = result->matches().size();
  bool differences = false;
  for (size_t i = 0; i < hits; ++i) differences = AppendHit(context, reading, result, i, out) || differences;
  if (differences) *out += kMarksMean;
  if (hits > 0) *out += '\n';
  *out += Completeness(context, *result) + "\n" + Searched(context, *result) + "\n";
  if (context.plan->search.evidence) AppendEvidenceLines(*result, out);
  if (timing) *out += "Time: " + Number(timing->ns) + " ns; work: " + Number(timing->work) + ".\n";
  if (context.batch) *out += '\n';
}

}  // namespace burin::tool
