// Results through the C API.
#include <algorithm>
#include <limits>
#include <utility>

#include "src/base/after_stop.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/common/mark_text.h"
#include "src/c_api/search/result_handle.h"
#include "src/evidence/explain/alignment.h"

namespace burin::internal {
namespace {

static_assert(sizeof(burin_match) == 32);
static_assert(sizeof(burin_move) == 16);
static_assert(BURIN_MOVE_KEPT == static_cast<int>(MoveKind::kKept));
static_assert(BURIN_MOVE_SUBSTITUTED == static_cast<int>(MoveKind::kSubstituted));
static_assert(BURIN_MOVE_LOST == static_cast<int>(MoveKind::kLost));
static_assert(BURIN_MOVE_ADDED == static_cast<int>(MoveKind::kAdded));
static_assert(BURIN_MOVE_SWAPPED == static_cast<int>(MoveKind::kSwapped));
static_assert(BURIN_MOVE_UNREAD == static_cast<int>(MoveKind::kUnread));
static_assert(BURIN_MOVE_REWRITTEN == static_cast<int>(MoveKind::kRewritten));
static_assert(BURIN_MOVE_CHANGED == static_cast<int>(MoveKind::kChanged));

burin_match MatchOf(const Index& index, const Hit& hit, bool unit) {
  burin_match match = {};
  match.record_id = index.record_id(hit.record);
  match.mark = hit.mark;
  match.cost = hit.cost;
  match.edits = unit ? hit.cost : BURIN_NO_EDITS;
  match.flags = hit.partial ? BURIN_MATCH_PARTIAL : 0;
  return match;
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of the C API only.

burin_result::burin_result(std::shared_ptr<const Index> searched, std::shared_ptr<const ChannelFile> under,
                           std::shared_ptr<const ReadingContent> read, PricedReading priced_reading,
                           const SearchResult& found, Patience patience)
    : index(std::move(searched)),
      channel(std::move(under)),
      reading(std::move(read)),
      priced(std::move(priced_reading)) {
  matches.reserve(found.hits.size());
  AfterStop after(&patience, kHandedOverAfterStop);
  for (const Hit& hit : found.hits) {
    if (!after.Goes()) break;
    Add(hit);
  }
  Finish(found);
  if (matches.size() == found.hits.size()) return;
  complete = false;
  certificate = std::min(certificate, found.hits[matches.size()].cost);
}

void burin_result::Add(const Hit& hit) { matches.push_back(MatchOf(*index, hit, priced.unit())); }

void burin_result::Finish(const SearchResult& found) {
  complete = found.complete;
  certificate = found.certificate;
  work = found.work;
  not_searched = found.not_searched;
}

std::u32string burin_result::Items(const burin_match& match) const {
  if ((match.flags & BURIN_MATCH_PARTIAL) == 0) return SerialOf(*index, match.mark);
  std::u32string items;
  index->partial_items(match.mark, &items);
  return items;
}

uint64_t burin_result::RecordOf(size_t i) const { return index->FindId(matches[i].record_id); }

burin_result::Texts& burin_result::TextsOf(size_t i) {
  if (texts.size() < matches.size()) texts.resize(matches.size());
  if (texts[i] == nullptr) texts[i] = std::make_unique<Texts>();
  return *texts[i];
}

const std::string& burin_result::Serial(size_t i) {
  auto& kept = TextsOf(i).serial;
  if (!kept) {
    std::string serial;
    AppendItems(Items(matches[i]), &serial);
    kept = std::move(serial);
  }
  return *kept;
}

const std::string& burin_result::Text(size_t i) {
  auto& kept = TextsOf(i).text;
  if (!kept) {
    std::string text;
    kept = index->AppendText(RecordOf(i), &text) ? text : Serial(i);
  }
  return *kept;
}

const std::string& burin_result::Key(size_t i) {
  auto& kept = TextsOf(i).key;
  if (!kept) {
    std::string key;
    index->AppendKey(RecordOf(i), &key);
    kept = std::move(key);
  }
  return *kept;
}

const std::string& burin_result::Source(size_t i) {
  auto& kept = TextsOf(i).source;
  if (!kept) kept = std::string(ValueOf(index->FindAttribute("source"), RecordOf(i)));
  return *kept;
}

const std::vector<Move>& burin_result::Aligned(size_t i) {
  auto& kept = TextsOf(i).aligned;
  if (!kept) {
    const std::u32string items = Items(matches[i]);
    const Standing standing = StandingOf(i);
    PricedReading& by = *standing.priced;
    const uint32_t least = standing.reading->min_length, most = standing.reading->max_length;
    const Lattice& lattice = standing.reading->lattice;
    kept = by.unit()
               ? Align(lattice, by.costs(), items, least, most)
               : AlignChanged(lattice, by.costs(), by.changed(matches[i].cost), *by.channel(), items, least, most);
  }
  return *kept;
}

burin_result::Standing burin_result::StandingOf(size_t i) {
  if (weapons == nullptr) return {reading.get(), &priced};
  const size_t mark = weapons->hits[i].standing;
  const auto& own = weapons->marks[mark].reading;
  return {own != nullptr ? own.get() : reading.get(), &weapons->priced[mark]};
}

const std::vector<burin_move>& burin_result::Moves(size_t i) {
  auto& kept = TextsOf(i).moves;
  if (!kept) {
    std::vector<burin_move> moves;
    for (const Move& move : Aligned(i)) {
      moves.push_back({static_cast<uint32_t>(move.kind), move.element, move.position, move.cost});
    }
    kept = std::move(moves);
  }
  return *kept;
}

namespace {

const char* OfMatch(burin_result* result, size_t i, size_t* size, const std::string& (burin_result::*read)(size_t)) {
  if (result == nullptr || i >= result->matches.size()) return NoAnswer(size);
  const char* text = GuardValue<const char*>(nullptr, [&] { return Answer((result->*read)(i), size); });
  return text == nullptr ? NoAnswer(size) : text;
}

}  // namespace

extern "C" {

void burin_result_destroy(burin_result* result) { delete result; }

const burin_match* burin_result_matches(const burin_result* result, size_t* count) {
  const bool some = result != nullptr && !result->matches.empty();
  if (count != nullptr) *count = some ? result->matches.size() : 0;
  return some ? result->matches.data() : nullptr;
}

int32_t burin_result_complete(const burin_result* result) { return result != nullptr && result->complete ? 1 : 0; }
uint32_t burin_result_certificate(const burin_result* result) { return result == nullptr ? 0 : result->certificate; }

const char* burin_result_channel_name(const burin_result* result) {
  return result == nullptr || result->channel == nullptr ? nullptr : result->channel->channel.name.c_str();
}
const char* burin_result_channel_hash(const burin_result* result) {
  return result == nullptr || result->channel == nullptr ? nullptr : result->channel->hash.c_str();
}

uint32_t burin_result_best_cost(const burin_result* result) {
  if (result == nullptr) return std::numeric_limits<uint32_t>::max();
  // Made when first asked for; a result is used by one thread at a time.
  const Cost best = const_cast<burin_result*>(result)->priced.costs().best;
  return best >= kNever ? std::numeric_limits<uint32_t>::max() : best;
}

uint64_t burin_result_work(const burin_result* result) { return result == nullptr ? 0 : result->work; }
uint64_t burin_result_not_searched(const burin_result* result) { return result == nullptr ? 0 : result->not_searched; }

const char* burin_result_serial(burin_result* result, size_t i, size_t* size) {
  return OfMatch(result, i, size, &burin_result::Serial);
}
const char* burin_result_text(burin_result* result, size_t i, size_t* size) {
  return OfMatch(result, i, size, &burin_result::Text);
}
const char* burin_result_key(burin_result* result, size_t i, size_t* size) {
  return OfMatch(result, i, size, &burin_result::Key);
}
const char* burin_result_source(burin_result* result, size_t i, size_t* size) {
  return OfMatch(result, i, size, &burin_result::Source);
}

burin_status burin_result_alignment(burin_result* result, size_t i, const burin_move** moves, size_t* count,
                                    burin_error** error) {
  if (moves != nullptr) *moves = nullptr;
  if (count != nullptr) *count = 0;
  return Guard(error, [&]() -> Status {
    if (result == nullptr) return IsNull("result");
    if (moves == nullptr) return IsNull("moves");
    if (count == nullptr) return IsNull("count");
    if (i >= result->matches.size()) return OutOfRange("there is no match " + std::to_string(i));
    const std::vector<burin_move>& made = result->Moves(i);
    *moves = made.data();
    *count = made.size();
    return Status();
  });
}

}  // extern "C"
