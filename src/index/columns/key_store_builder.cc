// Keys are numbers until one is not a decimal number as a machine writes it; then all become texts. A source is watched
// in one of two ways: its keys rise (nothing to keep but the last one), or its records are in a set that compares keys.
#include "src/index/columns/key_store_builder.h"

#include <absl/container/flat_hash_map.h>
#include <absl/hash/hash.h>

#include <charconv>
#include <vector>

#include "src/codec/narrow_sequence.h"
#include "src/codec/string_list.h"
#include "src/index/columns/attribute.h"
#include "src/index/columns/hashed_numbers.h"

namespace burin::internal {
namespace {

constexpr size_t kMostDigits = 20;
constexpr uint64_t kMostRecords = ~uint32_t{0};  // Record numbers in the set have 32 bits.
// Sources whose records are looked for one source at a time; the next one makes the set take in all records.
constexpr int kMostScans = 16;

// A decimal number without a sign or leading zeros, of at most 64 bits.
bool ReadNumber(std::string_view key, uint64_t* number) {
  if (key.empty() || key.size() > kMostDigits || (key.front() == '0' && key.size() > 1)) return false;
  const char* const end = key.data() + key.size();
  const auto [stop, error] = std::from_chars(key.data(), end, *number);
  return stop == end && error == std::errc();
}

}  // namespace

// The keys of all records.
class KeyStoreBuilder::Keys {
 public:
  explicit Keys(SpillArena* arena) : arena_(arena), numbers_(arena), texts_(arena) {}
  struct Buffer {
    char digits[kMostDigits];
  };

  uint64_t size() const { return numeric_ ? numbers_.size() : texts_.size(); }
  bool SortedNumbers() const { return numeric_ && sorted_; }
  uint64_t number(uint64_t i) const { return numbers_.at(i); }
  // Valid as long as the buffer.
  std::string_view at(uint64_t i, Buffer* buffer) const {
    if (!numeric_) return texts_.at(i);
    const auto end = std::to_chars(buffer->digits, buffer->digits + kMostDigits, numbers_.at(i)).ptr;
    return {buffer->digits, static_cast<size_t>(end - buffer->digits)};
  }

  void AddNumber(std::string_view key, uint64_t number) {
    if (!numeric_) return texts_.Append(key);
    sorted_ = sorted_ && number >= last_;
    last_ = number;
    numbers_.Append(number);
  }
  void AddText(std::string_view key) {
    if (numeric_) BecomeTexts();
    texts_.Append(key);
  }
  void AddSame() {
    if (numeric_) {
      numbers_.Append(last_);
    } else {
      texts_.Append(texts_.at(texts_.size() - 1));
    }
  }
  size_t memory_bytes() const { return numbers_.memory_bytes() + texts_.memory_bytes(); }

 private:
  void BecomeTexts() {
    Buffer buffer;
    for (uint64_t i = 0; i < numbers_.size(); ++i) texts_.Append(at(i, &buffer));
    numbers_ = NarrowSequence(arena_);
    numeric_ = false;
  }

  SpillArena* arena_;
  bool numeric_ = true;
  bool sorted_ = true;
  uint64_t last_ = 0;
  NarrowSequence numbers_;
  StringList texts_;
};

// The sources of all records, and what was seen of each.
class KeyStoreBuilder::Sources {
 public:
  Sources(const Keys* keys, SpillArena* arena) : keys_(keys), records_(arena) {}
  Sources(const Sources&) = delete;

  uint32_t Code(std::string_view source) {
    if (states_.empty() || source != last_name_) {
      const auto [found, is_new] = codes_.try_emplace(std::string(source), static_cast<uint32_t>(states_.size()));
      if (is_new) states_.emplace_back();
      last_name_ = found->first;
      last_code_ = found->second;
    }
    return last_code_;
  }
  // Whether a record of the source has the key. `number`: the key's, or nullptr if it is no number.
  bool Has(uint32_t source, std::string_view key, const uint64_t* number) {
    State& state = states_[source];
    if (!state.in_set) {
      if (number != nullptr && (!state.used || *number > state.last)) return false;
      TakeIn(source);
    }
    last_hash_ = HashOf(source, key);
    return InSet(last_hash_, source, key);
  }
  // The record that was added to the keys last is of the source. After Has() said that its key is new.
  void Added(uint32_t source, const uint64_t* number) {
    records_.Append(source);
    State& state = states_[source];
    state.used = true;
    if (number != nullptr) state.last = *number;
    if (state.in_set) seen_.Insert(last_hash_, static_cast<uint32_t>(keys_->size() - 1));
  }
  void AddSame() { records_.Append(records_.at(records_.size() - 1)); }
  size_t memory_bytes() const {
    return records_.memory_bytes() + seen_.memory_bytes() +
           states_.capacity() * (sizeof(State) + 2 * sizeof(std::string));
  }

