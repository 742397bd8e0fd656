// Twins of joint evidence: what statements cost against records, by the formulas of docs/joint.md, record by record.
#ifndef BURIN_TESTS_REFERENCE_TWIN_JOINT_H_
#define BURIN_TESTS_REFERENCE_TWIN_JOINT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "src/channel/model/cost_lattice.h"
#include "src/index/view/index.h"
#include "src/mark/fold/symbol.h"
#include "tests/reference/choices.h"

namespace burin::internal::reference {

struct JointRecord {
  std::u32string items;
  bool partial = false;
  bool missing = false;
  bool deleted = false;                           // Only in segments.
  std::map<std::string, std::string> attributes;  // Those that are absent are not in it.
  std::string Of(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? "" : found->second;
  }
};

// The attributes of joint cases; `year` is an integer, `date` a date (days only), all others are categories.
const std::vector<std::string>& JointAttributes();
// A value of an attribute, often empty.
std::string RandomValue(const std::string& attribute, Choices* choices);
// An index of the records; with `first_id` one that may be a segment, whose ids begin there.
std::vector<std::byte> IndexOf(const std::vector<JointRecord>& records, uint64_t first_id = 0);

// The same in one or more segments. REQUIRES: there are some.
std::shared_ptr<const Index> SegmentsOf(const std::vector<JointRecord>& records, Choices* choices);

// The records, in their order, in one or more segments, among others that are deleted.
struct SplitRecords {
  std::shared_ptr<const Index> index;
  std::vector<uint32_t> number_of;  // By record of the index: its number among the records.
  std::vector<uint64_t> record_of;  // The inverse.
};
// REQUIRES: there are some.
SplitRecords Split(const std::vector<JointRecord>& records, Choices* choices);

struct TwinBelief {
  std::string attribute, value;
  double right = 0.95;
};

// What the statement costs by record, in 1/64 nat; for records that do not count it says nothing. `used`: attributes of
// other statements and of conditions.
std::vector<Cost> BeliefCosts(const std::vector<JointRecord>& records,
                              const std::function<bool(const JointRecord&)>& counts, const TwinBelief& belief,
                              const std::vector<std::string>& used);

}  // namespace burin::internal::reference

#endif
