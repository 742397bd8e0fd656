#include "src/c_api/rows/pair_collector.h"

#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/mark/fold/symbol.h"
#include "src/text/csv_writer.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr uint64_t kRowsPerReport = 65536;
constexpr double kMostWeight = 1e9;

std::string SixDigits(double number) {
  char text[64];
  return {text, std::to_chars(text, std::end(text), number, std::chars_format::general, 6).ptr};
}

bool ReadWeight(std::string_view text, double* weight) {
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, *weight);
  return error == std::errc() && at == end && *weight > 0 && *weight <= kMostWeight;
}

}  // namespace

Status PairCollector::ReadSerial(std::string_view text, std::u32string* serial) {
  if (!ReadRecorded(text, RecordedOptions(), &marks_)) return Invalid("not valid UTF-8");
  if (marks_.size() != 1) return Invalid(std::to_string(marks_.size()) + " numbers instead of one");
  const RecordedMark& mark = marks_[0];
  if (mark.missing == Missing::kTooLong) return Invalid("more than 64 symbols");
  if (mark.missing != Missing::kNone) return Invalid("no number: " + std::string(MissingName(mark.missing)));
  if (mark.partial) return Invalid("a character that is unreadable: expected a complete number");
  *serial = mark.symbols;
  return Status();
}

Status PairCollector::ReadReading(std::string_view text, TrainingPair* pair) {
  if (!patterns_) return ReadSerial(text, &pair->read);
  if (Status status = TakePattern(text, pair); !status.ok()) return status;
  if (pair->lattice == nullptr && (pair->read.empty() || pair->read.size() > kMaxMarkSymbols)) {
    return Invalid("expected 1 to 64 characters");
  }
  return Status();
}

Status PairCollector::ReadOther(std::string_view text, TrainingPair* pair) {
  if (Status status = ReadSerial(text, &pair->other); !status.ok()) return status;
  if (kind_ != PairsAre::kErrors || pair->read != pair->other) return Status();
  return Invalid("the same as what was read: expected errors alone");
}

Status PairCollector::Add(std::string_view read, std::string_view other, double weight) {
  TrainingPair pair;
  if (!(weight > 0) || !(weight <= kMostWeight)) return OutOfRange("weight: expected above 0 and at most 1e9");
  if (Status status = ReadReading(read, &pair); !status.ok()) return Invalid("read: " + status.message());
  if (Status status = ReadOther(other, &pair); !status.ok()) {
    return Invalid(std::string(other_name()) + ": " + status.message());
  }
  pair.weight = weight;
  origins_.push_back({0, pairs_.size() + 1});
  pairs_.push_back(std::move(pair));
  return Status();
}

Status PairCollector::MakePlan(const TableReader& table, const burin_mapping& mapping, Plan* plan) const {
  if (mapping.columns == nullptr && mapping.column_count != 0) return IsNull("mapping.columns");
  if (mapping.attribute_count != 0 || mapping.source != nullptr) return Invalid("pairs have no attributes or sources");
  bool has_read = false, has_other = false;
  const auto take = [&](std::string_view name, size_t column) {
    const bool read = name == "read", other = name == other_name(), weight = name == "weight";
    if ((read && has_read) || (other && has_other) || (weight && plan->weighs)) {
      return Invalid("'" + std::string(name) + "' is mapped twice");
    }
    if (read) plan->read = column;
    if (other) plan->other = column;
    if (weight) plan->weight = column;
    has_read = has_read || read;
    has_other = has_other || other;
    plan->weighs = plan->weighs || weight;
    if (read || other || weight) return Status();
    return Invalid("'" + std::string(name) + "' is none of read, " + other_name() + ", weight");
  };
  for (size_t i = 0; i < mapping.column_count; ++i) {
    const burin_column& entry = mapping.columns[i];
    if (entry.name == nullptr || entry.column == nullptr) return Invalid("a mapping needs a name and a column");
    size_t column = 0;
    if (Status status = FindColumn(table, entry.column, &column); !status.ok()) return status;
    if (Status status = take(entry.name, column); !status.ok()) return status;
  }
  for (const char* name : {"read", other_name(), "weight"}) {
    size_t column = 0;
    if (mapping.column_count != 0 || !HasColumn(table, name)) continue;
    if (Status status = FindColumn(table, name, &column); !status.ok()) return status;
    if (Status status = take(name, column); !status.ok()) return status;
  }
  for (const auto& [has, name] : {std::pair(has_read, "read"), std::pair(has_other, other_name())}) {
    if (has) continue;
    const std::string quoted = "'" + std::string(name) + "'";
    return NoColumn(table, mapping.column_count == 0 ? quoted : "is mapped to " + quoted);
  }
  return Status();
}

Status PairCollector::AddRow(const TableReader& table, const Plan& plan, size_t file) {
  const std::vector<std::string_view>& fields = table.fields();
  TrainingPair pair;
  const auto reject = [&](size_t column, const std::string& reason) {
    return rejects_.Add(table, table.columns()[column], reason, fields[column]);
  };
  if (Status status = ReadReading(fields[plan.read], &pair); !status.ok()) {
    return reject(plan.read, status.message());
  }
  if (Status status = ReadOther(fields[plan.other], &pair); !status.ok()) {
    return reject(plan.other, status.message());
  }
  if (plan.weighs && !ReadWeight(fields[plan.weight], &pair.weight)) {
    return reject(plan.weight, "expected a number above 0 and at most 1e9");
  }
  origins_.push_back({file, table.row()});
  pairs_.push_back(std::move(pair));
  return Status();
}

Status PairCollector::AddTable(TableReader* table, const burin_mapping& mapping) {
  Plan plan;
  if (Status status = MakePlan(*table, mapping, &plan); !status.ok()) return status;
  std::vector<size_t> used = {plan.read, plan.other};
  if (plan.weighs) used.push_back(plan.weight);
  table->Use(used);
  const size_t file = files_.size();
  files_.push_back(table->path());
  for (uint64_t rows = 0;;) {
    const Result<RowState> next = table->Next();
    if (!next.ok()) return next.status();
    const bool end = *next == RowState::kEnd;
    if (mapping.on_progress != nullptr && (end || rows % kRowsPerReport == 0) &&
        mapping.on_progress(mapping.progress_user, table->bytes_read(), table->bytes_total(), rows) != 0) {
      return Status(StatusCode::kCancelled, table->path() + ": stopped after row " + std::to_string(table->row()));
    }
    if (end) return Status();
    Status status = *next == RowState::kBad ? rejects_.AddBadRow(*table) : AddRow(*table, plan, file);
    if (!status.ok()) return status;
    ++rows;
  }
}

Status PairCollector::Write(const std::string& path, const std::vector<double>& related) const {
  Result<CsvWriter> rows = CsvWriter::Create(path);
  if (!rows.ok()) return rows.status();
  if (Status status = rows->Add({"file", "row", "read", "other", "weight", "related"}); !status.ok()) return status;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    const TrainingPair& pair = pairs_[i];
    Status status = rows->Add({files_[origins_[i].file], std::to_string(origins_[i].row), ToUtf8(pair.read),
                               ToUtf8(pair.other), SixDigits(pair.weight), SixDigits(related[i])});
    if (!status.ok()) return status;
  }
  return rows->Commit();
}

}  // namespace burin::internal
