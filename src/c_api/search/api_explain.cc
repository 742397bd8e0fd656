// Explanation through the C API: reasons of moves, and single records explained whatever they cost.
#include "burin/explain.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/search/result_handle.h"
#include "src/c_api/search/search_terms.h"
#include "src/index/write/index_builder.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/structural/changed_scorer.h"

namespace burin::internal {
namespace {

static_assert(sizeof(burin_reason) == 8 + sizeof(void*));
static_assert(BURIN_REASON_ANOTHER_SYMBOL == static_cast<int>(Reason::kAnotherSymbol));
static_assert(BURIN_REASON_LOOK_ALIKE == static_cast<int>(Reason::kLookAlike));
static_assert(BURIN_REASON_STROKE_GAIN == static_cast<int>(Reason::kStrokeGain));
static_assert(BURIN_REASON_STROKE_LOSS == static_cast<int>(Reason::kStrokeLoss));
static_assert(BURIN_REASON_NEIGHBOURING_KEY == static_cast<int>(Reason::kNeighbouringKey));
static_assert(BURIN_REASON_KNOWN_PAIR == static_cast<int>(Reason::kKnownPair));
static_assert(BURIN_REASON_NO_RELATION == static_cast<int>(Reason::kNoRelation));
static_assert(BURIN_REASON_RESTAMPED == static_cast<int>(Reason::kRestamped));
static_assert(BURIN_REASON_SUPPORT == static_cast<int>(Reason::kSupport));
static_assert(BURIN_REASON_NOT_READ == static_cast<int>(Reason::kNotRead));
static_assert(BURIN_REASON_NOT_RECORDED == static_cast<int>(Reason::kNotRecorded));
static_assert(BURIN_REASON_SWAPPED == static_cast<int>(Reason::kSwapped));
static_assert(BURIN_REASON_REWRITTEN == static_cast<int>(Reason::kRewritten));
static_assert(BURIN_REASON_RECORD_UNREADABLE == static_cast<int>(Reason::kRecordUnreadable));
static_assert(BURIN_REASON_PREFIX_LOST == static_cast<int>(Reason::kPrefixLost));
static_assert(BURIN_REASON_SUFFIX_LOST == static_cast<int>(Reason::kSuffixLost));
static_assert(BURIN_REASON_PREFIX_ADDED == static_cast<int>(Reason::kPrefixAdded));
static_assert(BURIN_REASON_SUFFIX_ADDED == static_cast<int>(Reason::kSuffixAdded));
static_assert(BURIN_REASON_ZEROS_ADDED == static_cast<int>(Reason::kZerosAdded));
static_assert(BURIN_REASON_ZEROS_LOST == static_cast<int>(Reason::kZerosLost));
static_assert(BURIN_REASON_LAST_FOUR == static_cast<int>(Reason::kLastFour));
static_assert(BURIN_REASON_LETTERS_LOST == static_cast<int>(Reason::kLettersLost));
static_assert(BURIN_REASON_BLOCKS_SWAPPED == static_cast<int>(Reason::kBlocksSwapped));

// Appends the marks of a record: nothing but costs is unset.
void FindMarks(const Index& index, uint64_t record, std::vector<Hit>* hits) {
  const auto number = static_cast<uint32_t>(record);
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    if (index.partial_record(i) == record) hits->push_back({0, number, i, true});
  }
  for (uint64_t i = 0; i < index.missing_count() && hits->empty(); ++i) {
    if (index.missing_record(i) == record) return;
  }
  for (uint64_t rank = 0; rank < index.info().serials && hits->empty(); ++rank) {
    for (uint64_t i = 0; i < index.postings_size(rank); ++i) {
      if (index.posting(rank, i) == record) hits->push_back({0, number, rank, false});
    }
  }
}

std::u32string ItemsOf(const Index& index, const Hit& hit) {
  if (!hit.partial) return SerialOf(index, hit.mark);
  std::u32string items;
  index.partial_items(hit.mark, &items);
  return items;
}

// The options without what a single record is not asked.
Status ReadTerms(std::shared_ptr<const Index> index, const burin_search_options* options, SearchTerms* terms) {
  burin_search_options known = BURIN_SEARCH_OPTIONS_INIT;
  if (Status status = ReadOptions(options, offsetof(burin_search_options, max_hits), &known); !status.ok()) {
    return status;
  }
  burin_search_options asked = BURIN_SEARCH_OPTIONS_INIT;
  asked.costs = known.costs;
  asked.channel = known.channel;
  asked.own_channel = known.own_channel;
  return terms->Read(std::move(index), &asked, true);
}

Status Explain(const SearchTerms& terms, const burin_reading* reading, const std::vector<uint64_t>& records,
               burin_result** out) {
  const std::shared_ptr<const ReadingContent>& content = terms.Of(reading->content);
  Result<PricedReading> priced = terms.Price(*content);
  if (!priced.ok()) return priced.status();
  const Index& index = *terms.index();
  SearchResult found;
  for (const uint64_t record : records) {
    std::vector<Hit> marks;
    FindMarks(index, record, &marks);
    for (Hit& mark : marks) {
      mark.cost = CostOfMark(&*priced, *content, ItemsOf(index, mark));
      if (mark.cost < kNever) found.hits.push_back(mark);
    }
    if (marks.empty()) ++found.not_searched;
  }
  found.certificate = kNever;
  *out = new burin_result(terms.index(), terms.channel(), content, *std::move(priced), found);
  return Status();
}

// An index of what one cell holds, which owns its bytes.
Result<std::shared_ptr<const Index>> IndexOfText(std::string_view text) {
  std::vector<RecordedMark> marks;
  if (!ReadRecorded(text, RecordedOptions(), &marks)) return Invalid("text is not valid UTF-8");
  const std::unique_ptr<IndexBuilder> builder = IndexBuilder::Create();
  Row row;
  row.key = "1";
  row.text = text;
  row.marks = marks;
  int attribute = -1;
  if (Status status = builder->Add(row, &attribute); !status.ok()) return status;
  struct Kept {
    std::vector<std::byte> bytes;
    std::shared_ptr<const Index> index;
  };
  auto kept = std::make_shared<Kept>();
  if (Status status = builder->Write(&kept->bytes); !status.ok()) return status;
  Result<std::shared_ptr<const Index>> index = Index::OpenBuffer(kept->bytes, "text");
  if (!index.ok()) return index;
  kept->index = *std::move(index);
  const Index* opened = kept->index.get();
  return std::shared_ptr<const Index>(std::move(kept), opened);
}

}  // namespace

