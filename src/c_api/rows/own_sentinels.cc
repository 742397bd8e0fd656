#include "src/c_api/rows/own_sentinels.h"

#include <utility>

#include "src/c_api/common/guard.h"
#include "src/c_api/rows/row_rejects.h"
#include "src/table/table_reader.h"

namespace burin::internal {
namespace {

std::string KindNames() {
  std::string names;
  for (size_t kind = 1; kind < kMissingKinds; ++kind) {
    if (static_cast<Missing>(kind) == Missing::kTooLong) continue;
    names += (names.empty() ? "" : ", ") + std::string(MissingName(static_cast<Missing>(kind)));
  }
  return names;
}

}  // namespace

Result<std::unique_ptr<SentinelTable>> ReadOwnSentinels(const std::string& path) {
  Result<std::unique_ptr<TableReader>> opened = TableReader::Open(path, {});
  if (!opened.ok()) return opened.status();
  TableReader& table = **opened;
  size_t text = 0, kind = 0;
  if (Status status = FindColumn(table, "text", &text); !status.ok()) return status;
  if (Status status = FindColumn(table, "kind", &kind); !status.ok()) return status;
  auto sentinels = std::make_unique<SentinelTable>();
  const auto bad = [&](std::string_view column, std::string_view reason) {
    return Status(StatusCode::kBadInput, table.path() + ", row " + std::to_string(table.row()) + " (line " +
                                             std::to_string(table.line()) + "), column '" + std::string(column) +
                                             "': " + std::string(reason));
  };
  for (;;) {
    const Result<RowState> next = table.Next();
    if (!next.ok()) return next.status();
    if (*next == RowState::kEnd) return sentinels;
    if (*next == RowState::kBad) return bad(table.bad_column(), table.bad_reason());
    const Missing missing = MissingOf(table.fields()[kind]);
    if (missing == Missing::kNone || missing == Missing::kTooLong) {
      return bad("kind", "no kind '" + std::string(table.fields()[kind]) + "'; expected one of " + KindNames());
    }
    if (!sentinels->Add(table.fields()[text], missing)) {
      return bad("text", "'" + std::string(table.fields()[text]) +
                             "' has neither letters nor digits, or stands above with another kind");
    }
  }
}

}  // namespace burin::internal
