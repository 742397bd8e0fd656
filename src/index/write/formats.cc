#include "src/index/write/formats.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace burin::internal {
namespace {

// A group costs every search a few hundred nanoseconds: it must hold enough keys to be worth that, and be a fair share
// of its length.
constexpr uint64_t kFewestKeys = 2048;
constexpr uint64_t kSmallestShare = 256;  // 1 / 256.
constexpr size_t kMostFormats = 32;

}  // namespace

Format FormatOf(const uint8_t* base_row, uint32_t length) {
  Format format = 0;
  for (uint32_t p = 0; p < length; ++p) format |= (base_row[p] >= 10 ? Format{1} : 0) << p;
  return format;
}

std::vector<Format> ChooseFormats(const SerialRows& rows) {
  std::vector<Format> chosen;
  const uint64_t total = rows.size();
  if (rows.length() > kMaxPackedLength || total < 2 * kFewestKeys) return chosen;
  absl::flat_hash_map<Format, uint64_t> counts;
  for (uint64_t row = 0; row < rows.base_rows(); ++row) ++counts[FormatOf(rows.base_row(row), rows.length())];
  const uint64_t least = std::max(kFewestKeys, total / kSmallestShare);
  uint64_t covered = 0;
  for (const auto& [format, count] : counts) {
    if (count < least) continue;
    chosen.push_back(format);
    covered += count;
  }
  // Of random symbols no few formats cover much: 10 of 36 are digits at every position.
  if (covered < total - total / 8 || chosen.size() > kMostFormats) chosen.clear();
  if (chosen.size() == 1 && covered == total) chosen.clear();
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace burin::internal
