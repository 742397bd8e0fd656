#include "src/query_log/query_log.h"

#include <chrono>
#include <initializer_list>
#include <utility>

#include "src/query_log/log_chain.h"
#include "src/text/canonical_json.h"
#include "src/text/strict_json.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool IsTime(std::string_view time) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  if (time.size() != kForm.size()) return false;
  for (size_t i = 0; i < time.size(); ++i) {
    const bool is_digit = time[i] >= '0' && time[i] <= '9';
    if (kForm[i] == 'd' ? !is_digit : time[i] != kForm[i]) return false;
  }
  return true;
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

int64_t SteadyMs() {
  using std::chrono::milliseconds;
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Result<std::unique_ptr<QueryLog>> QueryLog::Open(Disk& disk, const std::string& directory, std::string_view time,
                                                 Options options) {
  if (!IsTime(time)) {
    return Status(StatusCode::kInvalidArgument,
                  "time: expected the form 2026-11-26T18:07:33Z instead of '" + std::string(time) + "'");
  }
  if (!options.now_ms) options.now_ms = SteadyMs;
  Result<std::unique_ptr<LogFiles>> files =
      LogFiles::Open(disk, directory, time, options.syncs != Syncs::kUnsynced, options.wait);
  if (!files.ok()) return files.status();
  return std::unique_ptr<QueryLog>(new QueryLog(*std::move(files), std::move(options)));
}

QueryLog::~QueryLog() { (void)Sync(); }

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
  if (Status status = files_->Lock(options_.wait); !status.ok()) return status;
  Status status = AddLocked(std::move(line));
  files_->Unlock();
  if (!status.ok() && status.code() != StatusCode::kInvalidArgument) broken_ = status;
  return status;
}

Status QueryLog::AddLocked(Json line) {
  const Result<LogState> state = files_->Settle();
  if (!state.ok()) return state.status();
  line["line"] = state->lines;
  line["previous"] = state->sha256;
  if (!state->gap.empty()) line["gap"] = JsonOf(state->gap);
  std::string text = CanonicalJson(line);
  if (text.size() > kMaxLogLine) return Status(StatusCode::kInvalidArgument, "conditions: too long for the query log");
  const bool sync = SyncIsDue();
  if (Status status = files_->Append(*state, std::move(text), sync); !status.ok()) return status;
  waiting_ = !sync;
  if (sync) synced_ms_ = options_.now_ms();
  return {};
}

bool QueryLog::SyncIsDue() const {
  if (options_.syncs != Syncs::kGroups) return options_.syncs == Syncs::kEvery;
  return !synced_ms_ || options_.now_ms() - *synced_ms_ >= kGroupMs;
}

Status QueryLog::Sync() {
  const std::lock_guard lock(mutex_);
  if (!broken_.ok() || !waiting_ || options_.syncs == Syncs::kUnsynced) return broken_;
  if (Status status = files_->Sync(); !status.ok()) return broken_ = status;
  waiting_ = false;
  synced_ms_ = options_.now_ms();
  return {};
}

}  // namespace burin::internal
