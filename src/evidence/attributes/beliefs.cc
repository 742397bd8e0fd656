// Statements read against an index, counted, and priced.
#include "src/evidence/attributes/beliefs.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "src/channel/model/prices.h"
#include "src/index/columns/period.h"

namespace burin::internal {
namespace {

Status Wrong(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }

constexpr std::array<std::string_view, 3> kMakers = {"maker", "brand", "importer"};
bool NamesMaker(std::string_view attribute) {
  return std::find(kMakers.begin(), kMakers.end(), attribute) != kMakers.end();
}

// How many values these codes are: several segments may each have a code for the same.
size_t Distinct(const AttributeColumn& column, const std::vector<bool>& codes) {
  std::unordered_set<std::string_view> values;
  for (uint32_t code = 1; code < codes.size(); ++code) {
    if (codes[code]) values.insert(column.text(code));
  }
  return values.size();
}

// In steps of the patience: to fold a value and look up its form; to compare a number or a date.
constexpr uint64_t kStepsOfForm = 256, kStepsOfNumber = 4;

// Next to each other: no day in common, and less than a year between.
constexpr int64_t kNearDays = 366;

}  // namespace

Result<std::shared_ptr<const Beliefs>> Beliefs::Make(const Index& index, std::span<const Belief> beliefs,
                                                     const Synonyms& synonyms, const Filter& counting,
                                                     Patience* patience) {
  Patience endless;
  if (patience == nullptr) patience = &endless;
  auto made = std::make_shared<Beliefs>();
  made->index_ = &index;
  for (const Belief& belief : beliefs) {
    if (Status status = made->Read(belief, beliefs, synonyms, counting, patience); !status.ok()) return status;
  }
  made->Price(counting, patience);
  return std::shared_ptr<const Beliefs>(std::move(made));
}

Status Beliefs::Read(const Belief& belief, std::span<const Belief> all, const Synonyms& synonyms,
                     const Filter& counting, Patience* patience) {
  const std::string quoted = QuoteValue(belief.attribute);
  Statement statement;
  statement.belief = belief;
  statement.column = index_->FindAttribute(belief.attribute);
  if (statement.column == nullptr) return UnknownAttribute(*index_, belief.attribute);
  if (belief.attribute == "weapon") return Wrong("the weapon is what is asked for: it cannot be believed");
  if (statement.belief.right == 0) statement.belief.right = kUsuallyRight;
  if (!(statement.belief.right > 0 && statement.belief.right < 1)) {
    return Wrong("believed " + quoted + ": expected a probability between 0 and 1");
  }
  if (counting.Uses(*statement.column)) {
    return Wrong("attribute " + quoted + " is believed and is a condition too: it would count twice");
  }
  for (const Statement& other : statements_) {
    if (other.column == statement.column) {
      return Wrong("attribute " + quoted + " is believed twice: it would count twice");
    }
    const bool makers = NamesMaker(belief.attribute) && NamesMaker(other.belief.attribute);
    if (makers && synonyms.Form("maker", belief.value) == synonyms.Form("maker", other.belief.value)) {
      return Wrong(QuoteValue(other.belief.attribute) + " and " + quoted +
                   " are believed to be the same name: one fact, which would count twice");
    }
  }
  if (Status status = ReadValue(synonyms, &statement, patience); !status.ok()) {
    return Wrong("believed " + quoted + ": " + status.message());
  }
  if (NamesMaker(belief.attribute) && statement.column->type() == AttributeType::kCategory) {
    const std::string form = synonyms.Form("maker", belief.value);
    for (const std::string_view name : kMakers) {
      const AttributeColumn* other = index_->FindAttribute(name);
      const bool counts = std::any_of(all.begin(), all.end(), [&](const Belief& b) { return b.attribute == name; });
      if (other == nullptr || counts || counting.Uses(*other) || other->type() != AttributeType::kCategory) continue;
      std::vector<uint8_t> same(size_t{other->value_count()} + 1, 0);
      for (uint32_t code = 1; code < same.size() && !patience->Took(kStepsOfForm); ++code) {
        same[code] = synonyms.Form(name, other->text(code)) == form;
      }
      statement.others.push_back(other);
      statement.other_same.push_back(std::move(same));
    }
  }
  statements_.push_back(std::move(statement));
  return Status();
}

Status Beliefs::ReadValue(const Synonyms& synonyms, Statement* statement, Patience* patience) const {
  const AttributeColumn& column = *statement->column;
  const std::string& value = statement->belief.value;
  std::vector<uint8_t>& own = statement->own;
  own.assign(size_t{column.value_count()} + 1, kOther);
  own[0] = kAbsentValue;
  if (column.type() == AttributeType::kCategory) {
    const std::string form = synonyms.Form(column.name(), value);
    if (form.empty()) return Wrong("expected a value with a letter or a digit");
    for (uint32_t code = 1; code < own.size() && !patience->Took(kStepsOfForm); ++code) {
      if (synonyms.Form(column.name(), column.text(code)) == form) own[code] = kSame;
    }
  } else if (column.type() == AttributeType::kInteger) {
    const Result<int64_t> number = ParseInteger(TrimWhiteSpace(value));
    if (!number.ok()) return number.status();
    for (uint32_t code = 1; code < own.size() && !patience->Took(kStepsOfNumber); ++code) {
      const uint64_t a = static_cast<uint64_t>(column.integer(code)), b = static_cast<uint64_t>(*number);
      own[code] = a == b ? kSame : a - b == 1 || b - a == 1 ? kNext : kOther;
    }
  } else {
    const Result<Period> stated = ParsePeriod(TrimWhiteSpace(value));
    if (!stated.ok()) return stated.status();
    for (uint32_t code = 1; code < own.size() && !patience->Took(kStepsOfNumber); ++code) {
      const Period period = column.period(code);
      const int64_t apart = std::max(int64_t{stated->first} - period.last, int64_t{period.first} - stated->last);
      own[code] = apart <= 0 ? kSame : apart <= kNearDays ? kNext : kOther;
    }
  }
  return Status();
}

size_t Beliefs::StateOf(const Statement& statement, uint64_t record) {
  size_t named = 0, same = 0;
  for (size_t i = 0; i < statement.others.size(); ++i) {
    const uint32_t code = statement.others[i]->code(record);
    named += code != 0;
    same += statement.other_same[i][code];
  }
  const Related related = named == 0 ? kNoneNamed : same == 0 ? kNoneAgrees : same == named ? kAllAgree : kHalfAgrees;
  return size_t{statement.own[statement.column->code(record)]} * kRelateds + related;
}

Cost Beliefs::Of(uint64_t record) const {
  Cost sum = 0;
  for (const Statement& s : statements_) sum = AddCosts(sum, s.costs[StateOf(s, record)]);
  return sum;
}

double Beliefs::RatioOf(uint64_t record) const {
  double product = 1;
  for (const Statement& s : statements_) product *= s.ratios[StateOf(s, record)];
  return product;
}

void Beliefs::Price(const Filter& counting, Patience* patience) {
  constexpr uint64_t kStepsOfRecord = 16;  // Of each statement.
  constexpr uint64_t kRecordsAtOnce = 512;
  std::vector<std::array<uint64_t, kStates>> counts(statements_.size());
  std::vector<std::vector<bool>> occurs(statements_.size());  // By code.
  for (size_t i = 0; i < statements_.size(); ++i) occurs[i].resize(size_t{statements_[i].column->value_count()} + 1);
  const bool may_be_deleted = !index_->segments().empty();
  for (uint64_t record = 0; record < index_->record_count(); ++record) {
    if (record % kRecordsAtOnce == 0 && patience->Took(kStepsOfRecord * statements_.size() * kRecordsAtOnce)) {
      return;
    }
    if (may_be_deleted && index_->IsDeleted(record)) continue;
    if (!counting.Passes(record)) continue;
    for (size_t i = 0; i < statements_.size(); ++i) {
      ++counts[i][StateOf(statements_[i], record)];
      occurs[i][statements_[i].column->code(record)] = true;
    }
  }
  for (size_t i = 0; i < statements_.size(); ++i) {
    Price(counts[i], Distinct(*statements_[i].column, occurs[i]), &statements_[i]);
    highest_ = AddCosts(highest_, *std::max_element(statements_[i].costs.begin(), statements_[i].costs.end()));
    highest_ratio_ *= *std::max_element(statements_[i].ratios.begin(), statements_[i].ratios.end());
  }
  highest_ratio_ = std::max(1.0, highest_ratio_);
}

// docs/joint.md, "Believed attributes", by its names.
void Beliefs::Price(const std::array<uint64_t, kStates>& counts, size_t values, Statement* statement) {
  const auto is_number = statement->column->type() != AttributeType::kCategory;
  const auto related = [](size_t state) { return std::array<double, kRelateds>{0, 0, 0.5, 1}[RelatedOf(state)]; };
  double present = 0, same = 0, next = 0, with_related = 0, related_sum = 0;
  for (size_t state = 0; state < kStates; ++state) {
    if (OwnOf(state) == kAbsentValue) continue;
    const auto n = static_cast<double>(counts[state]);
    present += n;
    same += OwnOf(state) == kSame ? n : 0;
    next += OwnOf(state) == kNext ? n : 0;
    if (RelatedOf(state) == kNoneNamed) continue;
    with_related += n;
    related_sum += n * related(state);
  }
  const double p = statement->belief.right;
  const double drawn = (same + 1) / (present + static_cast<double>(values) + 1);
  const double share = present > 0 ? same / present : drawn;
  double x = is_number || !statement->others.empty() ? kRelatedShare : 0;
  double mean = is_number          ? (present > 0 ? next / present / 2 : 0)
                : with_related > 0 ? related_sum / with_related
                                   : share;
  const auto said = [&](double right, double relation) {
    return p * right + (1 - p) * (x * relation + (1 - x) * drawn);
  };
  const double average = said(share, mean);
  Cost least = kNever;
  for (size_t state = 0; state < kStates; ++state) {
    const Own own = OwnOf(state);
    double relation = RelatedOf(state) == kNoneNamed ? mean : related(state);
    if (is_number) relation = own == kAbsentValue ? mean : own == kNext ? 0.5 : 0;
    const double right = own == kAbsentValue ? share : own == kSame ? 1 : 0;
    if (counts[state] == 0) continue;  // Records that do not count are never asked about.
    const double probability = said(right, relation);
    statement->costs[state] = CostOfProbability(probability);
    statement->ratios[state] = probability / average;
    least = std::min(least, statement->costs[state]);
  }
  for (size_t state = 0; state < kStates; ++state) {
    if (counts[state] > 0) statement->costs[state] -= least;
  }
}

Agreement Beliefs::AgreementOf(size_t statement, uint64_t record) const {
  const size_t state = StateOf(statements_[statement], record);
  const Related related = RelatedOf(state);
  switch (OwnOf(state)) {
    case kSame:
      return Agreement::kAgrees;
    case kNext:
      return Agreement::kNear;
    default:
      if (related == kHalfAgrees || related == kAllAgree) return Agreement::kRelated;
      return OwnOf(state) == kOther ? Agreement::kDiffers : Agreement::kAbsent;
  }
}

std::string Beliefs::Words(size_t statement, uint64_t record) const {
  const Statement& s = statements_[statement];
  const uint32_t code = s.column->code(record);
  std::string words = s.belief.attribute + ": stated " + s.belief.value;
  words += code == 0 ? ", not recorded" : ", recorded " + std::string(s.column->text(code));
  for (size_t i = 0; i < s.others.size(); ++i) {
    const uint32_t other = s.others[i]->code(record);
    if (s.other_same[i][other] == 0) continue;
    words += "; " + s.others[i]->name() + " recorded " + std::string(s.others[i]->text(other));
  }
  return words;
}

}  // namespace burin::internal
