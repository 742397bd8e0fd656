// What a hit's cost is made of, where there is more evidence than a reading.
#include <string>

#include "burin/burin_joint.hpp"
#include "tools/match/answer.h"

namespace burin::tool {

void AppendJsonJoint(const AnswerContext& context, Result* result, size_t i, std::string* out) {
  if (context.plan->joint == nullptr) return;
  *out += ",\"joint\":[";
  bool first = true;
  for (const burin_joint_term& term : JointTerms(result, i)) {
    *out += first ? "{\"of\":\"" : ",{\"of\":\"";
    *out += term.kind == BURIN_TERM_MARK ? "mark" : "attribute";
    *out += "\",\"stands\":\"";
    *out += burin_stands_name(term.stands);
    if (term.record_id != 0) *out += "\",\"record_id\":\"" + Number(term.record_id);
    *out += "\",\"cost\":" + Nats(term.cost) + ",\"words\":";
    AppendJson(term.words, out);
    *out += '}';
    first = false;
  }
  *out += ']';
}

void AppendJointLines(const AnswerContext& context, Result* result, size_t i, std::string* out) {
  if (context.plan->joint == nullptr) return;
  for (const burin_joint_term& term : JointTerms(result, i)) {
    *out += "      " + RoundNats(term.cost) + "  " + Printable(term.words);
    if (term.kind == BURIN_TERM_ATTRIBUTE) *out += std::string(": ") + burin_stands_name(term.stands);
    *out += '\n';
  }
}

}  // namespace burin::tool
