// Burin in C++20: a header over the C API that owns what has to be released and hands out views.
//
// Every class here is one handle of the C API, movable and not copyable; what a C function of the same name does, with
// its units, ranges and errors, is said in the C header and not again. A call that fails throws burin::Exception:
// exceptions live in this header, on the caller's side, and never cross the library. No function here may be called on
// an object that was moved from.
//
// Views (std::string_view, std::span) belong to the object that they came from and live as long as the C header says.
#ifndef BURIN_BURIN_HPP_
#define BURIN_BURIN_HPP_

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "burin/burin.h"

namespace burin {

// What a call threw: status, one line of text, and the position where there is one (burin/status.h). Since 0.1.
class Exception : public std::exception {
 public:
  Exception(burin_status code, std::string message, std::uint64_t position)
      : code_(code), message_(std::make_shared<const std::string>(std::move(message))), position_(position) {}

  burin_status code() const noexcept { return code_; }
  const char* what() const noexcept override { return message_->c_str(); }
  // BURIN_NO_POSITION where none is known.
  std::uint64_t position() const noexcept { return position_; }

 private:
  burin_status code_;
  std::shared_ptr<const std::string> message_;  // Copying an exception must not throw.
  std::uint64_t position_;
};

namespace detail {

// Takes the error over and throws it, unless the status is OK.
inline void Check(burin_status status, burin_error* raw) {
  const std::unique_ptr<burin_error, void (*)(burin_error*)> error(raw, &burin_error_destroy);
  if (status == BURIN_OK) return;
  throw Exception(status, burin_error_message(error.get()), burin_error_position(error.get()));
}

// Calls a C function whose last argument is the error, and throws what it reports.
template <typename Function, typename... Arguments>
void Call(Function function, Arguments... arguments) {
  burin_error* error = nullptr;
  const burin_status status = function(arguments..., &error);
  Check(status, error);
}

template <auto kDestroy>
struct Destroyer {
  template <typename Handle>
  void operator()(Handle* handle) const noexcept {
    kDestroy(handle);
  }
};

template <typename Handle, auto kDestroy>
using Owned = std::unique_ptr<Handle, Destroyer<kDestroy>>;

inline std::string_view View(const char* data, std::size_t size) {
  return data == nullptr ? std::string_view() : std::string_view(data, size);
}
inline std::string_view View(burin_view view) { return View(view.data, view.size); }
inline burin_view View(std::string_view text) { return {text.data(), text.size()}; }

// What a function writes to a buffer of the size that it needs.
template <typename Function, typename... Arguments>
std::string Filled(Function function, Arguments... arguments) {
  std::size_t needed = 0;
  Call(function, arguments..., static_cast<char*>(nullptr), std::size_t{0}, &needed);
  std::string text(needed, '\0');
  if (needed != 0) Call(function, arguments..., text.data(), text.size(), &needed);
  return text;
}

}  // namespace detail

// The serial that a text folds to: burin_fold. Since 0.1.
inline std::string Fold(std::string_view text) { return detail::Filled(burin_fold, text.data(), text.size()); }

// What a cell of a registry records. Since 0.1.
class Recorded {
 public:
  explicit Recorded(std::string_view text, const burin_recorded_options* options = nullptr) {
    burin_recorded* raw = nullptr;
    detail::Call(burin_recorded_read, text.data(), text.size(), options, &raw);
    handle_.reset(raw);
  }

  std::size_t size() const { return burin_recorded_count(handle_.get()); }
  std::uint32_t missing(std::size_t i) const { return burin_recorded_missing(handle_.get(), i); }
  bool is_partial(std::size_t i) const { return burin_recorded_is_partial(handle_.get(), i) != 0; }
  std::string_view serial(std::size_t i) const { return Text(burin_recorded_serial, i); }
  std::string_view component(std::size_t i) const { return Text(burin_recorded_component, i); }
  std::string_view sentinel(std::size_t i) const { return Text(burin_recorded_sentinel, i); }
  // "location", "method", "condition", "cell_rule", "component".
  std::string_view attribute(std::size_t i, const char* name) const {
    std::size_t size = 0;
    const char* const text = burin_recorded_attribute(handle_.get(), i, name, &size);
    return text == nullptr ? std::string_view() : std::string_view(text, size);
  }