 private:
  struct State {
    bool used = false;
    bool in_set = false;  // Else its keys are rising numbers, and `last` is the last of them.
    uint64_t last = 0;
  };

  static size_t HashOf(uint32_t source, std::string_view key) { return absl::HashOf(source, key); }
  bool InSet(size_t hash, uint32_t source, std::string_view key) const {
    return seen_.Find(hash, [&](uint32_t record) {
      Keys::Buffer buffer;
      return records_.at(record) == source && keys_->at(record, &buffer) == key;
    }) != HashedNumbers::kNone;
  }
  void PutIntoSet(uint32_t record) {
    Keys::Buffer buffer;
    const auto source = static_cast<uint32_t>(records_.at(record));
    const std::string_view key = keys_->at(record, &buffer);
    const size_t hash = HashOf(source, key);
    if (!InSet(hash, source, key)) seen_.Insert(hash, record);
  }
  // Puts the source's records into the set; after kMostScans times, those of all sources.
  void TakeIn(uint32_t source) {
    State& state = states_[source];
    state.in_set = true;
    if (!state.used) return;
    const bool all = ++scans_ > kMostScans;
    if (all) {
      for (State& each : states_) each.in_set = true;
    }
    for (uint32_t i = 0; i < records_.size(); ++i) {
      if (all || records_.at(i) == source) PutIntoSet(i);
    }
  }

  const Keys* keys_;
  NarrowSequence records_;  // The source code of each record.
  absl::flat_hash_map<std::string, uint32_t> codes_;
  std::vector<State> states_;  // By source code.
  std::string last_name_;
  uint32_t last_code_ = 0;
  int scans_ = 0;
  HashedNumbers seen_;    // Records; those of one row are one.
  size_t last_hash_ = 0;  // Of what Has() looked for in it.
};

KeyStoreBuilder::KeyStoreBuilder(SpillArena* arena)
    : keys_(std::make_unique<Keys>(arena)), sources_(std::make_unique<Sources>(keys_.get(), arena)) {}
KeyStoreBuilder::~KeyStoreBuilder() = default;

Status KeyStoreBuilder::Add(std::string_view source, std::string_view key) {
  if (key.empty()) return Status(StatusCode::kInvalidArgument, "the key is empty");
  if (key.size() > kMaxKeyBytes) {
    return Status(StatusCode::kInvalidArgument, "a key of " + std::to_string(key.size()) + " bytes; " +
                                                    std::to_string(kMaxKeyBytes) + " are allowed");
  }
  if (size() >= kMostRecords) return Status(StatusCode::kOutOfRange, "too many records for one build");
  uint64_t number = 0;
  const uint64_t* const as_number = ReadNumber(key, &number) ? &number : nullptr;
  const uint32_t code = sources_->Code(source);
  if (sources_->Has(code, key, as_number)) {
    std::string message = "the key " + QuoteValue(key) + " was there before";
    if (!source.empty()) message += " in source " + QuoteValue(source);
    return Status(StatusCode::kInvalidArgument, std::move(message));
  }
  if (as_number != nullptr) {
    keys_->AddNumber(key, number);
  } else {
    keys_->AddText(key);
  }
  sources_->Added(code, as_number);
  return {};
}

void KeyStoreBuilder::AddSame() {
  keys_->AddSame();
  sources_->AddSame();
}

void KeyStoreBuilder::EndOfKeys() { sources_.reset(); }

uint64_t KeyStoreBuilder::size() const { return keys_->size(); }

void KeyStoreBuilder::Encode(ByteWriter* out) const {
  out->U64(static_cast<uint64_t>(keys_->SortedNumbers() ? KeyForm::kNumbers : KeyForm::kTexts));
  out->U64(size());
  if (keys_->SortedNumbers()) {
    DeltaBlocksWriter<uint64_t> numbers;
    for (uint64_t i = 0; i < size(); ++i) numbers.Add(keys_->number(i));
    numbers.Finish(out);
    out->PadTo(8);
    return;
  }
  Keys::Buffer buffer;
  AppendStringTable(
      size(), [&](uint64_t i) { return keys_->at(i, &buffer); }, out);
}

size_t KeyStoreBuilder::memory_bytes() const {
  return keys_->memory_bytes() + (sources_ != nullptr ? sources_->memory_bytes() : 0);
}

}  // namespace burin::internal
