#include "bench/accuracy/column.h"

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <burin/burin.hpp>
#include <filesystem>
#include <stdexcept>

#include "bench/accuracy/baseline/osa.h"
#include "bench/accuracy/noise/noise_model.h"

namespace burin::accuracy {
namespace {

constexpr size_t kLongestSerial = 64;

size_t FindColumn(const Table& table, const std::string& path, std::string_view column) {
  const auto columns = table.columns();
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found != columns.end()) return static_cast<size_t>(found - columns.begin());
  throw std::runtime_error(path + ": there is no column '" + std::string(column) + "'");
}

bool Usable(std::string_view serial) {
  return !serial.empty() && serial.size() <= kLongestSerial &&
         serial.find_first_not_of(kSymbols) == std::string_view::npos;
}

// The one serial that a cell records; empty: none, several or a partial one.
std::string OneSerial(std::string_view cell) {
  const Recorded recorded(cell);
  if (recorded.size() != 1 || recorded.is_partial(0) || recorded.missing(0) != 0) return {};
  return std::string(recorded.serial(0));
}

bool Reliable(std::string_view source, std::string_view kind, const Pair& pair) {
  if (!source.ends_with("_HISTORY") || kind.starts_with("unrelated")) return false;
  if (!Usable(pair.wrong) || !Usable(pair.right)) return false;
  const size_t distance = OsaReading(pair.wrong).Distance(pair.right);
  return distance == 1 || distance == 2;
}

}  // namespace

Registry ReadColumn(const std::string& path, const std::string& column) {
  Registry registry;
  registry.name = std::filesystem::path(path).stem().string();
  Table table(path);
  const size_t at = FindColumn(table, path, column);
  absl::flat_hash_set<std::string> seen;
  for (uint32_t state = table.Next(); state != BURIN_ROW_END; state = table.Next()) {
    ++registry.rows;
    std::string serial;
    if (state == BURIN_ROW_GOOD) {
      const burin_view cell = table.fields()[at];
      serial = OneSerial({cell.data, cell.size});
    }
    // "N-A" is a number, but what it folds to would be recorded as none.
    if (!Usable(serial) || OneSerial(serial) != serial) {
      ++registry.unusable;
    } else if (!seen.insert(serial).second) {
      ++registry.repeated;
    } else {
      registry.serials.push_back(std::move(serial));
    }
  }
  return registry;
}

std::vector<Pair> ReadPairs(const std::string& path) {
  Table table(path);
  const size_t source = FindColumn(table, path, "source"), kind = FindColumn(table, path, "kind");
  const size_t wrong = FindColumn(table, path, "serial_a"), right = FindColumn(table, path, "serial_b");
  std::vector<Pair> pairs;
  for (uint32_t state = table.Next(); state != BURIN_ROW_END; state = table.Next()) {
    if (state != BURIN_ROW_GOOD) continue;
    const auto text = [&](size_t i) { return std::string_view(table.fields()[i].data, table.fields()[i].size); };
    Pair pair = {Fold(text(wrong)), Fold(text(right))};
    if (Reliable(text(source), text(kind), pair)) pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::vector<uint32_t> AddRight(const std::vector<Pair>& pairs, Registry* registry) {
  absl::flat_hash_map<std::string, uint32_t> records;
  for (const std::string& serial : registry->serials) records.emplace(serial, static_cast<uint32_t>(records.size()));
  std::vector<uint32_t> truths;
  for (const Pair& pair : pairs) {
    const auto [record, added] = records.emplace(pair.right, static_cast<uint32_t>(records.size()));
    if (added) registry->serials.push_back(pair.right);
    truths.push_back(record->second);
  }
  return truths;
}

}  // namespace burin::accuracy
