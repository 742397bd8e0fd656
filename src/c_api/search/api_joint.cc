// Joint evidence through the C API.
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "burin/joint.h"
#include "src/base/checksum.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/common/mark_text.h"
#include "src/c_api/search/joint_terms.h"
#include "src/c_api/search/result_handle.h"
#include "src/mark/formats/synonyms.h"
#include "src/query/text_file.h"

namespace burin::internal {
namespace {

static_assert(sizeof(burin_belief) == 2 * sizeof(void*) + 8 + sizeof(void*));
static_assert(sizeof(burin_joint_term) == 24 + sizeof(void*));
static_assert(BURIN_STANDS_AGREES == static_cast<int>(Agreement::kAgrees));
static_assert(BURIN_STANDS_RELATED == static_cast<int>(Agreement::kRelated));
static_assert(BURIN_STANDS_NEAR == static_cast<int>(Agreement::kNear));
static_assert(BURIN_STANDS_DIFFERS == static_cast<int>(Agreement::kDiffers));
static_assert(BURIN_STANDS_ABSENT == static_cast<int>(Agreement::kAbsent));

constexpr size_t kFirstSize = offsetof(burin_joint_options, marks);

const Synonyms& TableOf(const burin_synonyms* synonyms) {
  return synonyms == nullptr || synonyms->own == nullptr ? Synonyms::Embedded() : *synonyms->own;
}

void AppendPart(std::string_view part, std::string* key) {
  *key += std::to_string(part.size()) + ':' + std::string(part);
}

// All that the costs depend on, the index apart.
std::string KeyOf(const burin_search_options& search, const burin_joint_options& options,
                  const std::vector<Belief>& beliefs) {
  std::string key = ConditionsKey(search);
  for (const Belief& belief : beliefs) {
    AppendPart(belief.attribute, &key);
    AppendPart(belief.value, &key);
    AppendPart({reinterpret_cast<const char*>(&belief.right), sizeof(belief.right)}, &key);
  }
  const Synonyms* table = &TableOf(options.synonyms);
  AppendPart({reinterpret_cast<const char*>(&table), sizeof(table)}, &key);
  return key;
}

// The terms of a weapon's marks, in the order of the options.
void AppendMarks(const Index& index, const WeaponsFound& weapons, size_t i, std::vector<burin_joint_term>* terms,
                 std::vector<std::string>* words) {
  terms->resize(weapons.marks.size());
  words->resize(weapons.marks.size());
  for (size_t m = 0; m < weapons.marks.size(); ++m) {
    const MarkTerm& asked = weapons.marks[m];
    const PaidMark& paid = weapons.hits[i].marks[m];
    burin_joint_term& term = (*terms)[asked.number];
    std::string& line = (*words)[asked.number];
    term = {BURIN_TERM_MARK, asked.number, BURIN_STANDS_ABSENT, paid.cost, 0, nullptr};
    line = asked.component + ": ";
    if (paid.how == PaidMark::How::kUnrecorded) {
      line += "not recorded";
      continue;
    }
    std::u32string items;
    if (paid.item.kind == WeaponRecords::Kind::kPartial) {
      index.partial_items(paid.item.mark, &items);
    } else {
      items = SerialOf(index, paid.item.mark);
    }
    line += "recorded ";
    AppendItems(items, &line);
    if (paid.how == PaidMark::How::kOtherPart) line += ", so another part was read";
    term.stands = paid.how == PaidMark::How::kRead ? BURIN_STANDS_READ : BURIN_STANDS_OTHER_PART;
    term.record_id = index.record_id(paid.item.record);
  }
}

}  // namespace

Result<std::unique_ptr<burin_synonyms>> MakeSynonyms(std::string text, const std::string& name) {
  Result<Synonyms> table = Synonyms::Parse(text, name);
  if (!table.ok()) return table.status();
  auto made = std::make_unique<burin_synonyms>();
  made->own = std::make_shared<const Synonyms>(*std::move(table));
  made->text = std::move(text);
  return made;
}

std::string ConditionsKey(const burin_search_options& search) {
  std::string key;
  const auto add = [&](const char* const* list, size_t count) {
    key += std::to_string(count) + ';';
    for (size_t i = 0; i < count; ++i) AppendPart(list[i], &key);
  };
  add(search.where, search.where_count);
  add(search.classes, search.class_count);
  add(search.components, search.component_count);
  AppendPart(search.date == nullptr ? "" : search.date, &key);
  if (search.visible != nullptr) {
    const uint64_t hash = Checksum(std::as_bytes(std::span(search.visible, search.visible_words)));
    AppendPart({reinterpret_cast<const char*>(&hash), sizeof(hash)}, &key);
  }
  return key;
}

Status ReadJointOptions(const burin_search_options& search, burin_joint_options* options) {
  return ReadOptions(search.joint, kFirstSize, options);
}

Result<std::shared_ptr<const Beliefs>> ReadBeliefs(const Index& index, const burin_search_options& search,
                                                   const burin_joint_options& options, const Filter& filter,
                                                   KnownBeliefs* known, Patience* patience) {
  if (options.belief_count == 0) return std::shared_ptr<const Beliefs>();
  if (options.beliefs == nullptr) return IsNull("beliefs");
  std::vector<Belief> beliefs;
  for (size_t i = 0; i < options.belief_count; ++i) {
    const burin_belief& belief = options.beliefs[i];
    if (belief.attribute == nullptr || belief.value == nullptr) {
      return Invalid("belief " + std::to_string(i) + ": attribute or value is NULL");
    }
    if (belief.reserved != nullptr) return Invalid("belief " + std::to_string(i) + ": reserved is not NULL");
    beliefs.push_back({belief.attribute, belief.value, belief.probability});
  }
  const std::string key = KeyOf(search, options, beliefs);
  if (known != nullptr && known->beliefs != nullptr && known->key == key) return known->beliefs;
  auto made = Beliefs::Make(index, beliefs, TableOf(options.synonyms), filter, patience);
  if (made.ok() && known != nullptr && !patience->over()) {
    *known = {key, options.synonyms == nullptr ? nullptr : options.synonyms->own, *made};
  }
  return made;
}

}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of the C API only.

