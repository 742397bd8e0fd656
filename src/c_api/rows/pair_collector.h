// Pairs in: what stands between tables or callers and training. Folds both sides, and sends rows that are no pair where
// the caller wants them.
#ifndef BURIN_SRC_C_API_ROWS_PAIR_COLLECTOR_H_
#define BURIN_SRC_C_API_ROWS_PAIR_COLLECTOR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "burin/builder.h"
#include "src/base/status.h"
#include "src/c_api/rows/row_rejects.h"
#include "src/channel/train/train.h"
#include "src/mark/cells/recorded.h"
#include "src/table/table_reader.h"

namespace burin::internal {

class PairCollector {
 public:
  PairCollector(PairsAre kind, bool patterns) : kind_(kind), patterns_(patterns) {}

  RowRejects& rejects() { return rejects_; }
  const RowRejects& rejects() const { return rejects_; }
  const std::vector<TrainingPair>& pairs() const { return pairs_; }

  Status Add(std::string_view read, std::string_view other, double weight);
  Status AddTable(TableReader* table, const burin_mapping& mapping);
  // file, row, read, other, weight, related. REQUIRES: one number for each pair.
  Status Write(const std::string& path, const std::vector<double>& related) const;

 private:
  struct Plan {
    size_t read = 0, other = 0, weight = 0;
    bool weighs = false;
  };
  struct Origin {
    size_t file = 0;  // Of files_.
    uint64_t row = 0;
  };
  const char* other_name() const { return kind_ == PairsAre::kReadings ? "again" : "true"; }
  Status MakePlan(const TableReader& table, const burin_mapping& mapping, Plan* plan) const;
  Status AddRow(const TableReader& table, const Plan& plan, size_t file);
  // Of what a cell must hold; not ok: why it does not.
  Status ReadSerial(std::string_view text, std::u32string* serial);
  Status ReadReading(std::string_view text, TrainingPair* pair);
  Status ReadOther(std::string_view text, TrainingPair* pair);

  PairsAre kind_;
  bool patterns_;
  RowRejects rejects_;
  std::vector<TrainingPair> pairs_;
  std::vector<Origin> origins_;  // By pair.
  std::vector<std::string> files_ = {""};
  std::vector<RecordedMark> marks_;
};

}  // namespace burin::internal

#endif
