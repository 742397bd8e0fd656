// Answers without hits: what to expect of a query, or how many hits it has.
#include <cstdio>

#include "tools/match/answer.h"

namespace burin::tool {
namespace {

// Three digits say all that an estimate knows.
std::string Rough(double number) {
  char text[64];
  std::snprintf(text, sizeof(text), number < 100 ? "%.3g" : "%.0f", number);
  return text;
}

void AppendQuery(const AnswerContext& context, const Query& query, const Reading& reading, std::string* out) {
  if (context.format == Format::kTable) {
    *out += (context.batch ? "Query " + Printable(query.id) : "Reading") + ": " + Printable(query.pattern) + "\n";
    *out += "  " + Printable(reading.words()) + "\n\n";
  } else if (context.format == Format::kCsv) {
    AppendCsv(query.id, out);
    AppendCsvNext(query.pattern, out);
  } else {
    *out += "{\"id\":";
    AppendJson(query.id, out);
    *out += ",\"query\":";
    AppendJson(query.pattern, out);
    *out += ",\"words\":";
    AppendJson(reading.words(), out);
  }
}

void AppendEnd(const AnswerContext& context, std::string* out) {
  *out += context.format == Format::kNdjson ? "}\n" : context.format == Format::kTable && context.batch ? "\n\n" : "\n";
}

std::string CertificateOf(const AnswerContext& context, const burin_count& count) {
  return context.plan->unit ? Number(count.certificate) : Nats(count.certificate);
}

}  // namespace

std::string CountHeader(const AnswerContext& context) {
  return context.plan->estimate ? "query_id,query,expected,at_most,work\n"
                                : "query_id,query,count,complete,certificate,work\n";
}

void AppendEstimate(const AnswerContext& context, const Query& query, const Reading& reading,
                    const burin_estimate& estimate, std::string* out) {
  AppendQuery(context, query, reading, out);
  const std::string matches = Rough(estimate.matches), work = Rough(estimate.work), most = Number(estimate.at_most);
  if (context.format == Format::kTable) {
    *out += "Expected: about " + matches + " not excluded, at most " + most + "; about " + work + " units of work.";
  } else if (context.format == Format::kCsv) {
    *out += "," + matches + "," + most + "," + work;
  } else {
    *out += ",\"expected\":" + matches + ",\"at_most\":" + most + ",\"work\":" + work;
  }
  AppendEnd(context, out);
}

void AppendCount(const AnswerContext& context, const Query& query, const Reading& reading, const burin_count& count,
                 std::string* out) {
  AppendQuery(context, query, reading, out);
  const std::string matches = Number(count.matches), work = Number(count.work);
  const bool complete = count.complete != 0;
  if (context.format == Format::kTable) {
    *out += complete ? "Counted: " + matches + " not excluded."
                     : "The budget ran out: " + matches + " counted so far as not excluded, and there may be more.";
  } else if (context.format == Format::kCsv) {
    *out += "," + matches + (complete ? ",true," : ",false,") + CertificateOf(context, count) + "," + work;
  } else {
    *out += std::string(",\"complete\":") + (complete ? "true" : "false");
    if (!complete) *out += ",\"certificate\":" + CertificateOf(context, count);
    *out += ",\"not_searched\":" + Number(count.not_searched) + ",\"work\":" + work + ",\"count\":" + matches;
  }
  AppendEnd(context, out);
}

}  // namespace burin::tool