Cost CostOfMark(PricedReading* priced, const ReadingContent& reading, std::u32string_view items) {
  const bool partial = items.find_first_of(std::u32string{kUnreadable, kGap}) != std::u32string_view::npos;
  const Cost plain = MarkScorer(priced->costs()).Score(items, reading.min_length, reading.max_length);
  if (partial) return plain;  // Nothing happens to such a mark as a whole.
  return std::min(plain, ChangedScorer(priced, kNever - 1).Of(items, reading.min_length, reading.max_length));
}

}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

const std::vector<burin_reason>& burin_result::Reasons(size_t i) {
  Texts& kept = TextsOf(i);
  if (!kept.reasons) {
    const ConfusionParts* parts = channel == nullptr ? nullptr : &channel->parts;
    const auto [read, by] = StandingOf(i);
    kept.reasoned =
        ReasonsOf({read->lattice, read->element_texts, by->channel(), parts}, Items(matches[i]), Aligned(i));
    std::vector<burin_reason> reasons;
    for (const ReasonedMove& move : kept.reasoned) {
      reasons.push_back({static_cast<uint32_t>(move.reason), 0, move.text.c_str()});
    }
    kept.reasons = std::move(reasons);
  }
  return *kept.reasons;
}

extern "C" {

const char* burin_reason_name(uint32_t reason) {
  if (reason > BURIN_REASON_BLOCKS_SWAPPED) return nullptr;
  const std::string_view name = ReasonName(static_cast<Reason>(reason));
  return name.empty() && reason != BURIN_REASON_NONE ? nullptr : name.empty() ? "" : name.data();  // A literal.
}

burin_status burin_result_reasons(burin_result* result, size_t i, const burin_reason** reasons, size_t* count,
                                  burin_error** error) {
  if (reasons != nullptr) *reasons = nullptr;
  if (count != nullptr) *count = 0;
  return Guard(error, [&]() -> Status {
    if (result == nullptr) return IsNull("result");
    if (reasons == nullptr) return IsNull("reasons");
    if (count == nullptr) return IsNull("count");
    if (i >= result->matches.size()) return OutOfRange("there is no match " + std::to_string(i));
    const std::vector<burin_reason>& made = result->Reasons(i);
    *reasons = made.data();
    *count = made.size();
    return Status();
  });
}

burin_status burin_explain(burin_searcher* searcher, const burin_reading* reading, const burin_search_options* options,
                           uint64_t record_id, burin_result** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (searcher == nullptr) return IsNull("searcher");
    if (reading == nullptr) return IsNull("reading");
    const uint64_t record = searcher->index->FindId(record_id);
    if (record == kNoRecord) {
      return OutOfRange("there is no record " + std::to_string(record_id));
    }
    SearchTerms terms;
    if (Status status = ReadTerms(searcher->index, options, &terms); !status.ok()) return status;
    return Explain(terms, reading, {record}, out);
  });
}

burin_status burin_explain_text(const burin_reading* reading, const burin_search_options* options, const char* text,
                                size_t size, burin_result** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (reading == nullptr) return IsNull("reading");
    if (BadText(text, size)) return IsNull("text");
    Result<std::shared_ptr<const Index>> index = IndexOfText(Text(text, size));
    if (!index.ok()) return index.status();
    const uint64_t count = (*index)->record_count();
    SearchTerms terms;
    if (Status status = ReadTerms(*std::move(index), options, &terms); !status.ok()) return status;
    std::vector<uint64_t> records;
    for (uint64_t record = 0; record < count; ++record) records.push_back(record);
    return Explain(terms, reading, records, out);
  });
}

}  // extern "C"