const std::vector<burin_joint_term>& burin_result::Terms(size_t i) {
  Texts& texts_of = TextsOf(i);
  if (texts_of.terms) return *texts_of.terms;
  std::vector<burin_joint_term> terms;
  std::vector<std::string> words;
  if (weapons != nullptr) {
    AppendMarks(*index, *weapons, i, &terms, &words);
  } else {
    const size_t readings = together == nullptr ? 1 : together->readings.size();
    words.push_back("mark: recorded " + Serial(i) +
                    (readings > 1 ? "; " + std::to_string(readings) + " readings, which share its damage" : ""));
    terms.push_back({BURIN_TERM_MARK, 0, BURIN_STANDS_READ, matches[i].cost, matches[i].record_id, nullptr});
  }
  for (size_t b = 0; beliefs != nullptr && b < beliefs->count(); ++b) {
    const uint64_t record = weapons != nullptr ? weapons->hits[i].believed_of[b] : RecordOf(i);
    const Cost cost = beliefs->CostOf(b, record);
    if (weapons == nullptr) terms.front().cost -= cost;
    terms.push_back({BURIN_TERM_ATTRIBUTE, static_cast<uint32_t>(b),
                     static_cast<uint32_t>(beliefs->AgreementOf(b, record)), cost, 0, nullptr});
    words.push_back(beliefs->Words(b, record));
  }
  texts_of.words = std::move(words);
  for (size_t t = 0; t < terms.size(); ++t) terms[t].words = texts_of.words[t].c_str();
  texts_of.terms = std::move(terms);
  return *texts_of.terms;
}

extern "C" {

burin_status burin_synonyms_open(const char* path, burin_synonyms** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (path == nullptr) {
      *out = new burin_synonyms;
      return Status();
    }
    std::string text;
    if (Status status = ReadRowsAsText(path, Synonyms::kMaxBytes, &text); !status.ok()) return status;
    Result<std::unique_ptr<burin_synonyms>> synonyms = MakeSynonyms(std::move(text), path);
    if (!synonyms.ok()) return synonyms.status();
    *out = synonyms->release();
    return Status();
  });
}

void burin_synonyms_destroy(burin_synonyms* synonyms) { delete synonyms; }

int32_t burin_synonyms_same(const burin_synonyms* synonyms, const char* attribute, burin_view a, burin_view b) {
  return GuardValue<int32_t>(0, [&]() -> int32_t {
    if (attribute == nullptr || BadText(a.data, a.size) || BadText(b.data, b.size)) return 0;
    const Synonyms& table = TableOf(synonyms);
    const std::string form = table.Form(attribute, Text(a.data, a.size));
    return !form.empty() && form == table.Form(attribute, Text(b.data, b.size)) ? 1 : 0;
  });
}

const char* burin_stands_name(uint32_t stands) {
  static constexpr const char* kNames[] = {nullptr,   "agrees", "related", "near",
                                           "differs", "absent", "read",    "other part"};
  return stands < std::size(kNames) ? kNames[stands] : nullptr;
}

burin_status burin_result_joint(burin_result* result, size_t i, const burin_joint_term** terms, size_t* count,
                                burin_error** error) {
  if (terms != nullptr) *terms = nullptr;
  if (count != nullptr) *count = 0;
  return Guard(error, [&]() -> Status {
    if (result == nullptr) return IsNull("result");
    if (terms == nullptr) return IsNull("terms");
    if (count == nullptr) return IsNull("count");
    if (i >= result->matches.size()) return OutOfRange("there is no match " + std::to_string(i));
    const std::vector<burin_joint_term>& made = result->Terms(i);
    *terms = made.data();
    *count = made.size();
    return Status();
  });
}

}  // extern "C"
