// Conditions compiled to ranges of codes: see filter.h. Compiling costs some folds or parses for each value (binary
// search in the dictionary) and, for dates, a look at each period that begins where it may pass. Passes() costs a load
// and a comparison or two for each condition.
#include "src/index/view/filter.h"

#include <algorithm>
#include <utility>

#include "src/index/columns/period.h"
#include "src/mark/fold/fold.h"

namespace burin::internal {
namespace {

using CodeRange = std::pair<uint32_t, uint32_t>;  // Half open.
using Ranges = std::vector<CodeRange>;

enum class Operator { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

struct Spelling {
  std::string_view text;
  Operator op;
};
constexpr Spelling kSpellings[] = {
    {"<=", Operator::kLessEqual}, {">=", Operator::kGreaterEqual}, {"!=", Operator::kNotEqual},
    {"<", Operator::kLess},       {">", Operator::kGreater},       {"=", Operator::kEqual},
};

struct ParsedCondition {
  const AttributeColumn* column = nullptr;
  Operator op = Operator::kEqual;
  std::string_view value;
};

// An attribute of other segments.
class AbsentColumn final : public AttributeColumn {
 public:
  AbsentColumn(std::string name, AttributeType type) : name_(std::move(name)), type_(type) {}
  const std::string& name() const override { return name_; }
  AttributeType type() const override { return type_; }
  uint32_t value_count() const override { return 0; }
  uint32_t code(uint64_t) const override { return 0; }
  std::string_view text(uint32_t) const override { return {}; }
  int64_t integer(uint32_t) const override { return 0; }
  Period period(uint32_t) const override { return {}; }