 private:
  template <typename Function>
  std::string_view Text(Function function, std::size_t i) const {
    std::size_t size = 0;
    const char* data = function(handle_.get(), i, &size);
    return detail::View(data, size);
  }
  detail::Owned<burin_recorded, &burin_recorded_destroy> handle_;
};

// A reading under construction: burin_lattice. Since 0.1.
class Lattice {
 public:
  Lattice() {
    burin_lattice* raw = nullptr;
    detail::Call(burin_lattice_create, &raw);
    handle_.reset(raw);
  }

  std::uint32_t AddSlot() {
    std::uint32_t slot = 0;
    detail::Call(burin_lattice_add_slot, handle_.get(), &slot);
    return slot;
  }
  // Answers the number of the element. struct_size is set here.
  std::uint32_t AddArc(std::uint32_t from, std::uint32_t to, burin_element element) {
    std::uint32_t number = 0;
    element.struct_size = sizeof(element);
    detail::Call(burin_lattice_add_arc, handle_.get(), from, to, &element, &number);
    return number;
  }
  // One of these symbols; none: any symbol.
  std::uint32_t AddArc(std::uint32_t from, std::uint32_t to, std::u32string_view symbols) {
    const std::vector<std::uint32_t> points(symbols.begin(), symbols.end());
    burin_element element = BURIN_ELEMENT_INIT;
    element.flags = symbols.empty() ? BURIN_ELEMENT_EXCEPT : 0;
    element.symbols = points.data();
    element.symbol_count = points.size();
    return AddArc(from, to, element);
  }
  void AddEmpty(std::uint32_t from, std::uint32_t to) {
    detail::Call(burin_lattice_add_empty, handle_.get(), from, to);
  }
  const burin_lattice* get() const { return handle_.get(); }

 private:
  detail::Owned<burin_lattice, &burin_lattice_destroy> handle_;
};

// A reading: the query of a search. Since 0.1.
class Reading {
 public:
  explicit Reading(std::string_view pattern, const burin_reading_options& options = BURIN_READING_OPTIONS_INIT) {
    burin_reading* raw = nullptr;
    detail::Call(burin_reading_parse, pattern.data(), pattern.size(), &options, &raw);
    handle_.reset(raw);
  }
  explicit Reading(burin_reading* handle) : handle_(handle) {}
  explicit Reading(const Lattice& lattice, const burin_reading_options& options = BURIN_READING_OPTIONS_INIT) {
    burin_reading* raw = nullptr;
    detail::Call(burin_reading_from_lattice, lattice.get(), &options, &raw);
    handle_.reset(raw);
  }

  std::string_view words() const { return burin_reading_words(handle_.get()); }
  std::size_t element_count() const { return burin_reading_element_count(handle_.get()); }
  std::string_view element_text(std::size_t element) const {
    std::size_t size = 0;
    const char* data = burin_reading_element_text(handle_.get(), element, &size);
    return detail::View(data, size);
  }
  const burin_reading* get() const { return handle_.get(); }

 private:
  detail::Owned<burin_reading, &burin_reading_destroy> handle_;
};

// How readings go wrong. Any number of threads may use one. Since 0.1.
class Channel {
 public:
  // Takes the handle.
  explicit Channel(burin_channel* handle) : handle_(handle) {}
  // One that comes with the library.
  static Channel Find(const std::string& name) {
    burin_channel* raw = nullptr;
    detail::Call(burin_channel_find, name.c_str(), &raw);
    return Channel(raw);
  }
  static Channel Parse(std::string_view json) {
    burin_channel* raw = nullptr;
    detail::Call(burin_channel_parse, json.data(), json.size(), &raw);
    return Channel(raw);
  }
  static Channel OpenFile(const std::string& path) {
    burin_channel* raw = nullptr;
    detail::Call(burin_channel_open_file, path.c_str(), &raw);
    return Channel(raw);
  }
  // The names that Find takes.
  static std::vector<std::string_view> Names() {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < burin_channel_count(); ++i) names.emplace_back(burin_channel_name(i));
    return names;
  }

