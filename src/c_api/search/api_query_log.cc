// The query log through the C API: written, read and checked.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "burin/query_log.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/search/result_handle.h"
#include "src/c_api/search/search_terms.h"
#include "src/query_log/audit.h"
#include "src/query_log/query_log.h"

struct burin_query_log {
  std::unique_ptr<burin::internal::QueryLog> log;
};

struct burin_audit {
  burin::internal::Audit audit;
  std::string heads, notes;
};

namespace burin::internal {
namespace {

std::string Said(const char* text) { return text == nullptr ? "" : text; }

Status AddTo(burin_query_log* log, const burin_query_entry& entry, const burin_index& index,
             const burin_result& result) {
  if (result.index != index.index) return Invalid("the result is of another index");
  LoggedQuery query;
  query.time = Said(entry.time);
  query.actor = Said(entry.actor);
  query.purpose = Said(entry.purpose);
  query.case_number = Said(entry.case_number);
  query.asked = Said(entry.asked);
  query.index = Said(entry.index_path);
  query.reading = result.reading->pattern ? *result.reading->pattern : result.reading->words;
  if (result.asked != nullptr) query.options = result.asked->options;
  if (result.channel != nullptr) query.channel = result.channel->hash;
  if (index.snapshot != nullptr) query.generation = index.snapshot->manifest().generation;
  query.complete = result.complete;
  query.matches = result.matches.size();
  for (size_t i = 0; i < std::min(result.matches.size(), kMaxLoggedRecords); ++i) {
    query.records.push_back(result.matches[i].record_id);
  }
  return log->log->Add(query);
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_query_log_open(const char* directory, const char* time, const burin_query_log_options* options,
                                  burin_query_log** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (directory == nullptr) return IsNull("directory");
    if (time == nullptr) return IsNull("time");
    burin_query_log_options known = BURIN_QUERY_LOG_OPTIONS_INIT;
    constexpr size_t kFirst = offsetof(burin_query_log_options, group_syncs);
    if (Status status = ReadOptions(options, kFirst, &known); !status.ok()) return status;
    if (known.no_sync > 1) return OutOfRange("no_sync: expected 0 or 1");
    if (known.group_syncs > 1) return OutOfRange("group_syncs: expected 0 or 1");
    QueryLog::Options ours;
    ours.syncs = known.no_sync == 1       ? QueryLog::Syncs::kUnsynced
                 : known.group_syncs == 1 ? QueryLog::Syncs::kGroups
                                          : QueryLog::Syncs::kEvery;
    if (known.cancel != nullptr) {
      ours.wait.cancelled = [cancel = known.cancel, user = known.cancel_user] { return cancel(user) != 0; };
    }
    Result<std::unique_ptr<QueryLog>> log = QueryLog::Open(Disk::System(), directory, time, std::move(ours));
    if (!log.ok()) return log.status();
    *out = new burin_query_log{*std::move(log)};
    return Status();
  });
}

void burin_query_log_destroy(burin_query_log* log) { delete log; }

burin_status burin_query_log_add(burin_query_log* log, const burin_query_entry* entry, const burin_index* index,
                                 const burin_result* result, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (log == nullptr) return IsNull("log");
    if (index == nullptr) return IsNull("index");
    if (result == nullptr) return IsNull("result");
    burin_query_entry known = BURIN_QUERY_ENTRY_INIT;
    if (Status status = ReadOptions(entry, sizeof(known), &known); !status.ok()) return status;
    return AddTo(log, known, *index, *result);
  });
}

burin_status burin_query_log_sync(burin_query_log* log, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (log == nullptr) return IsNull("log");
    return log->log->Sync();
  });
}

burin_status burin_audit_open(const char* directory, const char* heads, size_t heads_size, burin_audit** out,
                              burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (directory == nullptr) return IsNull("directory");
    if (BadText(heads, heads_size)) return IsNull("heads");
    const Result<std::vector<ChainHead>> deposited = ReadHeads(Text(heads, heads_size), "heads");
    if (!deposited.ok()) return deposited.status();
    Result<Audit> audit = Audit::Run(Disk::System(), directory, *deposited);
    if (!audit.ok()) return audit.status();
    std::string text = audit->Heads(), notes;
    for (const std::string& note : audit->notes()) notes += note + "\n";
    *out = new burin_audit{*std::move(audit), std::move(text), std::move(notes)};
    return Status();
  });
}

void burin_audit_destroy(burin_audit* audit) { delete audit; }

size_t burin_audit_chain_count(const burin_audit* audit) { return audit == nullptr ? 0 : audit->audit.chains().size(); }

burin_status burin_audit_get_chain(const burin_audit* audit, size_t i, burin_audit_chain* chain, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (audit == nullptr) return IsNull("audit");
    if (chain == nullptr) return IsNull("chain");
    if (i >= audit->audit.chains().size()) return OutOfRange("there is no chain " + std::to_string(i));
    const AuditedChain& c = audit->audit.chains()[i];
    *chain = {c.head.chain.c_str(), c.head.sha256.c_str(), c.head.lines, c.unfinished ? 1u : 0u, 0};
    return Status();
  });
}

size_t burin_audit_query_count(const burin_audit* audit) { return audit == nullptr ? 0 : audit->audit.lines().size(); }

burin_status burin_audit_get_query(const burin_audit* audit, size_t i, const char** json, size_t* size,
                                   burin_error** error) {
  if (json != nullptr) *json = nullptr;
  if (size != nullptr) *size = 0;
  return Guard(error, [&]() -> Status {
    if (audit == nullptr) return IsNull("audit");
    if (json == nullptr) return IsNull("json");
    if (size == nullptr) return IsNull("size");
    if (i >= audit->audit.lines().size()) return OutOfRange("there is no query " + std::to_string(i));
    const std::string_view text = audit->audit.lines()[i].text;
    *json = text.data();
    *size = text.size();
    return Status();
  });
}

const char* burin_audit_heads(const burin_audit* audit, size_t* size) {
  return audit == nullptr ? NoAnswer(size) : Answer(audit->heads, size);
}

const char* burin_audit_notes(const burin_audit* audit, size_t* size) {
  return audit == nullptr ? NoAnswer(size) : Answer(audit->notes, size);
}

}  // extern "C"
