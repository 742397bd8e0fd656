// A part of verifying an index: no two rows of a source have one key, and the section ROWS finds each row.
//
// Records of one row follow each other and have one source and one key. So a row begins where either changes, and no
// other row may have both. Where rows are sorted by a hash of both (ROWS), those with equal hashes are compared; where
// keys are numbers that do not fall, rows of one key are neighbours; else hashes are made here, 8 bytes a row.
#include "src/index/view/index_file.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "src/index/file/sections.h"
#include "src/index/keys/sort_keys.h"
#include "src/index/records/row_finder.h"

namespace burin::internal {
namespace {

class RowKeys {
 public:
  RowKeys(const Index& index, const AttributeColumn* sources) : index_(index), sources_(sources) {}

  // Calls use(record, source, key) for the first record of each row, until it answers false.
  template <typename Use>
  bool ForEach(const Use& use) const {
    std::string key, last;
    for (uint64_t record = 0; record < index_.record_count(); ++record) {
      key.clear();
      index_.AppendKey(record, &key);
      if (record > 0 && key == last && Code(record) == Code(record - 1)) continue;
      if (!use(record, Source(record), key)) return false;
      last.swap(key);
    }
    return true;
  }
  bool IsFirst(uint64_t record) const {
    return record == 0 || Code(record) != Code(record - 1) || Key(record) != Key(record - 1);
  }
  std::string Key(uint64_t record) const {
    std::string key;
    index_.AppendKey(record, &key);
    return key;
  }
  uint32_t Code(uint64_t record) const { return sources_ == nullptr ? 0 : sources_->code(record); }
  std::string_view Source(uint64_t record) const {
    return sources_ == nullptr ? std::string_view() : sources_->text(sources_->code(record));
  }

 private:
  const Index& index_;
  const AttributeColumn* sources_;
};

Status Twice(std::string_view source, std::string_view key) {
  std::string what = "two rows have the key " + QuoteValue(key);
  if (!source.empty()) what += " of source " + QuoteValue(source);
  return Status(StatusCode::kCorrupt, what);
}

// Rows of one key are neighbours.
Status VerifyNeighbours(const RowKeys& rows) {
  Status status;
  std::string last;
  std::vector<uint32_t> sources;  // Of the rows with this key so far.
  rows.ForEach([&](uint64_t record, std::string_view source, const std::string& key) {
    if (key != last) sources.clear();
    const uint32_t code = rows.Code(record);
    if (std::find(sources.begin(), sources.end(), code) != sources.end()) status = Twice(source, key);
    sources.push_back(code);
    last = key;
    return status.ok();
  });
  return status;
}

// Equal hashes are rare, so what has one is looked at closely.
Status VerifyByHashes(const RowKeys& rows) {
  std::vector<uint64_t> hashes, repeated;
  rows.ForEach([&](uint64_t, std::string_view source, const std::string& key) {
    hashes.push_back(HashOfRow(source, key));
    return true;
  });
  SortKeys(std::span(hashes));
  for (size_t i = 1; i < hashes.size(); ++i) {
    if (hashes[i] == hashes[i - 1] && (repeated.empty() || repeated.back() != hashes[i])) repeated.push_back(hashes[i]);
  }
  if (repeated.empty()) return {};
  std::vector<std::pair<std::string, std::string>> alike;
  rows.ForEach([&](uint64_t, std::string_view source, const std::string& key) {
    if (std::binary_search(repeated.begin(), repeated.end(), HashOfRow(source, key))) alike.emplace_back(source, key);
    return true;
  });
  std::sort(alike.begin(), alike.end());
  const auto same = std::adjacent_find(alike.begin(), alike.end());
  return same == alike.end() ? Status() : Twice(same->first, same->second);
}

// Each entry is the first record of a row and has its hash, no two have one source and key, and there are as many as
// rows.
Status VerifyRowFinder(const RowKeys& rows, const RowFinder& finder) {
  const auto broken = [](const std::string& what) { return Status(StatusCode::kCorrupt, what); };
  if (Status status = finder.Verify(); !status.ok()) return status;
  std::vector<uint64_t> alike;  // Records before, of the same hash.
  for (uint64_t i = 0; i < finder.size(); ++i) {
    const uint64_t record = finder.Record(i);
    const std::string key = rows.Key(record);
    const std::string_view source = rows.Source(record);
    if (!finder.Agrees(i, HashOfRow(source, key))) return broken("row " + std::to_string(i) + " has another key");
    if (!rows.IsFirst(record)) return broken("row " + std::to_string(i) + " is not the first record of one");
    if (i > 0 && !finder.SameHash(i - 1, i)) alike.clear();
    for (const uint64_t other : alike) {
      if (rows.Code(other) == rows.Code(record) && rows.Key(other) == key) return Twice(source, key);
    }
    alike.push_back(record);
  }
  uint64_t count = 0;
  rows.ForEach([&](uint64_t, std::string_view, const std::string&) { return ++count <= finder.size(); });
  return count == finder.size() ? Status() : broken("does not have every row");
}

}  // namespace

Status IndexFile::VerifyKeys() const {
  const AttributeColumn* const sources = FindAttribute("source");
  const RowKeys rows(*this, sources);
  if (const auto section = container_.Find(kRowsSection)) {
    if (sources == nullptr) return container_.Corrupt(*section, 0, "rows without the attribute source");
    return container_.In(*section, VerifyRowFinder(rows, *rows_));
  }
  return container_.In(*container_.Find(kRecordKeySection),
                       keys_->rising() ? VerifyNeighbours(rows) : VerifyByHashes(rows));
}

}  // namespace burin::internal