  burin_channel_info info() const {
    burin_channel_info info = BURIN_CHANNEL_INFO_INIT;
    detail::Call(burin_channel_get_info, handle_.get(), &info);
    return info;
  }
  std::string_view source() const {
    std::size_t size = 0;
    const char* data = burin_channel_source(handle_.get(), &size);
    return detail::View(data, size);
  }
  std::string Expand() const {
    std::size_t needed = 0;
    burin_channel_expand(handle_.get(), nullptr, 0, &needed, nullptr);
    std::string text(needed, '\0');
    detail::Call(burin_channel_expand, handle_.get(), text.data(), text.size(), &needed);
    return text;
  }
  void Write(const std::string& path) const { detail::Call(burin_channel_write, handle_.get(), path.c_str()); }
  const burin_channel* get() const { return handle_.get(); }

 private:
  detail::Owned<burin_channel, &burin_channel_destroy> handle_;
};

// A CSV or TSV file being read. Since 0.1.
class Table {
 public:
  explicit Table(const std::string& path, const burin_table_options& options = BURIN_TABLE_OPTIONS_INIT) {
    burin_table* raw = nullptr;
    detail::Call(burin_table_open, path.c_str(), &options, &raw);
    handle_.reset(raw);
  }

  std::vector<std::string_view> columns() const {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < burin_table_column_count(handle_.get()); ++i) {
      names.emplace_back(burin_table_column_name(handle_.get(), i));
    }
    return names;
  }
  // These columns matter, and no others.
  void Use(std::span<const std::size_t> used) {
    detail::Call(burin_table_use, handle_.get(), used.data(), used.size());
  }
  // BURIN_ROW_...
  std::uint32_t Next() {
    std::uint32_t state = BURIN_ROW_END;
    detail::Call(burin_table_next, handle_.get(), &state);
    return state;
  }
  std::span<const burin_view> fields() const {
    std::size_t count = 0;
    const burin_view* fields = burin_table_fields(handle_.get(), &count);
    return {fields, count};
  }
  std::uint64_t row() const { return burin_table_row(handle_.get()); }
  std::uint64_t line() const { return burin_table_line(handle_.get()); }
  std::string_view bad_column() const { return burin_table_bad_column(handle_.get()); }
  std::string_view bad_reason() const { return burin_table_bad_reason(handle_.get()); }
  std::string_view bad_text() const { return burin_table_bad_text(handle_.get()); }
  std::uint64_t bytes_read() const { return burin_table_bytes_read(handle_.get()); }
  std::uint64_t bytes_total() const { return burin_table_bytes_total(handle_.get()); }
  burin_table* get() { return handle_.get(); }

 private:
  detail::Owned<burin_table, &burin_table_destroy> handle_;
};

// Values of an attribute that could not be read. Views live until the next row is added. Since 0.1.
struct UnreadAttribute {
  struct Text {
    std::string_view text;
    std::uint64_t rows;
  };
  std::string_view name;
  std::uint64_t rows;
  std::vector<Text> texts;
};

namespace detail {

// `name` and `text` are the functions that answer them.
template <typename Handle, typename Name, typename Text>
std::vector<UnreadAttribute> UnreadOf(const Handle* handle, Name name, Text text) {
  std::vector<UnreadAttribute> all;
  std::uint64_t rows = 0;
  while (const char* const found = name(handle, all.size(), &rows)) all.push_back({found, rows, {}});
  for (std::size_t i = 0; i < all.size(); ++i) {
    while (const char* const found = text(handle, i, all[i].texts.size(), &rows)) all[i].texts.push_back({found, rows});
  }
  return all;
}

}  // namespace detail

// Records in, an index file out. Since 0.1.
class Builder {
 public:
  explicit Builder(const burin_builder_options& options = BURIN_BUILDER_OPTIONS_INIT) {
    burin_builder* raw = nullptr;
    detail::Call(burin_builder_create, &options, &raw);
    handle_.reset(raw);
  }

