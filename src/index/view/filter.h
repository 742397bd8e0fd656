// Conditions on attributes (`--where`), compiled against one index: each becomes ranges of codes of one column.
#ifndef BURIN_SRC_INDEX_VIEW_FILTER_H_
#define BURIN_SRC_INDEX_VIEW_FILTER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/index/records/record_set.h"
#include "src/index/view/index.h"

namespace burin::internal {

// Records by their ids, as bits: bit id % 64 of word id / 64. Ids beyond the words are not among them. Borrows the
// words.
struct IdSet {
  const uint64_t* words = nullptr;
  size_t count = 0;
  bool Has(uint64_t id) const { return id / 64 < count && (words[id / 64] >> (id % 64) & 1) != 0; }
};

// All conditions must hold. An empty filter passes every record.
//   a=v   a=v|w   a!=v|w   a=  (absent)   a!=  (present)   a<v a<=v a>v a>=v (integer and date)
// Categories compare folded (FoldValue), integers as numbers. A comma is literal; `\|` is a literal bar. An absent
// value satisfies `a=`, `a!=v`, and nothing else. A record's date satisfies a comparison only if its whole period does:
// = inside v's period, < before its first day, <= not after its last day, and so on; != wholly outside every v's.
// An empty alternative stands for absent (`a=|v`: absent or v). White space around names and values does not count.
// Names are as declared; the condition is cut at the first operator that has an attribute's name before it. Borrows the
// index. Of an index with segments, a filter holds one for each; where a segment lacks an attribute, it is absent
// there.
class Filter {
 public:
  // kInvalidArgument: no operator, an unknown attribute (the message lists those there are), a value of the wrong type.
  Status Add(const Index& index, std::string_view condition);
  // As-of (`--date`): the record's date is absent or does not lie wholly after the period `date`.
  Status AddAsOf(const Index& index, std::string_view date);
  // The attribute has one of these codes; 0 is absent.
  void AddCodes(const AttributeColumn& column, const std::vector<uint32_t>& codes);

  // Never passes these. Borrowed.
  void Hide(const RecordSet* records) { hidden_ = records; }
  // Passes these alone: the others are hidden from whoever searches. Borrows both. Costs a look at each record without
  // a mark.
  void ShowOnly(const Index& index, const IdSet& visible);
  // How many live records without a searchable mark ShowOnly hides; other conditions play no part.
  uint64_t hidden_missing() const { return hidden_missing_; }
  // What this is in a segment whose numbers begin at `first_record`. Borrows this.
  Filter ForSegment(size_t segment, uint64_t first_record) const;

  bool empty() const {
    return conditions_.empty() && segments_.empty() && hidden_ == nullptr && shown_in_ == nullptr && whole_ == nullptr;
  }
  // Whether a condition is about this attribute.
  bool Uses(const AttributeColumn& column) const;
  bool Passes(uint64_t record) const;

 private:
  struct Condition {
    const AttributeColumn* column = nullptr;  // nullptr: absent from every record.
    // Codes that pass: sorted, disjoint, half open. Absent is code 0.
    std::pair<uint32_t, uint32_t> first = {0, 0};
    std::vector<std::pair<uint32_t, uint32_t>> codes;  // The others.
  };
  struct Parsed;
  Status Compile(const Parsed& parsed, const std::vector<std::string>& values);
  void MakeSegments(const Index& index);
  bool MeetsConditions(uint64_t record) const;
  void Push(const AttributeColumn* column, std::vector<std::pair<uint32_t, uint32_t>> codes);

  std::vector<Condition> conditions_;
  const RecordSet* hidden_ = nullptr;
  const Index* shown_in_ = nullptr;  // nullptr: whatever is not hidden may pass.
  IdSet shown_;
  uint64_t hidden_missing_ = 0;
  // Of an index with segments.
  std::vector<Filter> segments_;
  std::vector<uint64_t> first_records_;
  // Of a segment: conditions on the whole.
  const Filter* whole_ = nullptr;
  uint64_t first_record_ = 0;
};

// Live records without a searchable mark, as far as they are not hidden; other conditions play no part. nullptr: none.
uint64_t NotSearched(const Index& index, const Filter* filter);

// "no attribute 'x'; there are ...".
Status UnknownAttribute(const Index& index, std::string_view name);

}  // namespace burin::internal

#endif
