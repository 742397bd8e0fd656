// The registry in C++20: a part of burin/burin.hpp, which includes it.
#ifndef BURIN_BURIN_REGISTRY_HPP_
#define BURIN_BURIN_REGISTRY_HPP_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "burin/burin.hpp"

namespace burin {

// The writer of a registry. Since 0.1.
class Registry {
 public:
  explicit Registry(const std::string& path, const burin_registry_options& options = BURIN_REGISTRY_OPTIONS_INIT) {
    burin_registry* raw = nullptr;
    detail::Call(burin_registry_open, path.c_str(), &options, &raw);
    handle_.reset(raw);
  }

  // Empty if nothing had to be recovered.
  std::string_view warning() const {
    const char* const text = burin_registry_warning(handle_.get());
    return text == nullptr ? std::string_view() : text;
  }
  std::uint32_t AddAttribute(const std::string& name, std::uint32_t type = BURIN_ATTRIBUTE_DEFAULT) {
    std::uint32_t number = 0;
    detail::Call(burin_registry_add_attribute, handle_.get(), name.c_str(), type, &number);
    return number;
  }
  // BURIN_PUT_...; values of attributes in the order of their declaration, an empty one is absent.
  std::uint32_t Put(std::string_view key, std::string_view source, std::string_view text,
                    std::initializer_list<std::string_view> attributes = {}) {
    std::vector<burin_view> values;
    values.reserve(attributes.size());
    for (const std::string_view value : attributes) values.push_back(detail::View(value));
    burin_row row = BURIN_ROW_INIT;
    row.attribute_count = static_cast<std::uint32_t>(values.size());
    row.key = detail::View(key);
    row.source = detail::View(source);
    row.text = detail::View(text);
    row.attributes = values.data();
    std::uint32_t outcome = BURIN_PUT_ADDED;
    detail::Call(burin_registry_put_row, handle_.get(), &row, &outcome);
    return outcome;
  }
  void PutTable(Table& table, const burin_mapping& mapping = BURIN_MAPPING_INIT) {
    detail::Call(burin_registry_put_table, handle_.get(), table.get(), &mapping);
  }
  // Whether there was such a row.
  bool Delete(std::string_view source, std::string_view key) {
    std::int32_t found = 0;
    detail::Call(burin_registry_delete, handle_.get(), detail::View(source), detail::View(key), &found);
    return found != 0;
  }
  // These answer how many rows were deleted.
  std::uint64_t DeleteWhere(const std::vector<std::string>& where) {
    std::vector<const char*> conditions;
    conditions.reserve(where.size());
    for (const std::string& condition : where) conditions.push_back(condition.c_str());
    std::uint64_t deleted = 0;
    detail::Call(burin_registry_delete_where, handle_.get(), conditions.data(), conditions.size(), &deleted);
    return deleted;
  }
  std::uint64_t DeleteUnseen(std::string_view source) {
    std::uint64_t deleted = 0;
    detail::Call(burin_registry_delete_unseen, handle_.get(), detail::View(source), &deleted);
    return deleted;
  }
  // `counts`, unless NULL, is filled even if this throws.
  void Sync(std::string_view source, const burin_sync_options& options, burin_sync_counts* counts) {
    detail::Call(burin_registry_sync, handle_.get(), detail::View(source), &options, counts);
  }
  std::vector<UnreadAttribute> unread() const {
    return detail::UnreadOf(handle_.get(), burin_registry_unread, burin_registry_unread_text);
  }
  std::vector<Builder::Sentinel> sentinels() const {
    std::vector<Builder::Sentinel> all(burin_registry_sentinel_count(handle_.get()));
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].text = burin_registry_sentinel(handle_.get(), i, &all[i].records, &all[i].missing);
    }
    return all;
  }
  burin_registry_counts counts() const {
    burin_registry_counts counts = BURIN_REGISTRY_COUNTS_INIT;
    detail::Call(burin_registry_get_counts, handle_.get(), &counts);
    return counts;
  }
  // BURIN_RULE_..., from the next commit on.
  void SetRules(std::uint64_t rules) { detail::Call(burin_registry_set_rules, handle_.get(), rules); }
  void Commit() {
    detail::Call(burin_registry_commit, handle_.get(), static_cast<const void*>(nullptr), std::size_t{0});
  }
  void Commit(std::string_view bytes) {
    // Not NULL, which would keep the bytes of the last commit.
    const char* const data = bytes.data() == nullptr ? "" : bytes.data();
    detail::Call(burin_registry_commit, handle_.get(), static_cast<const void*>(data), bytes.size());
  }
  void Abort() { detail::Call(burin_registry_abort, handle_.get()); }
  void Compact(std::uint32_t most_segments = 1) { detail::Call(burin_registry_compact, handle_.get(), most_segments); }
  // Holds keep nothing where there is a reason to override them.
  void Purge(const char* override_reason = nullptr) {
    detail::Call(burin_registry_purge, handle_.get(), override_reason);
  }
  void PlaceHold(const burin_hold& hold) { detail::Call(burin_registry_place_hold, handle_.get(), &hold); }
  void ReleaseHold(const std::string& name, const std::string& reason) {
    detail::Call(burin_registry_release_hold, handle_.get(), name.c_str(), reason.c_str());
  }
  // Their pins live until the next call.
  std::vector<burin_remains> Remains() {
    std::size_t count = 0;
    detail::Call(burin_registry_remains, handle_.get(), &count);
    std::vector<burin_remains> all(count, burin_remains BURIN_REMAINS_INIT);
    for (std::size_t i = 0; i < count; ++i) detail::Call(burin_registry_get_remains, handle_.get(), i, &all[i]);
    return all;
  }
  // Reads the recorded texts of a registry of an earlier folding anew: burin_registry_refold.
  burin_refold_counts Refold() {
    burin_refold_counts counts = BURIN_REFOLD_COUNTS_INIT;
    detail::Call(burin_registry_refold, handle_.get(), &counts);
    return counts;
  }
  void Pin(const std::string& name) { detail::Call(burin_registry_pin, handle_.get(), name.c_str()); }
  void Unpin(const std::string& name) { detail::Call(burin_registry_unpin, handle_.get(), name.c_str()); }
  burin_registry* get() { return handle_.get(); }

 private:
  detail::Owned<burin_registry, &burin_registry_destroy> handle_;
};

