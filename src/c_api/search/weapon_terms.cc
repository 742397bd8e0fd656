#include "src/c_api/search/weapon_terms.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/c_api/search/joint_terms.h"
#include "src/channel/model/prices.h"
#include "src/mark/cells/sentinel.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// How often a mark is not that of the recorded part: frames are renumbered or replaced seldom, other parts often.
// Judgement; docs/joint.md.
constexpr double kOtherFrame = 0.001, kOtherPart = 0.02;

constexpr std::string_view kControl = "frame";

// Words of several languages for one component are its reserved name; receiver and frame are one kind.
std::string FormOf(std::string_view component) {
  const std::string folded = FoldValue(component);
  std::u32string text;
  std::string form = folded;
  if (DecodeAll(folded, &text)) {
    if (const std::string_view name = FindComponent(text); !name.empty()) form = name;
  }
  return form == "receiver" ? std::string(kControl) : form;
}

// The codes of the component; for the control component, of nothing recorded too.
std::vector<uint32_t> CodesOf(const AttributeColumn& column, const std::string& form) {
  std::vector<uint32_t> codes;
  if (form == kControl) codes.push_back(0);
  for (uint32_t code = 1; code <= column.value_count(); ++code) {
    if (FormOf(column.text(code)) == form) codes.push_back(code);
  }
  return codes;
}

std::string Components(const AttributeColumn& column) {
  std::string names;
  for (uint32_t code = 1; code <= std::min(column.value_count(), 20u); ++code) {
    names += (names.empty() ? "" : ", ") + std::string(column.text(code));
  }
  return names.empty() ? "no record has any" : "there are " + names;
}

Status Add(const AttributeColumn& column, const Filter& filter, MarkTerm mark, std::vector<MarkTerm>* marks) {
  const std::string form = FormOf(mark.component);
  for (const MarkTerm& other : *marks) {
    if (FormOf(other.component) == form) {
      return Invalid("two marks of the component " + QuoteValue(mark.component) +
                     ": several readings of one mark are no several marks");
    }
  }
  const std::vector<uint32_t> codes = CodesOf(column, form);
  if (codes.empty()) {
    return Invalid("no record has the component " + QuoteValue(mark.component) + "; " + Components(column));
  }
  mark.filter = filter;
  mark.filter.AddCodes(column, codes);
  marks->push_back(std::move(mark));
  return Status();
}

// How many records have each mark.
std::vector<uint64_t> Count(const Index& index, const std::vector<MarkTerm>& marks, Patience* patience) {
  constexpr uint64_t kStepsOfRecord = 16;  // Of each mark.
  constexpr uint64_t kRecordsAtOnce = 512;
  std::vector<uint64_t> counts(marks.size(), 0);
  const bool may_be_deleted = !index.segments().empty();
  for (uint64_t record = 0; record < index.record_count(); ++record) {
    if (record % kRecordsAtOnce == 0 && patience->Took(kStepsOfRecord * marks.size() * kRecordsAtOnce)) break;
    if (may_be_deleted && index.IsDeleted(record)) continue;
    for (size_t m = 0; m < marks.size(); ++m) counts[m] += marks[m].filter.Passes(record);
  }
  return counts;
}

void Price(const Index& index, const std::string& key, KnownWeapons* known, Patience* patience,
           std::vector<MarkTerm>* marks) {
  std::vector<uint64_t> counts = known->counts;
  if (known->key != key || counts.size() != marks->size()) counts = Count(index, *marks, patience);
  if (!patience->over()) {
    known->key = key;
    known->counts = counts;
  }
  for (size_t m = 0; m < marks->size(); ++m) {
    MarkTerm& mark = (*marks)[m];
    mark.unrecorded = CostOfProbability(1 / (static_cast<double>(counts[m]) + 1));
    mark.other_part =
        mark.unrecorded + CostOfProbability(FormOf(mark.component) == kControl ? kOtherFrame : kOtherPart);
  }
}

}  // namespace

Result<std::vector<MarkTerm>> ReadMarks(const Index& index, const burin_search_options& search,
                                        const burin_joint_options& joint, const Filter& filter, KnownWeapons* known,
                                        std::shared_ptr<const WeaponRecords>* weapons, Patience* patience) {
  if (joint.marks == nullptr) return IsNull("marks");
  if (search.by == BURIN_BY_SERIAL) return Invalid("several marks find weapons: by serial has no meaning");
  const AttributeColumn* column = index.FindAttribute("component");
  if (column == nullptr) return Invalid("several marks are told apart by their component, which this index has not");
  if (filter.Uses(*column)) return Invalid("attribute 'component' is a condition and says which mark is meant too");
  std::vector<MarkTerm> marks;
  MarkTerm main;
  main.component = joint.component == nullptr ? std::string(kControl) : joint.component;
  if (Status status = Add(*column, filter, std::move(main), &marks); !status.ok()) return status;
  for (size_t i = 0; i < joint.mark_count; ++i) {
    if (joint.marks[i].component == nullptr || joint.marks[i].reading == nullptr) {
      return Invalid("mark " + std::to_string(i) + ": component or reading is NULL");
    }
    MarkTerm mark;
    mark.number = static_cast<uint32_t>(i) + 1;
    mark.component = joint.marks[i].component;
    mark.reading = OfFolding(joint.marks[i].reading->content, index.info().folding_version);
    if (Status status = Add(*column, filter, std::move(mark), &marks); !status.ok()) return status;
  }
  KnownWeapons none;
  if (known == nullptr) known = &none;
  std::string key = ConditionsKey(search);
  for (const MarkTerm& mark : marks) key += '\n' + FormOf(mark.component);
  Price(index, key, known, patience, &marks);
  *weapons = known->records;
  if (*weapons == nullptr) *weapons = std::make_shared<const WeaponRecords>(index, patience);
  if (!patience->over()) known->records = *weapons;
  std::stable_partition(marks.begin(), marks.end(), [](const MarkTerm& m) { return FormOf(m.component) == kControl; });
  return marks;
}

}  // namespace burin::internal