  std::uint32_t AddAttribute(const std::string& name, std::uint32_t type = BURIN_ATTRIBUTE_DEFAULT) {
    std::uint32_t number = 0;
    detail::Call(burin_builder_add_attribute, handle_.get(), name.c_str(), type, &number);
    return number;
  }
  // Values of attributes in the order of their declaration; an empty one is absent.
  void AddRow(std::string_view key, std::string_view source, std::string_view text,
              std::span<const std::string_view> attributes = {}) {
    std::vector<burin_view> values;
    values.reserve(attributes.size());
    for (const std::string_view value : attributes) values.push_back(detail::View(value));
    burin_row row = BURIN_ROW_INIT;
    row.attribute_count = static_cast<std::uint32_t>(values.size());
    row.key = detail::View(key);
    row.source = detail::View(source);
    row.text = detail::View(text);
    row.attributes = values.data();
    detail::Call(burin_builder_add_row, handle_.get(), &row);
  }
  void AddRow(std::string_view key, std::string_view source, std::string_view text,
              std::initializer_list<std::string_view> attributes) {
    AddRow(key, source, text, std::span<const std::string_view>(attributes.begin(), attributes.size()));
  }
  void AddTable(Table& table, const burin_mapping& mapping = BURIN_MAPPING_INIT) {
    detail::Call(burin_builder_add_table, handle_.get(), table.get(), &mapping);
  }
  burin_builder_counts counts() const {
    burin_builder_counts counts = BURIN_BUILDER_COUNTS_INIT;
    detail::Call(burin_builder_get_counts, handle_.get(), &counts);
    return counts;
  }
  struct Sentinel {
    std::string_view text;
    std::uint64_t records;
    std::uint32_t missing;
  };
  std::vector<Sentinel> sentinels() const {
    std::vector<Sentinel> all(burin_builder_sentinel_count(handle_.get()));
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].text = burin_builder_sentinel(handle_.get(), i, &all[i].records, &all[i].missing);
    }
    return all;
  }
  std::vector<UnreadAttribute> unread() const {
    return detail::UnreadOf(handle_.get(), burin_builder_unread, burin_builder_unread_text);
  }
  void Write(const std::string& path) { detail::Call(burin_builder_write, handle_.get(), path.c_str()); }
  burin_builder* get() { return handle_.get(); }

 private:
  detail::Owned<burin_builder, &burin_builder_destroy> handle_;
};

// An index, opened. Any number of threads may use one. Since 0.1.
class Index {
 public:
  explicit Index(const std::string& path, const burin_index_options& options = BURIN_INDEX_OPTIONS_INIT) {
    burin_index* raw = nullptr;
    detail::Call(burin_index_open, path.c_str(), &options, &raw);
    handle_.reset(raw);
  }
  // Borrows the bytes.
  explicit Index(std::span<const std::byte> bytes) {
    burin_index* raw = nullptr;
    detail::Call(burin_index_open_buffer, static_cast<const void*>(bytes.data()), bytes.size(), &raw);
    handle_.reset(raw);
  }

  burin_index_info info() const {
    burin_index_info info = BURIN_INDEX_INFO_INIT;
    detail::Call(burin_index_get_info, handle_.get(), &info);
    return info;
  }
  std::vector<burin_section> sections() const {
    std::vector<burin_section> all(burin_index_section_count(handle_.get()));
    for (std::size_t i = 0; i < all.size(); ++i) detail::Call(burin_index_get_section, handle_.get(), i, &all[i]);
    return all;
  }
  void Check() const { detail::Call(burin_index_check, handle_.get()); }
  void Verify() const { detail::Call(burin_index_verify, handle_.get()); }

