#include "src/query_log/log_head.h"

#include <utility>

#include "src/base/sha256.h"
#include "src/text/canonical_json.h"

namespace burin::internal {
namespace {

constexpr std::string_view kHeadFormat = "burin log head 1";

// A chain as it is, with all its lines.
Result<LogState> EndOf(const ChainText& text) {
  LogState state;
  state.bytes = text.whole.size();
  state.lines = text.lines;
  if (text.lines == 0) return state;
  Result<std::string> hash = Sha256Hex(text.last);
  if (!hash.ok()) return hash.status();
  state.sha256 = *std::move(hash);
  return state;
}

// A chain as it is made, before any query.
bool IsBeginning(const ChainText& text) {
  if (text.lines == 0 || !text.rest.empty()) return false;
  const std::string_view first = text.whole.substr(0, text.whole.find('\n'));
  const Result<Json> json = ParseStrictJson(first, kMaxLogLine, "");
  return json.ok() && IsLogLine(first, 0, "") && TextIn(*json, "format") == kLogFormat &&
         NumberIn(*json, "links") + 1 == text.lines;
}

// The one line behind a head that says it is being written, if it is that line.
Result<bool> Adopt(std::string_view tail, const LogHead& head, LogState* state) {
  const ChainText behind(tail);
  if (behind.lines != 1 || !behind.rest.empty()) return false;
  Result<std::string> hash = Sha256Hex(behind.last);
  if (!hash.ok()) return hash.status();
  if (*hash != head.next) return false;
  const bool whole = IsLogLine(behind.last, head.state.lines, head.state.sha256);
  *state = head.state;
  state->bytes += tail.size();
  state->lines += 1;
  state->sha256 = *std::move(hash);
  if (whole) {
    state->gap = {};  // It has said so.
  } else {
    state->gap.AddUnfinished(head.state.sha256);
  }
  return true;
}

}  // namespace

Json JsonOf(const LogGap& gap) {
  Json json = Json::object();
  if (gap.unfinished > 0) json["unfinished"] = {{"after", gap.after}, {"lines", gap.unfinished}};
  if (gap.lost) json["lost"] = {{"lines", gap.lost->lines}, {"sha256", gap.lost->sha256}};
  if (gap.found) json["found"] = *gap.found;
  return json;
}

std::optional<LogGap> GapOf(const Json& json) {
  LogGap gap;
  if (json.is_object() && json.contains("unfinished")) {
    gap.unfinished = NumberIn(json["unfinished"], "lines");
    gap.after = TextIn(json["unfinished"], "after");
  }
  if (json.is_object() && json.contains("lost")) {
    gap.lost = LogGap::Lost{NumberIn(json["lost"], "lines"), TextIn(json["lost"], "sha256")};
  }
  if (json.is_object() && json.contains("found")) gap.found = NumberIn(json, "found");
  if (gap.empty() || JsonOf(gap) != json) return std::nullopt;
  return gap;
}

std::string WriteLogHead(const LogHead& head) {
  Json json = {{"bytes", head.state.bytes},
               {"format", kHeadFormat},
               {"lines", head.state.lines},
               {"next", head.next},
               {"sha256", head.state.sha256}};
  if (!head.state.gap.empty()) json["gap"] = JsonOf(head.state.gap);
  std::string text = CanonicalJson(json);
  text.resize(kLogHeadBytes - 1, ' ');  // Five numbers of 20 digits and four hashes fit.
  return text + '\n';
}

std::optional<LogHead> ReadLogHead(std::string_view text) {
  if (text.size() != kLogHeadBytes) return std::nullopt;
  const Result<Json> json = ParseStrictJson(text, kLogHeadBytes, "");
  if (!json.ok() || !json->is_object()) return std::nullopt;
  LogHead head;
  head.state.bytes = NumberIn(*json, "bytes");
  head.state.lines = NumberIn(*json, "lines");
  head.state.sha256 = TextIn(*json, "sha256");
  head.next = TextIn(*json, "next");
  if (json->contains("gap")) {
    const std::optional<LogGap> gap = GapOf((*json)["gap"]);
    if (!gap) return std::nullopt;
    head.state.gap = *gap;
  }
  // A hash has 64 digits; anything longer could not have been written.
  if (head.state.sha256.size() > 64 || head.next.size() > 64 || head.state.gap.after.size() > 64) return std::nullopt;
  if (head.state.gap.lost && head.state.gap.lost->sha256.size() > 64) return std::nullopt;
  if (WriteLogHead(head) != text) return std::nullopt;
  return head;
}

Result<SettledChain> SettleChain(std::string_view bytes, const std::optional<LogHead>& head) {
  const ChainText text(bytes);
  SettledChain settled;
  settled.rest = text.rest;
  if (head && bytes.size() >= head->state.bytes && !head->next.empty()) {
    const std::string_view tail = bytes.substr(head->state.bytes);
    if (tail.find('\n') == tail.npos) {
      settled.state = head->state;  // The line was not written, or not to its end.
      settled.rest = tail;
      return settled;
    }
    const Result<bool> adopted = Adopt(tail, *head, &settled.state);
    if (!adopted.ok()) return adopted.status();
    if (*adopted) return settled;
  }
  Result<LogState> end = EndOf(text);
  if (!end.ok()) return end.status();
  settled.state = *std::move(end);
  if (!head && IsBeginning(text)) return settled;
  if (head) settled.state.gap = head->state.gap;
  LogGap& gap = settled.state.gap;
  if (head && bytes.size() == head->state.bytes && head->next.empty() && text.rest.empty()) return settled;
  if (head && bytes.size() < head->state.bytes) {
    if (!gap.lost) gap.lost = LogGap::Lost{head->state.lines, head->state.sha256};
  } else if (!gap.found) {
    gap.found = head ? head->state.lines : 0;
  }
  return settled;
}

}  // namespace burin::internal
