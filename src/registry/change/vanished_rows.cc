#include "src/registry/change/vanished_rows.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "src/index/columns/attribute.h"

namespace burin::internal {
namespace {

// A share such as 0.29 is a little below itself in binary: 29 of 100 rows are within it all the same.
constexpr double kSlack = 1e-6;

uint64_t Allowed(const VanishCounts& counts, const VanishLimit& limit) {
  const double share = std::floor(std::clamp(limit.share, 0.0, 1.0) * static_cast<double>(counts.rows) + kSlack);
  return std::max(limit.rows, static_cast<uint64_t>(share));
}

}  // namespace

void UnreadRows::AddRow(std::optional<std::string_view> source) {
  if (!source) {
    ++of_any_source_;
    return;
  }
  const auto at = by_source_.find(*source);
  if (at != by_source_.end()) {
    ++at->second;
  } else {
    by_source_.emplace(*source, 1);
  }
}

void UnreadRows::AddTable(const std::string& path, uint64_t rows, bool whole) {
  if (!whole && unfinished_.empty()) unfinished_ = path;
  if (whole && rows == 0 && empty_.empty()) empty_ = path;
}

uint64_t UnreadRows::MayBeOf(std::string_view source) const {
  const auto at = by_source_.find(source);
  return of_any_source_ + (at == by_source_.end() ? 0 : at->second);
}

Status UnreadRows::Check(std::string_view source, const VanishCounts& counts, const VanishLimit& limit) const {
  if (!unfinished_.empty()) {
    return Status(StatusCode::kState, unfinished_ + ": was not read to its end, so nothing is known to have vanished");
  }
  const std::string of =
      std::to_string(counts.unseen) + " of " + std::to_string(counts.rows) + " rows of source " + QuoteValue(source);
  if (!empty_.empty() && !limit.empty_tables) {
    return Status(StatusCode::kBadInput, empty_ + ": has no rows; " + of + " would be deleted, nothing is");
  }
  const uint64_t gone = counts.unseen - std::min(counts.unseen, counts.unread);
  const uint64_t allowed = Allowed(counts, limit);
  if (gone <= allowed) return {};
  return Status(StatusCode::kBadInput,
                of + " would be deleted, at most " + std::to_string(allowed) + " may be: nothing is");
}

}  // namespace burin::internal
