#include "tests/reference/twin_joint.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>

#include "src/base/mapped_file.h"
#include "src/index/view/segmented_index.h"
#include "src/index/write/index_builder.h"
#include "tests/reference/twin_channel.h"

namespace burin::internal::reference {
namespace {

// What names of the cases mean the same: by hand, not by the table.
std::string Meaning(const std::string& name) {
  static const std::map<std::string, std::string> meanings = {{"Zastava", "z"},
                                                              {"CRVENA  zastava", "z"},
                                                              {"Zastava Arms, Inc.", "z"},
                                                              {"GLC", "g"},
                                                              {"Glock", "g"},
                                                              {"FN", "f"},
                                                              {"Unheard Of Ltd", "u"},
                                                              {"unheard-of", "u"},
                                                              {"7.62x39", "c"},
                                                              {"7,62 X 39 mm", "c"},
                                                              {"9x19", "p"},
                                                              {"9 mm Luger", "p"},
                                                              {"9x18", "m"}};
  const auto found = meanings.find(name);
  return found == meanings.end() ? name : found->second;
}

long Number(const std::string& text) { return std::strtol(text.c_str(), nullptr, 10); }
// Days since some day, of "YYYY-MM-DD", by counting.
long Day(const std::string& text) {
  const long year = Number(text), month = Number(text.substr(5)), day = Number(text.substr(8));
  static constexpr int kBefore[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const auto leap = [](long y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  long days = 0;
  for (long y = 1; y < year; ++y) days += leap(y) ? 366 : 365;
  return days + kBefore[month - 1] + (month > 2 && leap(year) ? 1 : 0) + day;
}

bool IsNumber(const std::string& attribute) { return attribute == "year" || attribute == "date"; }

bool Agrees(const std::string& attribute, const std::string& stated, const std::string& recorded) {
  if (attribute == "year") return Number(stated) == Number(recorded);
  if (attribute == "date") return stated == recorded;
  return Meaning(stated) == Meaning(recorded);
}
bool IsNear(const std::string& attribute, const std::string& stated, const std::string& recorded) {
  if (attribute == "year") return std::labs(Number(stated) - Number(recorded)) == 1;
  return std::labs(Day(stated) - Day(recorded)) <= 366;
}

}  // namespace

const std::vector<std::string>& JointAttributes() {
  static const std::vector<std::string> names = {"weapon",   "component", "maker", "brand",
                                                 "importer", "calibre",   "year",  "date"};
  return names;
}

std::string RandomValue(const std::string& attribute, Choices* choices) {
  static const std::map<std::string, std::vector<std::string>> values = {
      {"weapon", {"", "w1", "w2", "w3", "w4", "w5"}},
      {"component", {"", "frame", "receiver", "barrel", "barrel", "slide"}},
      {"calibre", {"", "7.62x39", "7,62 X 39 mm", "9x19", "9 mm Luger", "9x18"}},
      {"year", {"", "1989", "1990", "1991", "2001"}},
      {"date", {"", "1990-02-28", "1991-02-28", "1991-03-02", "1996-03-01"}}};
  static const std::vector<std::string> makers = {"",      "Zastava", "CRVENA  zastava", "Zastava Arms, Inc.", "GLC",
                                                  "Glock", "FN",      "Unheard Of Ltd",  "unheard-of"};
  const auto found = values.find(attribute);
  return choices->Of(found == values.end() ? makers : found->second);
}

std::vector<std::byte> IndexOf(const std::vector<JointRecord>& records, uint64_t first_id) {
  const auto builder = IndexBuilder::Create();
  if (first_id != 0) builder->RegisterRows();
  const auto must = [](const Status& status) {
    if (status.ok()) return;
    std::fprintf(stderr, "%s\n", status.message().c_str());
    std::abort();
  };
  for (const std::string& name : JointAttributes()) {
    const AttributeType type = name == "year"   ? AttributeType::kInteger
                               : name == "date" ? AttributeType::kDate
                                                : AttributeType::kCategory;
    must(builder->AddAttribute(name, type).status());
  }
  for (size_t i = 0; i < records.size(); ++i) {
    RecordedMark mark;
    mark.symbols = records[i].missing ? U"" : records[i].items;
    mark.partial = records[i].partial && !records[i].missing;
    mark.missing = records[i].missing ? Missing::kIllegible : Missing::kNone;
    const std::vector<RecordedMark> marks = {mark};
    std::vector<std::string> values;
    for (const std::string& name : JointAttributes()) values.push_back(records[i].Of(name));
    const std::vector<std::string_view> views(values.begin(), values.end());
    const std::string key = std::to_string(i + 1);
    int at_fault = -1;
    must(builder->Add({key, "", key, marks, views, first_id == 0 ? 0 : first_id + i}, &at_fault));
  }
  std::vector<std::byte> bytes;
  must(builder->Write(&bytes));
  return bytes;
}

std::shared_ptr<const Index> SegmentsOf(const std::vector<JointRecord>& records, Choices* choices) {
  std::vector<IndexSegment> segments;
  for (size_t first = 0; first < records.size();) {
    const size_t most = records.size() - first;
    const size_t count = 1 + choices->Below(static_cast<uint32_t>(most));
    const std::vector<JointRecord> part(records.begin() + static_cast<std::ptrdiff_t>(first),
                                        records.begin() + static_cast<std::ptrdiff_t>(first + count));
    auto file = MappedFile::OfBytes(IndexOf(part, first + 1));
    if (!file.ok()) std::abort();
    const auto index = Index::OpenMapped(*std::move(file), "segment");
    if (!index.ok()) std::abort();
    IndexSegment& segment = segments.emplace_back();
    segment.index = *index;
    auto deleted = std::make_shared<RecordSet>(count);
    for (size_t i = 0; i < count; ++i) {
      if (part[i].deleted) deleted->Add(i);
    }
    if (!deleted->empty()) segment.deleted = std::move(deleted);
    first += count;
  }
  SegmentedIndex::Names names;
  for (const auto& column : segments[0].index->attributes()) names.emplace_back(column->name(), column->type());
  auto index = SegmentedIndex::Make(std::move(segments), std::move(names));
  if (!index.ok()) std::abort();
  return *index;
}

SplitRecords Split(const std::vector<JointRecord>& records, Choices* choices) {
  SplitRecords split;
  std::vector<JointRecord> all;
  for (uint32_t i = 0; i < records.size(); ++i) {
    if (choices->OneIn(4)) {
      all.push_back(choices->Of(records));
      all.back().deleted = true;
      split.number_of.push_back(~uint32_t{0});
    }
    split.record_of.push_back(all.size());
    split.number_of.push_back(i);
    all.push_back(records[i]);
  }
  split.index = SegmentsOf(all, choices);
  return split;
}

std::vector<Cost> BeliefCosts(const std::vector<JointRecord>& records,
                              const std::function<bool(const JointRecord&)>& counts, const TwinBelief& belief,
                              const std::vector<std::string>& used) {
  const std::string& name = belief.attribute;
  std::vector<std::string> related;
  const std::set<std::string> makers = {"maker", "brand", "importer"};
  for (const std::string& other : makers) {
    if (makers.count(name) != 0 && other != name && std::find(used.begin(), used.end(), other) == used.end()) {
      related.push_back(other);
    }
  }
  // Of the related attributes that a record names, the share that agrees; nothing if it names none.
  const auto relation = [&](const JointRecord& r) -> std::optional<double> {
    if (IsNumber(name))
      return Agrees(name, belief.value, r.Of(name)) ? 0 : IsNear(name, belief.value, r.Of(name)) / 2.0;
    double named = 0, agree = 0;
    for (const std::string& other : related) {
      if (r.Of(other).empty()) continue;
      ++named;
      agree += Agrees(name, belief.value, r.Of(other));
    }
    if (named == 0) return std::nullopt;
    return agree / named;
  };
  double n = 0, agreeing = 0, related_named = 0, related_sum = 0;
  std::set<std::string> distinct;
  for (const JointRecord& r : records) {
    if (!counts(r) || r.Of(name).empty()) continue;
    distinct.insert(r.Of(name));
    ++n;
    agreeing += Agrees(name, belief.value, r.Of(name));
    if (const auto share = relation(r)) {
      ++related_named;
      related_sum += *share;
    }
  }
  const double d = (agreeing + 1) / (n + static_cast<double>(distinct.size()) + 1), f = n > 0 ? agreeing / n : d;
  const double g = related_named > 0 ? related_sum / related_named : IsNumber(name) ? 0 : f;
  const double x = related.empty() && !IsNumber(name) ? 0 : 0.5, p = belief.right;
  std::vector<Cost> costs(records.size(), 0);
  Cost least = kNever;
  for (size_t i = 0; i < records.size(); ++i) {
    const JointRecord& r = records[i];
    const bool absent = r.Of(name).empty();
    const double right = absent ? f : Agrees(name, belief.value, r.Of(name)) ? 1 : 0;
    const double rel = absent && IsNumber(name) ? g : relation(r).value_or(g);
    costs[i] = static_cast<Cost>(CostOf(p * right + (1 - p) * (x * rel + (1 - x) * d)));
    if (counts(r)) least = std::min(least, costs[i]);
  }
  for (size_t i = 0; i < records.size(); ++i) costs[i] = counts(records[i]) ? costs[i] - least : 0;
  return costs;
}

}  // namespace burin::internal::reference
