// Answers as CSV and NDJSON.
#include "tools/match/answer.h"

#include "tools/match/evidence_rows.h"
#include "tools/match/reason_rows.h"

namespace burin::tool {
namespace {

void AppendJsonField(const char* name, std::string_view text, std::string* out) {
  *out += name;
  AppendJson(text, out);
}

void AppendJsonHit(const AnswerContext& context, const Reading& reading, Result* result, size_t i, std::string* out) {
  const burin_match& match = result->matches()[i];
  *out += "{\"record_id\":\"";
  AppendNumber(match.record_id, out);
  AppendJsonField("\",\"key\":", result->key(i), out);
  AppendJsonField(",\"source\":", result->source(i), out);
  AppendJsonField(",\"serial\":", result->serial(i), out);
  AppendJsonField(",\"text\":", result->text(i), out);
  *out += ",\"cost\":";
  if (match.edits == BURIN_NO_EDITS) {
    *out += Nats(match.cost);
  } else {
    AppendNumber(match.cost, out);
    *out += ",\"edits\":";
    AppendNumber(match.edits, out);
  }
  if ((match.flags & BURIN_MATCH_PARTIAL) != 0) *out += ",\"partial\":true";
  AppendJsonJoint(context, result, i, out);
  *out += ',';
  if (context.plan->search.evidence) AppendJsonWeight(*result, i, out);
  if (!context.plan->no_alignment) {
    *out += "\"alignment\":";
    AppendJsonAlignment(result, i, reading, context.plan->unit, out);
    *out += ',';
  }
  *out += "\"attributes\":";
  context.attributes->AppendJson(match.record_id, out);
  *out += '}';
}

void AppendNdjson(const AnswerContext& context, const Query& query, const Reading& reading, Result* result,
                  const std::optional<Timing>& timing, std::string* out) {
  AppendJsonField("{\"id\":", query.id, out);
  AppendJsonField(",\"query\":", query.pattern, out);
  AppendJsonField(",\"words\":", reading.words(), out);
  *out += ",\"complete\":";
  *out += result->complete() ? "true" : "false";
  if (!result->complete()) {
    *out += ",\"certificate\":";
    *out += context.plan->unit ? Number(result->certificate()) : Nats(result->certificate());
  }
  if (!context.plan->unit) {
    AppendJsonField(",\"channel\":{\"name\":", result->channel_name(), out);
    AppendJsonField(",\"hash\":", result->channel_hash(), out);
    *out += '}';
  }
  *out += ',';
  if (context.plan->search.evidence) AppendJsonEvidence(*result, out);
  *out += "\"not_searched\":";
  AppendNumber(result->not_searched(), out);
  if (timing) {
    *out += ",\"ns\":";
    AppendNumber(timing->ns, out);
    *out += ",\"work\":";
    AppendNumber(timing->work, out);
  }
  *out += ",\"hits\":[";
  const size_t hits = result->matches().size();
  for (size_t i = 0; i < hits; ++i) {
    if (i > 0) *out += ',';
    AppendJsonHit(context, reading, result, i, out);
  }
  *out += "]}\n";
}

void AppendCsvHit(const AnswerContext& context, const Query& query, Result* result, size_t i,
                  const std::optional<Timing>& timing, std::string* out) {
  const burin_match& match = result->matches()[i];
  AppendCsv(query.id, out);
  AppendCsvNext(query.pattern, out);
  *out += ',';
  AppendNumber(i + 1, out);
  *out += ',';
  if (match.edits == BURIN_NO_EDITS) {
    *out += Nats(match.cost) + ",";
  } else {
    *out += Number(match.cost) + "," + Number(match.edits);
  }
  *out += ',';
  AppendNumber(match.record_id, out);
  AppendCsvNext(result->key(i), out);
  AppendCsvNext(result->source(i), out);
  AppendCsvNext(result->serial(i), out);
  AppendCsvNext(result->text(i), out);
  if (context.plan->search.evidence) AppendCsvWeight(*result, i, out);
  if (timing) *out += "," + Number(timing->ns) + "," + Number(timing->work);
  context.attributes->AppendCsv(match.record_id, out);
  *out += '\n';
}

}  // namespace

std::string AnswerHeader(const AnswerContext& context) {
  if (context.format != Format::kCsv) return "";
  if (context.plan->estimate || context.plan->count) return CountHeader(context);
  std::string out = "query_id,query,rank,cost,edits,record_id,key,source,serial,text";
  if (context.plan->search.evidence) out += EvidenceColumns();
  if (context.timing) out += ",ns,work";
  context.attributes->AppendCsvHeader({"query_id", "query", "rank", "cost", "edits", "record_id", "text", "ns", "work"},
                                      &out);
  return out + "\n";
}

void AppendAnswer(const AnswerContext& context, const Query& query, const Reading& reading, Result* result,
                  const std::optional<Timing>& timing, std::string* out) {
  if (context.format == Format::kTable) return AppendTable(context, query, reading, result, timing, out);
  if (context.format == Format::kNdjson) return AppendNdjson(context, query, reading, result, timing, out);
  const size_t hits = result->matches().size();
  for (size_t i = 0; i < hits; ++i) AppendCsvHit(context, query, result, i, timing, out);
}

void AppendRefusal(const AnswerContext& context, const Query& query, const std::string& error, std::string* out) {
  if (context.format == Format::kNdjson) {
    AppendJsonField("{\"id\":", query.id, out);
    AppendJsonField(",\"query\":", query.pattern, out);
    AppendJsonField(",\"error\":", error, out);
    *out += "}\n";
  } else if (context.format == Format::kTable) {
    *out += "Query " + Printable(query.id) + ": " + Printable(query.pattern) + "\n  not searched: " + Printable(error) +
            "\n\n";
  }
}

}  // namespace burin::tool