// Of an index that was opened on a registry. Since 0.1.
inline burin_registry_state RegistryState(const Index& index) {
  burin_registry_state state = BURIN_REGISTRY_STATE_INIT;
  detail::Call(burin_index_get_registry_state, index.get(), &state);
  return state;
}
inline std::vector<burin_hold> Holds(const Index& index) {
  std::vector<burin_hold> all(burin_index_hold_count(index.get()), burin_hold BURIN_HOLD_INIT);
  for (std::size_t i = 0; i < all.size(); ++i) detail::Call(burin_index_get_hold, index.get(), i, &all[i]);
  return all;
}
inline std::vector<burin_hold_event> HoldEvents(const Index& index) {
  std::vector<burin_hold_event> all(burin_index_hold_event_count(index.get()), burin_hold_event BURIN_HOLD_EVENT_INIT);
  for (std::size_t i = 0; i < all.size(); ++i) detail::Call(burin_index_get_hold_event, index.get(), i, &all[i]);
  return all;
}
inline std::string_view CallerBytes(const Index& index) {
  std::size_t size = 0;
  const void* const bytes = burin_index_caller_bytes(index.get(), &size);
  return detail::View(static_cast<const char*>(bytes), size);
}
inline bool HasNewer(const Index& index) {
  std::int32_t newer = 0;
  detail::Call(burin_index_has_newer, index.get(), &newer);
  return newer != 0;
}
inline void BackUp(const Index& index, const std::string& path) {
  detail::Call(burin_index_back_up, index.get(), path.c_str());
}

}  // namespace burin

#endif