  std::uint32_t attribute_count() const { return burin_index_attribute_count(handle_.get()); }
  std::string_view attribute_name(std::uint32_t attribute) const {
    const char* name = burin_index_attribute_name(handle_.get(), attribute);
    return name == nullptr ? std::string_view() : name;
  }
  std::uint32_t attribute_type(std::uint32_t attribute) const {
    return burin_index_attribute_type(handle_.get(), attribute);
  }
  std::uint32_t FindAttribute(const std::string& name) const {
    return burin_index_find_attribute(handle_.get(), name.c_str());
  }
  // Empty: absent.
  std::string_view attribute_text(std::uint64_t record_id, std::uint32_t attribute) const {
    std::size_t size = 0;
    const char* data = burin_index_attribute_text(handle_.get(), record_id, attribute, &size);
    return detail::View(data, size);
  }
  std::optional<std::int64_t> attribute_integer(std::uint64_t record_id, std::uint32_t attribute) const {
    std::int64_t value = 0;
    if (burin_index_attribute_integer(handle_.get(), record_id, attribute, &value) == 0) return std::nullopt;
    return value;
  }
  std::string key(std::uint64_t record_id) const {
    char buffer[BURIN_MAX_KEY_BYTES];
    std::size_t size = 0;
    detail::Call(burin_index_key, handle_.get(), record_id, buffer, sizeof(buffer), &size);
    return std::string(buffer, size);
  }
  // By the folding of this index: burin_index_fold.
  std::string Fold(std::string_view text) const {
    return detail::Filled(burin_index_fold, handle_.get(), text.data(), text.size());
  }
  // The mark of each folded serial, or BURIN_NO_MARK: burin_index_lookup.
  std::vector<std::uint64_t> Lookup(std::span<const std::string_view> serials) const {
    std::vector<burin_view> views;
    views.reserve(serials.size());
    for (const std::string_view serial : serials) views.push_back(detail::View(serial));
    std::vector<std::uint64_t> marks(serials.size());
    detail::Call(burin_index_lookup, handle_.get(), views.data(), views.size(), marks.data());
    return marks;
  }
  std::vector<std::uint64_t> mark_records(std::uint64_t mark) const {
    std::size_t needed = 0;
    detail::Call(burin_index_mark_records, handle_.get(), mark, nullptr, std::size_t{0}, &needed);
    std::vector<std::uint64_t> ids(needed);
    detail::Call(burin_index_mark_records, handle_.get(), mark, ids.data(), ids.size(), &needed);
    return ids;
  }
  const burin_index* get() const { return handle_.get(); }

 private:
  detail::Owned<burin_index, &burin_index_destroy> handle_;
};

// A walk over all marks. Since 0.1.
class Cursor {
 public:
  explicit Cursor(const Index& index) {
    burin_cursor* raw = nullptr;
    detail::Call(burin_cursor_create, index.get(), &raw);
    handle_.reset(raw);
  }

  // Nothing: the end.
  std::optional<burin_mark> Next() {
    burin_mark mark;
    std::int32_t more = 0;
    detail::Call(burin_cursor_next, handle_.get(), &mark, &more);
    return more != 0 ? std::optional<burin_mark>(mark) : std::nullopt;
  }
  std::string_view serial() { return Text(burin_cursor_serial); }
  std::string_view text() { return Text(burin_cursor_text); }
  std::string_view key() { return Text(burin_cursor_key); }
  std::string_view source() { return Text(burin_cursor_source); }

 private:
  template <typename Function>
  std::string_view Text(Function function) {
    std::size_t size = 0;
    const char* data = function(handle_.get(), &size);
    return detail::View(data, size);
  }
  detail::Owned<burin_cursor, &burin_cursor_destroy> handle_;
};

// What to search for, and in which records. Since 0.1.
struct Search {
  // What is found: within edits under unit costs, or under a channel; burin_search_options says what the numbers mean.
  std::uint32_t costs = BURIN_COSTS_CHANNEL;
  std::string channel = {};                         // Empty: the library's default.
  std::shared_ptr<const Channel> own_channel = {};  // Instead of a name.
  std::int32_t within = 0;
  std::uint32_t max_cost = 0;
  std::uint64_t top = 0;
  std::uint32_t by = BURIN_BY_RECORD;
  // Which records count.
  std::vector<std::string> where = {};
  std::vector<std::string> classes = {};
  std::vector<std::string> components = {};
  std::string date = {};
  // When to give up. `cancel` is asked now and then; true stops the search. It must not throw.
  std::uint64_t max_work = 0;
  std::uint64_t deadline_ms = 0;
  std::function<bool()> cancel = {};
  std::uint64_t max_hits = 0;
  bool evidence = false;  // Weigh it: burin/burin_evidence.hpp.
  double prior_present = 0;
  double min_log10_lr = 0;
  const burin_joint_options* joint = nullptr;  // Borrowed: Joint::get() of burin_joint.hpp.
  std::string case_number = {};                // For which case, where the registry's rules ask for it.
  // Not empty: only the records of these ids are there, as bits: bit id % 64 of word id / 64.
  std::vector<std::uint64_t> visible = {};
  std::uint64_t max_memory = 0;
};

