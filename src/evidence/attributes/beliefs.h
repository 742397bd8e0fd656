// Attributes as somebody believes them to be: what a statement such as "maker Zastava" costs against each record.
//
// The observer names the right value with probability p. A wrong statement is, with a share of its own, one that is
// related to the right value: brand, importer and maker named for one another; a year or a date next to it. Else it is
// drawn from the values by their frequency among the records that count, so that agreeing on a rare value is worth more
// than on a common one. A record without the attribute says nothing: it costs what the average record does.
// docs/joint.md has the formulas. Costs are in 1/64 nat, shifted so that the best record that counts costs 0. Ratios
// are of the same probabilities to the average record's.
//
// Made once for an index and a filter: a look at every record (some 20 ns each). Then a cost is a look at one to three
// codes.
#ifndef BURIN_SRC_EVIDENCE_ATTRIBUTES_BELIEFS_H_
#define BURIN_SRC_EVIDENCE_ATTRIBUTES_BELIEFS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "src/base/patience.h"
#include "src/base/status.h"
#include "src/index/view/filter.h"
#include "src/index/view/index.h"
#include "src/mark/formats/synonyms.h"
#include "src/search/costs/record_costs.h"

namespace burin::internal {

struct Belief {
  std::string attribute;
  std::string value;
  double right = 0;  // Probability that the observer is right; 0: kUsuallyRight.
};

inline constexpr double kUsuallyRight = 0.95;
// Of wrong statements, the share that are related to the right value, where a relation is known. Judgement: importers
// and brands are among the commonest mistakes of records, and years are off by one more often than by any other number.
inline constexpr double kRelatedShare = 0.5;

// How a record stands to a statement. Values are part of the C API.
enum class Agreement : uint32_t { kAgrees = 1, kRelated = 2, kNear = 3, kDiffers = 4, kAbsent = 5 };

class Beliefs final : public RecordCosts {
 public:
  // `counting`: the records that count are those that pass. kInvalidArgument: an unknown attribute, a value that is
  // none of its type, a probability outside 0 .. 1, or an attribute that would count twice. Borrows the index. Where
  // the patience ends before the records are counted, the costs are of no use.
  static Result<std::shared_ptr<const Beliefs>> Make(const Index& index, std::span<const Belief> beliefs,
                                                     const Synonyms& synonyms, const Filter& counting,
                                                     Patience* patience = nullptr);

  size_t count() const override { return statements_.size(); }
  Cost CostOf(size_t statement, uint64_t record) const override {
    return statements_[statement].costs[StateOf(statements_[statement], record)];
  }
  bool Says(size_t statement, uint64_t record) const override {
    return OwnOf(StateOf(statements_[statement], record)) != kAbsentValue;
  }
  Cost Of(uint64_t record) const override;
  Cost highest() const override { return highest_; }
  double RatioOf(uint64_t record) const override;
  double highest_ratio() const override { return highest_ratio_; }

  Agreement AgreementOf(size_t statement, uint64_t record) const;
  // "maker: stated Zastava, recorded Crvena Zastava".
  std::string Words(size_t statement, uint64_t record) const;

 private:
  // What a record's own value is to the statement, and what the attributes related to it are.
  enum Own : uint8_t { kAbsentValue, kSame, kNext, kOther, kOwns };
  enum Related : uint8_t { kNoneNamed, kNoneAgrees, kHalfAgrees, kAllAgree, kRelateds };
  static constexpr size_t kStates = size_t{kOwns} * kRelateds;
  static Own OwnOf(size_t state) { return static_cast<Own>(state / kRelateds); }
  static Related RelatedOf(size_t state) { return static_cast<Related>(state % kRelateds); }

  struct Statement {
    Belief belief;
    const AttributeColumn* column = nullptr;
    std::vector<uint8_t> own;                      // By code.
    std::vector<const AttributeColumn*> others;    // Related ones, at most 2.
    std::vector<std::vector<uint8_t>> other_same;  // Of each, by code.
    std::array<Cost, kStates> costs = {};
    std::array<double, kStates> ratios = {};
  };

  Status Read(const Belief& belief, std::span<const Belief> all, const Synonyms& synonyms, const Filter& counting,
              Patience* patience);
  Status ReadValue(const Synonyms& synonyms, Statement* statement, Patience* patience) const;
  static size_t StateOf(const Statement& statement, uint64_t record);
  void Price(const Filter& counting, Patience* patience);
  // `values`: how many different ones the records that count have.
  static void Price(const std::array<uint64_t, kStates>& counts, size_t values, Statement* statement);

  const Index* index_ = nullptr;
  std::vector<Statement> statements_;
  Cost highest_ = 0;
  double highest_ratio_ = 1;
};

}  // namespace burin::internal

#endif
