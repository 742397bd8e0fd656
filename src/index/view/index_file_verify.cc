// Proves an opened index sound: every checksum first, then every rule of docs/format.md that opening leaves unchecked.
// Costs one pass over the file and one bit a record; where the section ROWS is not there, and keys are no rising
// numbers, also 8 bytes a row (index_file_verify_keys.cc).
#include "src/index/view/index_file.h"

#include <algorithm>
#include <span>
#include <vector>

#include "src/index/file/sections.h"
#include "src/index/view/record_population.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// Behind all others, in any order.
constexpr FourCcCode kLastSections[] = {kRecordIdsSection, kRowsSection, kPopulationSection};

bool FoldsToItself(Symbol symbol) {
  std::u32string folded;
  return FoldSerial(ToUtf8({&symbol, 1}), &folded) && folded.size() == 1 && folded[0] == symbol;
}

}  // namespace

Status IndexFile::VerifyBytes() const { return container_.Verify(); }

Status IndexFile::VerifyRules() const {
  if (Status status = VerifyOrder(); !status.ok()) return status;
  if (Status status = VerifyGroups(); !status.ok()) return status;
  if (Status status = VerifyRecords(); !status.ok()) return status;
  if (Status status = VerifySymbols(); !status.ok()) return status;
  if (Status status = container_.In(*container_.Find(kRecordKeySection), keys_->Verify()); !status.ok()) return status;
  if (Status status = container_.In(*container_.Find(kTextSection), texts_->Verify()); !status.ok()) return status;
  for (const auto& [column, section] : stored_attributes_) {
    if (Status status = container_.In(*section, column->Verify()); !status.ok()) return status;
  }
  if (const auto section = container_.Find(kRecordIdsSection)) {
    if (Status status = container_.In(*section, ids_.Verify()); !status.ok()) return status;
  }
  if (Status status = VerifyKeys(); !status.ok()) return status;
  return VerifyPopulation();
}

// Opening looks for these by name alone.
Status IndexFile::VerifyOrder() const {
  std::vector<FourCcCode> met;
  for (const Section& section : container_.sections()) {
    const auto is = [&](std::span<const FourCcCode> names) {
      return std::find(names.begin(), names.end(), section.name) != names.end();
    };
    if (is(kKnownSections) && !met.empty()) return container_.Corrupt(section, 0, "out of place");
    if (!is(kLastSections)) continue;
    if (is(met)) return container_.Corrupt(section, 0, "there twice");
    met.push_back(section.name);
  }
  return {};
}

// Every symbol is one that the folding leaves as it is. Of another version's folding nothing is known.
Status IndexFile::VerifySymbols() const {
  if (info_.folding_version != kFoldingVersion) return {};
  std::vector<Symbol> symbols;
  for (const auto& group : groups_) {
    for (uint32_t p = 0; p < group->length(); ++p) {
      symbols.insert(symbols.end(), group->alphabet(p).begin(), group->alphabet(p).end());
    }
  }
  std::sort(symbols.begin(), symbols.end());
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  const auto wrong = [](Symbol symbol) { return symbol < kUnreadable && !FoldsToItself(symbol); };
  if (std::any_of(symbols.begin(), symbols.end(), wrong)) {
    return container_.Corrupt(*container_.Find(kGroupsSection), 0, "a symbol that folding would change");
  }
  std::u32string items;
  for (uint64_t i = 0; i < partials_.size(); ++i) {
    partials_.Items(i, &items);
    const bool unknown = std::any_of(items.begin(), items.end(), [&](Symbol item) {
      return !std::binary_search(symbols.begin(), symbols.end(), item) && wrong(item);
    });
    if (!unknown) continue;
    return container_.Corrupt(*container_.Find(kPartialsSection), 0,
                              "partial record " + std::to_string(i) + " has a symbol that folding would change");
  }
  return {};
}

// Counted again.
Status IndexFile::VerifyPopulation() const {
  const auto section = container_.Find(kPopulationSection);
  if (!section || RegisteredSerials::IsOfAnotherModel(ByteReader(section->bytes))) return {};
  PopulationCounts counts;
  RegisteredSerials registered;
  if (!ReadPopulation(&counts, &registered)) return container_.Corrupt(*section, 0, "no counts of so many serials");
  const auto counted = CountPopulation(*this, nullptr);
  if (counts == counted->counts && registered == counted->serials) return {};
  return container_.Corrupt(*section, 0, "not the counts of these serials");
}

Status IndexFile::VerifyGroups() const {
  std::vector<const GroupShape*> formats;  // Of the groups before, of the same length.
  uint32_t length = 0;
  for (const auto& [keys, section] : stored_keys_) {
    if (keys->length() != length) formats.clear();
    if (!formats.empty() && !formats.back()->IsFormat()) {
      return container_.Corrupt(*section, 0, "keys behind a group that is not one format");
    }
    length = keys->length();
    if (Status status = container_.In(*section, keys->Verify(formats)); !status.ok()) return status;
    formats.push_back(&keys->shape());
  }
  return {};
}

// Every record has its place once: in the postings, among the partial records or among the missing.
Status IndexFile::VerifyRecords() const {
  std::vector<bool> seen(info_.records);
  Status status = container_.In(*container_.Find(kPostingsSection), postings_.Verify(&seen));
  if (status.ok()) status = container_.In(*container_.Find(kPartialsSection), partials_.Verify(&seen));
  if (status.ok() && partial_keys_) {
    status = container_.In(*container_.Find(kPartialKeysSection), partial_keys_->Verify(partials_));
  }
  if (status.ok()) status = container_.In(*container_.Find(kMissingSection), missing_.Verify(info_.missing, &seen));
  return status;
}

}  // namespace burin::internal
