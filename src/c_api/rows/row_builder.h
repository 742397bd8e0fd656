// Rows in: what stands between tables or callers and an index or a registry. Declares attributes, reads marks, numbers
// rows, counts, and sends rejected rows where the caller wants them. One row costs no allocation of its own.
#ifndef BURIN_SRC_C_API_ROWS_ROW_BUILDER_H_
#define BURIN_SRC_C_API_ROWS_ROW_BUILDER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "burin/builder.h"
#include "src/base/status.h"
#include "src/c_api/rows/row_rejects.h"
#include "src/c_api/rows/unread_values.h"
#include "src/index/write/index_builder.h"
#include "src/mark/cells/recorded.h"
#include "src/mark/cells/sentinel.h"
#include "src/query/column_rule.h"
#include "src/query/row_sink.h"
#include "src/table/table_reader.h"

namespace burin::internal {

struct SentinelCount {
  std::string text;  // The sentinel, or the text that is no number.
  Missing missing = Missing::kNone;
  uint64_t records = 0;
};

class RowBuilder {
 public:
  static Result<std::unique_ptr<RowBuilder>> Create(const burin_builder_options& options);
  // Into a sink of the caller's, which outlives it. Of the options, only what becomes of rows counts.
  static Result<std::unique_ptr<RowBuilder>> CreateFor(const burin_builder_options& options, RowSink* sink);

  // Declares an attribute, or finds it; `type` as in the C API. Its number counts those that were asked for.
  Result<uint32_t> AddAttribute(std::string_view name, uint32_t type);
  Status AddRow(const burin_row& row);
  Status AddTable(TableReader* table, const burin_mapping& mapping);
  Status Write(const char* path);

  burin_builder_counts counts() const {
    burin_builder_counts counts = counts_;
    counts.rejected = rejects_.count();
    return counts;
  }
  const std::vector<SentinelCount>& sentinels() const { return sentinels_; }
  RowRejects& rejects() { return rejects_; }
  const RecordedOptions& recorded_options() const { return how_; }
  const UnreadValues& unread() const { return unread_; }

  // kBadInput if rows were given since Settle and not one could be used. `what` follows: "nothing is written".
  Status CheckUsed(const char* what) const;
  // The rows so far are committed, or given up.
  void Settle();

  // A call that changes the builder runs inside: a later one answers kState if this one did not come to its end (it ran
  // out of memory), or is still running (a callback calls back).
  template <typename Function>
  Status Exclusive(Function function) {
    if (written_) return Status(StatusCode::kState, "the builder was written before");
    if (busy_) return Status(StatusCode::kState, "another call on the builder is at work or failed half-way");
    busy_ = true;
    Status status = function();
    busy_ = false;
    return status;
  }

 private:
  // An index builder's rows.
  class IndexSink;
  struct Declared {
    static constexpr size_t kNone = ~size_t{0};
    std::string name;
    uint32_t type = 0;
    size_t companion = kNone;  // Where the texts go that cannot be read.
    std::string read, kept;    // Of the row at hand: the value in the form of an index; the text that is none.
  };
  // Which column of a table goes where; -1: none.
  struct Plan {
    std::ptrdiff_t serial = -1;
    std::ptrdiff_t key = -1;
    std::ptrdiff_t source = -1;
    std::vector<std::pair<uint32_t, size_t>> attributes;  // Number and column.
    std::string_view default_source;
    std::string key_prefix;  // Of keys made of row numbers.
    ValueOptions values;
    uint32_t digitless = BURIN_DIGITLESS_BY_COLUMN;
    ColumnCounts column;
  };
  struct Wanted {
    std::string_view name;
    size_t column;
    uint32_t type;
  };

  RowBuilder() = default;
  Status ReadRowOptions(const burin_builder_options& options);

  Status ReadMapping(const TableReader& table, const burin_mapping& mapping, std::vector<Wanted>* wanted) const;
  Status MakePlan(const TableReader& table, const burin_mapping& mapping, Plan* plan);
  static std::vector<size_t> UsedColumns(const Plan& plan);
  Status AddRows(TableReader* table, const burin_mapping& mapping, Plan* plan, uint64_t* rows);
  Status AddTableRow(const LookAheadTable& table, Plan* plan);
  // Sets row_.source and row_.key to what the fields say.
  void ReadKey(const TableReader& table, const Plan& plan, const std::vector<std::string_view>& fields);
  // The current row is there, although it cannot be used. `fields`: empty if its structure is lost.
  void NotePresent(const TableReader& table, const Plan& plan, const std::vector<std::string_view>& fields);
  Result<uint32_t> Declare(std::string_view name, uint32_t type);  // Answers the number of the sink.
  // Turns values_ from texts into values. Not OK: the row cannot be used, because of *attribute.
  Status ReadValues(const ValueOptions& how, int* attribute);
  Status KeepText(size_t number);
  // What the table makes of a text without any digit.
  void JudgeDigitless(std::string_view text, bool counted, Plan* plan);
  // Adds what row_ and marks_ hold and counts it. An empty key becomes `number`, where the sink allows that.
  Status Add(std::string_view text, uint64_t number, int* attribute);
  Status PlanKeys(const TableReader& table, Plan* plan) const;
  void Count(std::string_view text);
  void CountSentinel(std::string_view text, Missing missing);

  std::unique_ptr<IndexBuilder> index_;  // Of Create.
  std::unique_ptr<RowSink> own_sink_;
  RowSink* sink_ = nullptr;
  std::unique_ptr<SentinelTable> own_sentinels_;
  RecordedOptions how_;
  RowRejects rejects_;
  ValueOptions value_options_;
  std::deque<Declared> declared_;
  std::vector<uint32_t> asked_for_;  // Numbers of those that were declared for the caller, in that order.
  UnreadValues unread_;
  uint64_t used_ = 0, rejected_before_ = 0;  // Rows since Settle; rejected ones before it.
  burin_builder_counts counts_ = BURIN_BUILDER_COUNTS_INIT;
  std::vector<SentinelCount> sentinels_;  // In order of spelling.
  size_t last_sentinel_ = 0;
  size_t different_texts_ = 0;
  bool busy_ = false;
  bool written_ = false;

  // The row at hand.
  Row row_;
  std::vector<RecordedMark> marks_;
  std::vector<std::string_view> values_;  // By number of the sink.
  std::vector<size_t> unread_now_;        // Those that could not be read.
  std::string numbered_key_;
};

}  // namespace burin::internal

#endif
