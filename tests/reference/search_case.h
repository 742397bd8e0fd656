// One differential case: a set of records, a reading, a request; made at random, answered by the library and by the
// twins, compared, printed.
#ifndef BURIN_TESTS_REFERENCE_SEARCH_CASE_H_
#define BURIN_TESTS_REFERENCE_SEARCH_CASE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "src/index/view/index.h"
#include "src/mark/pattern/lattice.h"
#include "src/search/segments/search.h"
#include "tests/reference/choices.h"
#include "tests/reference/twin_scan.h"

namespace burin::internal::reference {

struct Reading {
  std::string text;  // The pattern; empty for a lattice built straight.
  std::string how;   // What was done to it after parsing: "float", "ncic", or nothing.
  Lattice lattice;
};

struct Query {
  Reading reading;
  bool typed = false;  // The channel `typed`, else unit costs.
  Metric metric = Metric::kOsa;
  Cost max_cost = 0;  // Of `typed`: above the reading's best.
  uint64_t top = 0;
  By by = By::kRecord;
  uint32_t min_length = 0;
  uint32_t max_length = kMaxMarkSymbols;
  uint64_t max_work = 0;
  std::vector<size_t> conditions;  // Numbers of Conditions().
};

struct Condition {
  std::string text;  // As for --where.
  bool (*holds)(const TwinRecord&);
};
const std::vector<Condition>& Conditions();

// What kind of set to make.
struct SetShape {
  uint32_t readings = 4;    // Readings that the records lie close to.
  uint32_t records = 24;    // At most.
  uint32_t items = 6;       // Elements in a pattern, at most.
  bool long_marks = false;  // 25 .. 64 symbols, large alphabets.
};

struct SearchSet {
  std::u32string alphabet;
  std::vector<Reading> readings;
  std::vector<TwinRecord> records;
};

SearchSet RandomSet(const SetShape& shape, Choices* choices);
Query RandomQuery(const SearchSet& set, Choices* choices);

// The records in an index, and the comparison of one answer after the other.
class Comparison {
 public:
  explicit Comparison(const std::vector<TwinRecord>& records);
  // The records spread over up to five segments, at random, among others that are deleted.
  Comparison(const std::vector<TwinRecord>& records, Choices* layout);
  const Index& index() const { return *index_; }
  // Of a record of the index, in the records given. REQUIRES: not deleted.
  size_t NumberOf(uint64_t record) const { return numbers_.empty() ? record : numbers_[record]; }
  // Empty if all is well, else what differs. A reading that the library refuses as too large counts as well.
  std::string Check(const Query& query);
  // Counting, levels, a limit of hits and the estimate, beside the search: comparison_ways.cc.
  std::string CheckOtherWays(Query query);
  uint64_t searches() const { return searches_; }
  uint64_t hits() const { return hits_; }
  uint64_t refused() const { return refused_; }

 private:
  struct Compiled {
    CostLattice costs;
    Filter filter;
    SearchRequest request;  // Borrows the others. Without a lattice: the reading is too large.
  };
  // Empty, or what is wrong.
  std::string Compile(const Query& query, Compiled* compiled);
  std::string CheckAnswer(const Query& query, const SearchRequest& request, const SearchResult& result);
  std::string CheckHits(const SearchResult& result, const TwinRequest& twin) const;
  std::string CheckAlignments(const Query& query, const SearchRequest& request, const SearchResult& result) const;

  void AddSegment(const std::vector<size_t>& numbers, Choices* layout, std::vector<IndexSegment>* segments);
  std::vector<TwinHit> Plain(const std::vector<Hit>& hits) const;

  std::vector<TwinRecord> records_;
  std::vector<std::byte> bytes_;
  std::vector<size_t> numbers_;  // In segments: of the record in records_, by its number in the index.
  std::shared_ptr<const Index> index_;
  uint64_t searches_ = 0, hits_ = 0, refused_ = 0;
};

// Leaves out records as long as the query still fails, and prints what is left: set, query, difference.
std::string Reproducer(std::vector<TwinRecord> records, const Query& query);

}  // namespace burin::internal::reference

#endif
