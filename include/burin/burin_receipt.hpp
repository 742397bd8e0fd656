// Receipts and sealed readings: burin/receipt.h in C++. Part of burin.hpp, which includes it.
#ifndef BURIN_BURIN_RECEIPT_HPP_
#define BURIN_BURIN_RECEIPT_HPP_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "burin/burin.hpp"
#include "burin/receipt.h"
#include "burin/report.h"

namespace burin {

// A reading fixed before any search. Since 0.1.
class Seal {
 public:
  explicit Seal(const Reading& reading, const burin_seal_options& options = BURIN_SEAL_OPTIONS_INIT) {
    burin_seal* raw = nullptr;
    detail::Call(burin_seal_create, reading.get(), &options, &raw);
    handle_.reset(raw);
  }
  static Seal Open(const std::string& path) {
    burin_seal* raw = nullptr;
    detail::Call(burin_seal_open, path.c_str(), &raw);
    return Seal(raw);
  }
  static Seal Parse(std::string_view json, const std::string& name = "seal") {
    burin_seal* raw = nullptr;
    detail::Call(burin_seal_parse, json.data(), json.size(), name.c_str(), &raw);
    return Seal(raw);
  }

  std::string_view text() const {
    std::size_t size = 0;
    const char* data = burin_seal_text(handle_.get(), &size);
    return detail::View(data, size);
  }
  std::string_view hash() const { return burin_seal_hash(handle_.get()); }
  std::string_view pattern() const {
    std::size_t size = 0;
    const char* data = burin_seal_pattern(handle_.get(), &size);
    return detail::View(data, size);
  }
  burin_reading_options reading_options() const {
    burin_reading_options options = BURIN_READING_OPTIONS_INIT;
    detail::Call(burin_seal_reading_options, handle_.get(), &options);
    return options;
  }
  Reading reading() const {
    burin_reading* raw = nullptr;
    detail::Call(burin_seal_reading, handle_.get(), &raw);
    return Reading(raw);
  }
  void Write(const std::string& path) const { detail::Call(burin_seal_write, handle_.get(), path.c_str()); }
  const burin_seal* get() const { return handle_.get(); }

 private:
  explicit Seal(burin_seal* handle) : handle_(handle) {}
  detail::Owned<burin_seal, &burin_seal_destroy> handle_;
};

// What was asked and answered, so that it can be asked again. Since 0.1.
class Receipt {
 public:
  explicit Receipt(const Index& index, const burin_receipt_options& options = BURIN_RECEIPT_OPTIONS_INIT) {
    burin_receipt* raw = nullptr;
    detail::Call(burin_receipt_create, index.get(), &options, &raw);
    handle_.reset(raw);
  }
  static Receipt Open(const std::string& path) {
    burin_receipt* raw = nullptr;
    detail::Call(burin_receipt_open, path.c_str(), &raw);
    return Receipt(raw);
  }
  static Receipt Parse(std::string_view json, const std::string& name = "receipt") {
    burin_receipt* raw = nullptr;
    detail::Call(burin_receipt_parse, json.data(), json.size(), name.c_str(), &raw);
    return Receipt(raw);
  }

  void Add(const std::string& id, Result& result, const Seal* seal = nullptr) {
    detail::Call(burin_receipt_add, handle_.get(), id.c_str(), result.get(), seal == nullptr ? nullptr : seal->get());
  }
  std::string_view text() {
    const char* json = nullptr;
    std::size_t size = 0;
    detail::Call(burin_receipt_text, handle_.get(), &json, &size);
    return {json, size};
  }
  void Write(const std::string& path) { detail::Call(burin_receipt_write, handle_.get(), path.c_str()); }
  burin_receipt_info info() {
    burin_receipt_info info = BURIN_RECEIPT_INFO_INIT;
    detail::Call(burin_receipt_get_info, handle_.get(), &info);
    return info;
  }
  // `progress` is told of records scored; false stops, with an Exception of BURIN_CANCELLED. It must not throw.
  burin_replay Replay(const Index& index, bool exhaustive = false,
                      const std::function<bool(std::uint64_t done, std::uint64_t total)>& progress = {}) {
    using Progress = std::function<bool(std::uint64_t, std::uint64_t)>;
    burin_replay_options options = BURIN_REPLAY_OPTIONS_INIT;
    options.exhaustive = exhaustive ? 1 : 0;
    if (progress) {
      options.progress = [](void* user, std::uint64_t done, std::uint64_t total) -> std::int32_t {
        return (*static_cast<const Progress*>(user))(done, total) ? 0 : 1;
      };
      options.progress_user = const_cast<Progress*>(&progress);
    }
    burin_replay replay = BURIN_REPLAY_INIT;
    detail::Call(burin_receipt_replay, handle_.get(), index.get(), &options, &replay);
    return replay;
  }
  // A page of HTML: burin/report.h. The view lives until the next report of this receipt.
  std::string_view Render(const burin_report_options& options = BURIN_REPORT_OPTIONS_INIT) {
    const char* html = nullptr;
    std::size_t size = 0;
    detail::Call(burin_receipt_render, handle_.get(), &options, &html, &size);
    return {html, size};
  }
  void WriteReport(const burin_report_options& options, const std::string& path) {
    detail::Call(burin_receipt_write_report, handle_.get(), &options, path.c_str());
  }
  burin_receipt* get() { return handle_.get(); }

 private:
  explicit Receipt(burin_receipt* handle) : handle_(handle) {}
  detail::Owned<burin_receipt, &burin_receipt_destroy> handle_;
};

}  // namespace burin

#endif
