#include "src/query_log/chain_reader.h"

#include "src/base/sha256.h"
#include "src/query_log/log_chain.h"
#include "src/text/canonical_json.h"

namespace burin::internal {

Status ChainReader::Corrupt(uint64_t line, const std::string& what) const {
  return Status(StatusCode::kCorrupt, path_ + ": line " + std::to_string(line) + ": " + what);
}

Status ChainReader::Run(const std::map<uint64_t, std::string>& heads, std::set<std::string>* wanted,
                        std::vector<AuditedLine>* lines) {
  for (size_t end = rest_.find('\n'); end != rest_.npos; end = rest_.find('\n')) {
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (Status status = ReadLine(text, lines); !status.ok()) return status;
    Result<std::string> hash = Sha256Hex(text);
    if (!hash.ok()) return hash.status();
    before_ = std::exchange(end_, {end_.lines + 1, end_.bytes + end + 1, *std::move(hash)});
    const auto head = heads.find(end_.lines);
    if (head != heads.end() && head->second != end_.sha256) {
      return Corrupt(end_.lines,
                     "is not the line that was deposited: its hash is " + end_.sha256 + " instead of " + head->second);
    }
    const bool is_wanted = wanted->erase(end_.sha256) > 0;
    if (head != heads.end() || is_wanted) vouched_ = end_.lines;
  }
  if (!heads.empty() && heads.rbegin()->first > end_.lines) {
    return Corrupt(end_.lines + 1, "is not there: " + std::to_string(heads.rbegin()->first) + " lines were deposited");
  }
  if (end_.lines <= link_count_ && format_ == kLogFormat) return Corrupt(end_.lines + 1, "is not there");
  return {};
}

Status ChainReader::ReadLine(std::string_view text, std::vector<AuditedLine>* lines) {
  const std::string where = path_ + ": line " + std::to_string(end_.lines + 1);
  const Result<Json> json = ParseStrictJson(text, kMaxLogLine, where);
  if (!json.ok() || !json->is_object() || CanonicalJson(*json) != text) {
    Status error = json.ok() ? Corrupt(end_.lines + 1, "is not as a query log writes it")
                             : Status(StatusCode::kCorrupt, json.status().message());
    // The next line may say that its writer was stopped.
    if (format_ != kLogFormat || end_.lines == 0) return error;
    if (unfinished_++ == 0) {
      unfinished_error_ = std::move(error);
      unfinished_after_ = end_.sha256;
    }
    return {};
  }
  if (!json->contains("line") || !(*json)["line"].is_number_unsigned() || NumberIn(*json, "line") != end_.lines) {
    if (unfinished_ > 0) return unfinished_error_;
    return Corrupt(end_.lines + 1, "has another number than its place: lines are missing, moved or put in");
  }
  if (!json->contains("previous") || !(*json)["previous"].is_string() || TextIn(*json, "previous") != end_.sha256) {
    if (unfinished_ > 0) return unfinished_error_;
    if (end_.lines == 0) return Corrupt(1, "is no beginning of a chain");
    return Corrupt(end_.lines, "was changed: the line behind carries another hash");
  }
  if (end_.lines == 0) return ReadFirst(*json);
  if (end_.lines <= link_count_) {
    links_.push_back(LinkIn(*json));
    return {};
  }
  if (Status status = ReadGap(*json); !status.ok()) return status;
  lines->push_back({text, TextIn(*json, "time"), number_, end_.lines});
  return {};
}

Status ChainReader::ReadFirst(const Json& line) {
  if (TextIn(line, "format") != format_) return Corrupt(1, "is no beginning of a chain");
  if (TextIn(line, "chain") != name_) return Corrupt(1, "is the beginning of " + TextIn(line, "chain"));
  if (format_ != kLogFormat) return {};
  link_count_ = NumberIn(line, "links");
  return ReadGap(line);
}

Status ChainReader::ReadGap(const Json& line) {
  LogGap gap;
  if (format_ == kLogFormat && line.contains("gap")) {
    const std::optional<LogGap> said = GapOf(line["gap"]);
    if (!said) return Corrupt(end_.lines + 1, "gap: is not as a query log writes it");
    gap = *said;
    gaps_.emplace_back(end_.lines, gap);
  }
  if (unfinished_ != gap.unfinished) {
    return unfinished_ > 0 ? unfinished_error_ : Corrupt(end_.lines + 1, "says that a line before it is none");
  }
  if (unfinished_ > 0 && unfinished_after_ != gap.after) {
    return Corrupt(end_.lines - unfinished_, "was changed: the line behind the unfinished one carries another hash");
  }
  unfinished_ = 0;
  return {};
}

}  // namespace burin::internal
