#include "src/index/view/find_texts.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "src/index/columns/attribute.h"
#include "src/index/view/lookup.h"
#include "src/mark/cells/recorded.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool HasDigit(std::u32string_view symbols) {
  return std::any_of(symbols.begin(), symbols.end(), [](Symbol s) { return s >= U'0' && s <= U'9'; });
}

class Finder {
 public:
  Finder(const Index& index, std::span<const std::string_view> texts) : index_(index), found_(texts.size()) {
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::string_view text = TrimWhiteSpace(texts[i]);
      if (!IsValidUtf8(text)) continue;
      if (FindSerials(text, &found_[i])) continue;
      elsewhere_[text].push_back(i);
    }
    if (!elsewhere_.empty()) Scan();
    for (auto& records : found_) Sort(&records);
  }

  std::vector<std::vector<TextFound>> Take() { return std::move(found_); }

 private:
  // By the serials that the text may have been read as. False: it may have been read as something else too.
  bool FindSerials(std::string_view text, std::vector<TextFound>* found) const {
    std::vector<std::u32string> serials(1);
    (void)FoldSerial(text, &serials[0], index_.info().folding_version);
    std::vector<RecordedMark> marks;
    (void)ReadRecorded(text, {}, &marks);  // Valid UTF-8, as above.
    bool plain = marks.size() == 1 && HasDigit(serials[0]);
    for (RecordedMark& mark : marks) {
      const bool whole = mark.missing == Missing::kNone && !mark.partial;
      plain = plain && whole && mark.symbols == serials[0];
      if (whole && mark.symbols != serials[0]) serials.push_back(std::move(mark.symbols));
    }
    const std::vector<std::u32string_view> views(serials.begin(), serials.end());
    std::vector<uint64_t> ranks(views.size());
    Lookup(index_, views, ranks);
    for (size_t s = 0; s < ranks.size(); ++s) {
      if (ranks[s] == kNoRank) continue;
      for (const uint64_t id : IdsOf(index_, ranks[s])) {
        if (HasText(index_.FindId(id), serials[s], text)) found->push_back({id, serials[s]});
      }
    }
    return plain;
  }

  bool HasText(uint64_t record, std::u32string_view serial, std::string_view text) const {
    std::string own;
    if (!index_.AppendText(record, &own)) own = ToUtf8(serial);
    return TrimWhiteSpace(own) == text;
  }

  void Scan() {
    for (uint64_t i = 0; i < index_.partial_count(); ++i) {
      Visit(index_.partial_record(i), [&](std::u32string* items) { index_.partial_items(i, items); });
    }
    for (uint64_t i = 0; i < index_.missing_count(); ++i) {
      Visit(index_.missing_record(i), [](std::u32string*) {});
    }
    if (index_.info().folding_version == kFoldingVersion) return;
    for (uint64_t rank = 0; rank < index_.info().serials; ++rank) {
      for (uint64_t i = 0; i < index_.postings_size(rank); ++i) {
        Visit(index_.posting(rank, i), [&](std::u32string* items) { *items = SerialOfRank(index_, rank); });
      }
    }
  }

  // A record whose text is stored: those whose serial says it were found by that.
  template <typename Items>
  void Visit(uint64_t record, Items items) {
    text_.clear();
    if (index_.IsDeleted(record) || !index_.AppendText(record, &text_)) return;
    const auto asked = elsewhere_.find(TrimWhiteSpace(text_));
    if (asked == elsewhere_.end()) return;
    TextFound found;
    found.record_id = index_.record_id(record);
    items(&found.items);
    for (const size_t i : asked->second) found_[i].push_back(found);
  }

  static void Sort(std::vector<TextFound>* records) {
    const auto before = [](const TextFound& a, const TextFound& b) { return a.record_id < b.record_id; };
    const auto same = [](const TextFound& a, const TextFound& b) { return a.record_id == b.record_id; };
    std::sort(records->begin(), records->end(), before);
    records->erase(std::unique(records->begin(), records->end(), same), records->end());
  }

  const Index& index_;
  std::vector<std::vector<TextFound>> found_;
  absl::flat_hash_map<std::string_view, std::vector<size_t>> elsewhere_;  // Which texts say it.
  std::string text_;
};

}  // namespace

std::vector<std::vector<TextFound>> FindTexts(const Index& index, std::span<const std::string_view> texts) {
  return Finder(index, texts).Take();
}

}  // namespace burin::internal