 private:
  std::string name_;
  AttributeType type_;
};

Status Wrong(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }

const Spelling* SpellingAt(std::string_view text) {
  const auto* found = std::ranges::find_if(kSpellings, [&](const Spelling& s) { return text.starts_with(s.text); });
  return found == std::end(kSpellings) ? nullptr : found;
}

}  // namespace

uint64_t NotSearched(const Index& index, const Filter* filter) {
  uint64_t missing = index.segments().empty() ? index.missing_count() : 0;
  for (const IndexSegment& segment : index.segments()) missing += segment.live_missing;
  return missing - (filter == nullptr ? 0 : filter->hidden_missing());
}

Status UnknownAttribute(const Index& index, std::string_view name) {
  if (name == "key" || name == "serial") {
    return Wrong(QuoteValue(name) + " is not an attribute: conditions are on attributes of records");
  }
  std::string names;
  for (const auto& column : index.attributes()) names += (names.empty() ? "" : ", ") + column->name();
  const std::string there = names.empty() ? "this index has none" : "there are " + names;
  return Wrong("no attribute " + QuoteValue(name) + "; " + there);
}

namespace {

const AttributeColumn* FindColumn(const Index& index, std::string_view name) {
  for (const auto& column : index.attributes()) {
    if (column->name() == name) return column.get();
  }
  return nullptr;
}

Status ParseCondition(const Index& index, std::string_view condition, ParsedCondition* parsed) {
  Status status;
  for (size_t at = 0; at < condition.size(); ++at) {
    const Spelling* spelling = SpellingAt(condition.substr(at));
    if (spelling == nullptr) continue;
    const std::string_view name = TrimWhiteSpace(condition.substr(0, at));
    *parsed = {FindColumn(index, name), spelling->op, condition.substr(at + spelling->text.size())};
    if (parsed->column != nullptr) return {};
    // The message is about the first operator.
    if (status.ok()) {
      status = name.empty() ? Wrong("no attribute before the operator in " + QuoteValue(condition))
                            : UnknownAttribute(index, name);
    }
    at += spelling->text.size() - 1;
  }
  if (!status.ok()) return status;
  return Wrong("no operator (= != < <= > >=) in " + QuoteValue(condition));
}

// Cuts at bars; a backslash before a bar makes it part of the value.
std::vector<std::string> SplitAlternatives(std::string_view text) {
  std::vector<std::string> values(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\|")) {
      values.back() += text[++i];
    } else if (text[i] == '|') {
      values.emplace_back();
    } else {
      values.back() += text[i];
    }
  }
  for (std::string& value : values) value = std::string(TrimWhiteSpace(value));
  return values;
}

// The first code in [1, value_count] that is not `before`, or value_count + 1.
template <typename Before>
uint32_t FirstCode(const AttributeColumn& column, const Before& before) {
  uint64_t low = 1;
  uint64_t high = uint64_t{column.value_count()} + 1;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (before(static_cast<uint32_t>(middle))) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return static_cast<uint32_t>(low);
}

uint32_t EndCode(const AttributeColumn& column) { return column.value_count() + 1; }

// Adds the codes in [first, last) that `passes`, as ranges.
template <typename Passes>
void AddPassing(uint32_t first, uint32_t last, const Passes& passes, Ranges* ranges) {
  for (uint32_t code = first; code < last; ++code) {
    if (!passes(code)) continue;
    if (!ranges->empty() && ranges->back().second == code) {
      ranges->back().second = code + 1;
    } else {
      ranges->emplace_back(code, code + 1);
    }
  }
}

void AddCategory(const AttributeColumn& column, std::string_view value, Ranges* ranges) {
  const std::string folded = FoldValue(value);
  const uint32_t first = FirstCode(column, [&](uint32_t code) { return FoldValue(column.text(code)) < folded; });
  const uint32_t last = FirstCode(column, [&](uint32_t code) { return FoldValue(column.text(code)) <= folded; });
  ranges->emplace_back(first, last);
}

Status AddInteger(const AttributeColumn& column, Operator op, std::string_view value, Ranges* ranges) {
  const Result<int64_t> number = ParseInteger(value);
  if (!number.ok()) return number.status();
  const uint32_t first = FirstCode(column, [&](uint32_t code) { return column.integer(code) < *number; });
  const uint32_t last = FirstCode(column, [&](uint32_t code) { return column.integer(code) <= *number; });
  switch (op) {
    case Operator::kEqual:
    case Operator::kNotEqual:
      ranges->emplace_back(first, last);
      break;  // The caller takes what is left.
    case Operator::kLess:
      ranges->emplace_back(1, first);
      break;
    case Operator::kLessEqual:
      ranges->emplace_back(1, last);
      break;
    case Operator::kGreater:
      ranges->emplace_back(last, EndCode(column));
      break;
    case Operator::kGreaterEqual:
      ranges->emplace_back(first, EndCode(column));
      break;
  }
  return {};
}

Status AddDate(const AttributeColumn& column, Operator op, std::string_view value, Ranges* ranges) {
  const Result<Period> wanted = ParsePeriod(value);
  if (!wanted.ok()) return wanted.status();
  const uint32_t first = FirstCode(column, [&](uint32_t code) { return column.period(code).first < wanted->first; });
  const uint32_t after = FirstCode(column, [&](uint32_t code) { return column.period(code).first <= wanted->last; });
  const auto ends_inside = [&](uint32_t code) { return column.period(code).last <= wanted->last; };
  const auto ends_before = [&](uint32_t code) { return column.period(code).last < wanted->first; };
  switch (op) {
    case Operator::kEqual:
      AddPassing(first, after, ends_inside, ranges);
      break;
    case Operator::kNotEqual:  // The caller takes what is left, so these are the periods that meet it.
      AddPassing(
          1, first, [&](uint32_t code) { return !ends_before(code); }, ranges);
      ranges->emplace_back(first, after);
      break;
    case Operator::kLess:
      AddPassing(1, first, ends_before, ranges);
      break;
    case Operator::kLessEqual:
      AddPassing(1, after, ends_inside, ranges);
      break;
    case Operator::kGreater:
      ranges->emplace_back(after, EndCode(column));
      break;
    case Operator::kGreaterEqual:
      ranges->emplace_back(first, EndCode(column));
      break;
  }
  return {};
}

// Sorts, drops what is empty, joins what touches.
void Normalize(Ranges* ranges) {
  std::erase_if(*ranges, [](const CodeRange& range) { return range.first >= range.second; });
  std::sort(ranges->begin(), ranges->end());
  size_t kept = 0;
  for (const CodeRange& range : *ranges) {
    if (kept > 0 && range.first <= (*ranges)[kept - 1].second) {
      (*ranges)[kept - 1].second = std::max((*ranges)[kept - 1].second, range.second);
    } else {
      (*ranges)[kept++] = range;
    }
  }
  ranges->resize(kept);
}

// All codes below `end` that are in none of the normalized ranges.
Ranges Complement(const Ranges& ranges, uint32_t end) {
  Ranges others;
  uint32_t from = 0;
  for (const CodeRange& range : ranges) {
    if (from < range.first) others.emplace_back(from, range.first);
    from = range.second;
  }
  if (from < end) others.emplace_back(from, end);
  return others;
}

Status AddValue(const ParsedCondition& parsed, std::string_view value, Ranges* ranges) {
  if (value.empty()) {
    ranges->emplace_back(0, 1);
    return {};
  }
  switch (parsed.column->type()) {
    case AttributeType::kCategory:
      AddCategory(*parsed.column, value, ranges);
      return {};
    case AttributeType::kInteger:
      return AddInteger(*parsed.column, parsed.op, value, ranges);
    case AttributeType::kDate:
      return AddDate(*parsed.column, parsed.op, value, ranges);
  }
  return {};
}

Status CheckOrdering(const ParsedCondition& parsed, const std::vector<std::string>& values) {
  const std::string quoted = QuoteValue(parsed.column->name());
  if (parsed.column->type() == AttributeType::kCategory) {
    return Wrong("attribute " + quoted + " is a category, which has no order: only = and != apply");
  }
  if (values.size() != 1) return Wrong("only = and != take several values, for attribute " + quoted);
  if (values[0].empty()) return Wrong("no value to compare attribute " + quoted + " with");
  return {};
}

}  // namespace

struct Filter::Parsed : ParsedCondition {
  bool absent = false;  // The column stands for one that is not there.
};

Status Filter::Add(const Index& index, std::string_view condition) {
  Parsed parsed;
  if (Status status = ParseCondition(index, condition, &parsed); !status.ok()) return status;
  const std::vector<std::string> values = SplitAlternatives(parsed.value);
  if (parsed.op != Operator::kEqual && parsed.op != Operator::kNotEqual) {
    if (Status status = CheckOrdering(parsed, values); !status.ok()) return status;
  }
  if (index.segments().empty()) return Compile(parsed, values);
  const AbsentColumn absent(parsed.column->name(), parsed.column->type());
  MakeSegments(index);
  for (size_t i = 0; i < segments_.size(); ++i) {
    Parsed own = parsed;
    own.column = FindColumn(*index.segments()[i].index, absent.name());
    own.absent = own.column == nullptr;
    if (own.absent) own.column = &absent;
    if (Status status = segments_[i].Compile(own, values); !status.ok()) return status;
  }
  return {};
}

void Filter::MakeSegments(const Index& index) {
  if (!segments_.empty()) return;
  segments_.resize(index.segments().size());
  for (const IndexSegment& segment : index.segments()) first_records_.push_back(segment.first_record);
}

Status Filter::Compile(const Parsed& parsed, const std::vector<std::string>& values) {
  Ranges ranges;
  for (const std::string& value : values) {
    if (Status status = AddValue(parsed, value, &ranges); !status.ok()) {
      return Wrong("attribute " + QuoteValue(parsed.column->name()) + ": " + status.message());
    }
  }
  Normalize(&ranges);
  if (parsed.op == Operator::kNotEqual) ranges = Complement(ranges, EndCode(*parsed.column));
  Push(parsed.absent ? nullptr : parsed.column, std::move(ranges));
  return {};
}

Status Filter::AddAsOf(const Index& index, std::string_view date) {
  const Result<Period> wanted = ParsePeriod(TrimWhiteSpace(date));
  if (!wanted.ok()) return wanted.status();
  if (!index.segments().empty()) {
    MakeSegments(index);
    for (size_t i = 0; i < segments_.size(); ++i) {
      if (Status status = segments_[i].AddAsOf(*index.segments()[i].index, date); !status.ok()) return status;
    }
    return {};
  }
  const AttributeColumn* column = FindColumn(index, "date");
  if (column == nullptr) return {};  // Every record's date is absent.
  if (column->type() != AttributeType::kDate) return Wrong("attribute 'date' of this index is not of type date");
  const uint32_t after = FirstCode(*column, [&](uint32_t code) { return column->period(code).first <= wanted->last; });
  Push(column, {{0, after}});
  return {};
}

Filter Filter::ForSegment(size_t segment, uint64_t first_record) const {
  Filter own = segment < segments_.size() ? segments_[segment] : Filter();
  if (conditions_.empty() && hidden_ == nullptr && shown_in_ == nullptr) return own;
  own.whole_ = this;
  own.first_record_ = first_record;
  return own;
}

void Filter::ShowOnly(const Index& index, const IdSet& visible) {
  shown_in_ = &index;
  shown_ = visible;
  hidden_missing_ = 0;
  for (uint64_t i = 0; i < index.missing_count(); ++i) {
    const uint64_t record = index.missing_record(i);
    if (!index.IsDeleted(record) && !visible.Has(index.record_id(record))) ++hidden_missing_;
  }
}

void Filter::AddCodes(const AttributeColumn& column, const std::vector<uint32_t>& codes) {
  Ranges ranges;
  for (const uint32_t code : codes) ranges.emplace_back(code, code + 1);
  Normalize(&ranges);
  Push(&column, std::move(ranges));
}

bool Filter::Uses(const AttributeColumn& column) const {
  const auto is_about = [&](const Condition& c) { return c.column != nullptr && c.column->name() == column.name(); };
  return std::any_of(conditions_.begin(), conditions_.end(), is_about) ||
         std::any_of(segments_.begin(), segments_.end(), [&](const Filter& own) { return own.Uses(column); });
}

bool Filter::Passes(uint64_t record) const {
  if (!MeetsConditions(record)) return false;
  if (whole_ != nullptr && !whole_->MeetsConditions(first_record_ + record)) return false;
  if (segments_.empty()) return true;
  const auto behind = std::upper_bound(first_records_.begin(), first_records_.end(), record);
  const auto segment = static_cast<size_t>(behind - first_records_.begin()) - 1;
  return segments_[segment].Passes(record - first_records_[segment]);
}

bool Filter::MeetsConditions(uint64_t record) const {
  if (hidden_ != nullptr && hidden_->Has(record)) return false;
  if (shown_in_ != nullptr && !shown_.Has(shown_in_->record_id(record))) return false;
  for (const Condition& condition : conditions_) {
    const uint32_t code = condition.column == nullptr ? 0 : condition.column->code(record);
    // One range, the common case, takes one comparison.
    if (code - condition.first.first < condition.first.second - condition.first.first) continue;
    if (condition.codes.empty()) return false;
    // The first range that ends above the code.
    const auto range = std::upper_bound(condition.codes.begin(), condition.codes.end(), code,
                                        [](uint32_t c, const CodeRange& r) { return c < r.second; });
    if (range == condition.codes.end() || code < range->first) return false;
  }
  return true;
}

void Filter::Push(const AttributeColumn* column, std::vector<CodeRange> codes) {
  Condition condition;
  condition.column = column;
  if (!codes.empty()) {
    condition.first = codes.front();
    condition.codes.assign(codes.begin() + 1, codes.end());
  }
  conditions_.push_back(std::move(condition));
}

}  // namespace burin::internal