namespace detail {

// A Search as the C API takes it. Borrows the Search.
class SearchOptions {
 public:
  explicit SearchOptions(const Search& search)
      : where_(Pointers(search.where)), classes_(Pointers(search.classes)), components_(Pointers(search.components)) {
    options_.costs = search.costs;
    options_.channel = search.channel.empty() ? nullptr : search.channel.c_str();
    options_.own_channel = search.own_channel ? search.own_channel->get() : nullptr;
    options_.within = search.within;
    options_.max_cost = search.max_cost;
    options_.top = search.top;
    options_.by = search.by;
    options_.where = where_.data();
    options_.where_count = where_.size();
    options_.classes = classes_.data();
    options_.class_count = classes_.size();
    options_.components = components_.data();
    options_.component_count = components_.size();
    options_.date = search.date.empty() ? nullptr : search.date.c_str();
    options_.max_work = search.max_work;
    options_.deadline_ms = search.deadline_ms;
    options_.max_hits = search.max_hits;
    options_.evidence = search.evidence ? 1 : 0;
    options_.prior_present = search.prior_present;
    options_.min_log10_lr = search.min_log10_lr;
    options_.joint = search.joint;
    options_.case_number = search.case_number.empty() ? nullptr : search.case_number.c_str();
    options_.visible = search.visible.empty() ? nullptr : search.visible.data();
    options_.visible_words = search.visible.size();
    options_.max_memory = search.max_memory;
    if (!search.cancel) return;
    options_.cancel = [](void* user) -> std::int32_t { return (*static_cast<const Search*>(user)).cancel() ? 1 : 0; };
    options_.cancel_user = const_cast<Search*>(&search);
  }
  SearchOptions(const SearchOptions&) = delete;
  SearchOptions& operator=(const SearchOptions&) = delete;
  const burin_search_options& get() const { return options_; }

 private:
  static std::vector<const char*> Pointers(const std::vector<std::string>& texts) {
    std::vector<const char*> pointers;
    pointers.reserve(texts.size());
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    return pointers;
  }
  std::vector<const char*> where_, classes_, components_;
  burin_search_options options_ = BURIN_SEARCH_OPTIONS_INIT;
};

}  // namespace detail

// What a search found. Since 0.1.
class Result {
 public:
  explicit Result(burin_result* handle) : handle_(handle) {}
  const burin_result* get() const { return handle_.get(); }
  // Lets the handle go.
  burin_result* Release() { return handle_.release(); }
  burin_result* get() { return handle_.get(); }

  std::span<const burin_match> matches() const {
    std::size_t count = 0;
    const burin_match* matches = burin_result_matches(handle_.get(), &count);
    return {matches, count};
  }
  bool complete() const { return burin_result_complete(handle_.get()) != 0; }
  std::uint32_t certificate() const { return burin_result_certificate(handle_.get()); }
  // The channel that was searched under; empty with unit costs.
  std::string_view channel_name() const {
    const char* name = burin_result_channel_name(handle_.get());
    return name == nullptr ? std::string_view() : name;
  }
  std::string_view channel_hash() const {
    const char* hash = burin_result_channel_hash(handle_.get());
    return hash == nullptr ? std::string_view() : hash;
  }
  std::uint32_t best_cost() const { return burin_result_best_cost(handle_.get()); }
  std::uint64_t work() const { return burin_result_work(handle_.get()); }
  std::uint64_t not_searched() const { return burin_result_not_searched(handle_.get()); }

