#include "src/report/query_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>
#include <span>
#include <utility>

#include "src/base/bytes.h"
#include "src/base/sha256.h"
#include "src/channel/strict_json.h"
#include "src/mark/fold.h"
#include "src/report/canonical_json.h"
#include "src/report/log_chain.h"

namespace burin::internal {
namespace {

// "20261126T180733Z" of "2026-11-26T18:07:33Z"; nothing of any other text.
std::optional<std::string> DigitsOf(std::string_view time) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  if (time.size() != kForm.size()) return std::nullopt;
  std::string digits;
  for (size_t i = 0; i < time.size(); ++i) {
    const bool is_digit = time[i] >= '0' && time[i] <= '9';
    if (kForm[i] == 'd' ? !is_digit : time[i] != kForm[i]) return std::nullopt;
    if (is_digit || kForm[i] == 'T' || kForm[i] == 'Z') digits += time[i];
  }
  return digits;
}

Status CheckText(std::string_view name, const std::string& text) {
  if (text.size() > kMaxLogText) {
    return Status(StatusCode::kInvalidArgument,
                  std::string(name) + ": over " + std::to_string(kMaxLogText) + " bytes for the query log");
  }
  if (IsValidUtf8(text)) return {};
  return Status(StatusCode::kInvalidArgument, std::string(name) + ": not UTF-8");
}

Json OptionsOf(const ReceiptOptions& options) {
  Json json = {{"by", options.by},
               {"costs", options.costs},
               {"max_cost", options.max_cost},
               {"top", options.top},
               {"within", options.within}};
  const auto list = [&](const char* name, const std::vector<std::string>& values) {
    if (!values.empty()) json[name] = values;
  };
  list("where", options.where);
  list("classes", options.classes);
  list("components", options.components);
  if (options.date) json["date"] = *options.date;
  return json;
}

Json LineOf(const LoggedQuery& query) {
  Json line = {{"actor", query.actor},       {"asked", query.asked},     {"case", query.case_number},
               {"complete", query.complete}, {"index", query.index},     {"matches", query.matches},
               {"purpose", query.purpose},   {"reading", query.reading}, {"records", query.records},
               {"time", query.time}};
  if (query.options) line["options"] = OptionsOf(*query.options);
  if (!query.channel.empty()) line["channel"] = query.channel;
  if (query.generation > 0) line["generation"] = query.generation;
  return line;
}

Status Failed(const std::string& path, const char* what, int64_t code) {
  return Status(StatusCode::kIo, path + ": cannot " + what + ": " + ErrnoText(static_cast<int>(-code)));
}

}  // namespace

Result<std::unique_ptr<QueryLog>> QueryLog::Open(Disk& disk, const std::string& directory, std::string_view time,
                                                 bool sync) {
  const std::optional<std::string> digits = DigitsOf(time);
  if (!digits) {
    return Status(StatusCode::kInvalidArgument,
                  "time: expected the form 2026-11-26T18:07:33Z instead of '" + std::string(time) + "'");
  }
  if (disk.KindOf(directory) == Disk::Kind::kNothing) {
    if (const int code = disk.MakeDirectory(directory); code < 0 && code != -EEXIST) {
      return Failed(directory, "create", code);
    }
    if (const int code = disk.SyncDirectory(DirectoryOf(directory)); code < 0) return Failed(directory, "sync", code);
  }
  // Two processes of one number: on two machines, or one after the other in the same second.
  std::string name;
  int file = -EEXIST;
  for (int attempt = 1; file == -EEXIST && attempt < 10'000; ++attempt) {
    name = ChainName(*digits + "-" + std::to_string(::getpid()) + (attempt == 1 ? "" : "-" + std::to_string(attempt)));
    file = disk.Open(directory + "/" + name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND);
  }
  const std::string path = directory + "/" + name;
  if (file < 0) return Failed(path, "create", file);
  std::unique_ptr<QueryLog> log(new QueryLog(disk, path, file, sync));
  const Json first = {{"chain", name}, {"format", kChainFormat}, {"line", 0}, {"previous", ""}, {"time", time}};
  Status status = log->Append(CanonicalJson(first));
  if (status.ok() && sync) {
    if (const int code = disk.SyncDirectory(directory); code < 0) status = Failed(directory, "sync", code);
  }
  if (!status.ok()) return status;
  return log;
}

QueryLog::~QueryLog() { disk_.Close(file_); }

Status QueryLog::Add(const LoggedQuery& query) {
  const std::initializer_list<std::pair<const char*, const std::string*>> texts = {
      {"time", &query.time},   {"actor", &query.actor}, {"purpose", &query.purpose}, {"case", &query.case_number},
      {"asked", &query.asked}, {"index", &query.index}, {"reading", &query.reading}};
  for (const auto& [name, text] : texts) {
    if (Status status = CheckText(name, *text); !status.ok()) return status;
  }
  Json line = LineOf(query);
  const std::lock_guard lock(mutex_);
  if (!broken_.ok()) return broken_;
  line["line"] = lines_;
  line["previous"] = previous_;
  std::string text = CanonicalJson(line);
  if (text.size() > kMaxLogLine) return Status(StatusCode::kInvalidArgument, "conditions: too long for the query log");
  return Append(std::move(text));
}

Status QueryLog::Append(std::string line) {
  Result<std::string> hash = Sha256Hex(line);
  if (!hash.ok()) return hash.status();
  line += '\n';
  ByteSpan left = AsBytes(line);
  while (!left.empty()) {
    const int64_t written = disk_.Write(file_, left);
    if (written < 0) return broken_ = Failed(path_, "write", written);
    left = left.subspan(static_cast<size_t>(written));
  }
  if (sync_) {
    if (const int code = disk_.Sync(file_); code < 0) return broken_ = Failed(path_, "sync", code);
  }
  previous_ = *std::move(hash);
  ++lines_;
  return {};
}

}  // namespace burin::internal