  std::string_view serial(std::size_t i) { return Text(burin_result_serial, i); }
  std::string_view text(std::size_t i) { return Text(burin_result_text, i); }
  std::string_view key(std::size_t i) { return Text(burin_result_key, i); }
  std::string_view source(std::size_t i) { return Text(burin_result_source, i); }
  std::span<const burin_move> alignment(std::size_t i) {
    const burin_move* moves = nullptr;
    std::size_t count = 0;
    detail::Call(burin_result_alignment, handle_.get(), i, &moves, &count);
    return {moves, count};
  }

 private:
  template <typename Function>
  std::string_view Text(Function function, std::size_t i) {
    std::size_t size = 0;
    const char* data = function(handle_.get(), i, &size);
    return detail::View(data, size);
  }
  detail::Owned<burin_result, &burin_result_destroy> handle_;
};

// Searches an index; one for each thread. Since 0.1.
class Searcher {
 public:
  explicit Searcher(const Index& index) {
    burin_searcher* raw = nullptr;
    detail::Call(burin_searcher_create, index.get(), &raw);
    handle_.reset(raw);
  }

  Result Find(const Reading& reading, const Search& search = {}) {
    return FindWith(reading, detail::SearchOptions(search).get());
  }
  // Hands matches over while the search goes on: burin_search_stream. `on_match` is given the result so far and the
  // number of the match in it; false stops, and then there is no result. It must not throw.
  std::optional<Result> Stream(const Reading& reading, const Search& search,
                               const std::function<bool(Result& result, std::size_t i)>& on_match) {
    using OnMatch = std::function<bool(Result&, std::size_t)>;
    const auto hand_over = [](void* user, burin_result* raw, std::size_t i) -> std::int32_t {
      Result result(raw);
      const bool more = (*static_cast<const OnMatch*>(user))(result, i);
      result.Release();
      return more ? 0 : 1;
    };
    burin_result* raw = nullptr;
    burin_error* error = nullptr;
    const detail::SearchOptions options(search);
    const burin_status status = burin_search_stream(handle_.get(), reading.get(), &options.get(), hand_over,
                                                    const_cast<OnMatch*>(&on_match), &raw, &error);
    if (status == BURIN_CANCELLED) {
      burin_error_destroy(error);
      return std::nullopt;
    }
    detail::Check(status, error);
    return Result(raw);
  }
  burin_estimate Estimate(const Reading& reading, const Search& search = {}) {
    burin_estimate estimate = BURIN_ESTIMATE_INIT;
    detail::Call(burin_search_estimate, handle_.get(), reading.get(), &detail::SearchOptions(search).get(), &estimate);
    return estimate;
  }
  burin_count Count(const Reading& reading, const Search& search = {}) {
    burin_count count = BURIN_COUNT_INIT;
    detail::Call(burin_search_count, handle_.get(), reading.get(), &detail::SearchOptions(search).get(), &count);
    return count;
  }
  Result FindWith(const Reading& reading, const burin_search_options& options) {
    burin_result* raw = nullptr;
    detail::Call(burin_search, handle_.get(), reading.get(), &options, &raw);
    return Result(raw);
  }
  burin_searcher* get() { return handle_.get(); }

 private:
  detail::Owned<burin_searcher, &burin_searcher_destroy> handle_;
};

}  // namespace burin

#include "burin/burin_batch.hpp"      // IWYU pragma: export
#include "burin/burin_evidence.hpp"   // IWYU pragma: export
#include "burin/burin_explain.hpp"    // IWYU pragma: export
#include "burin/burin_formats.hpp"    // IWYU pragma: export
#include "burin/burin_joint.hpp"      // IWYU pragma: export
#include "burin/burin_query_log.hpp"  // IWYU pragma: export
#include "burin/burin_receipt.hpp"    // IWYU pragma: export
#include "burin/burin_registry.hpp"   // IWYU pragma: export
#include "burin/burin_texts.hpp"      // IWYU pragma: export
#include "burin/burin_train.hpp"      // IWYU pragma: export

#endif
