// The query log in C++20: a part of burin/burin.hpp, which includes it.
#ifndef BURIN_BURIN_QUERY_LOG_HPP_
#define BURIN_BURIN_QUERY_LOG_HPP_

#include <cstddef>
#include <string>
#include <string_view>

#include "burin/burin.hpp"
#include "burin/query_log.h"

namespace burin {

// A log as one process writes to it. Any number of threads may add. Since 0.1.
class QueryLog {
 public:
  QueryLog(const std::string& directory, const std::string& time,
           const burin_query_log_options& options = BURIN_QUERY_LOG_OPTIONS_INIT) {
    burin_query_log* raw = nullptr;
    detail::Call(burin_query_log_open, directory.c_str(), time.c_str(), &options, &raw);
    handle_.reset(raw);
  }
  // Before the answer is shown to anybody.
  void Add(const burin_query_entry& entry, const Index& index, const Result& result) {
    detail::Call(burin_query_log_add, handle_.get(), &entry, index.get(), result.get());
  }
  // What was added so far is on disk.
  void Sync() { detail::Call(burin_query_log_sync, handle_.get()); }

 private:
  detail::Owned<burin_query_log, &burin_query_log_destroy> handle_;
};

// A log that was read and found sound. Since 0.1.
class Audit {
 public:
  // `heads`: what heads() said before, kept elsewhere, or hashes of it.
  explicit Audit(const std::string& directory, std::string_view heads = {}) {
    burin_audit* raw = nullptr;
    detail::Call(burin_audit_open, directory.c_str(), heads.data(), heads.size(), &raw);
    handle_.reset(raw);
  }
  std::size_t chain_count() const { return burin_audit_chain_count(handle_.get()); }
  // Its texts live as long as this.
  burin_audit_chain chain(std::size_t i) const {
    burin_audit_chain chain = {};
    detail::Call(burin_audit_get_chain, handle_.get(), i, &chain);
    return chain;
  }
  std::size_t query_count() const { return burin_audit_query_count(handle_.get()); }
  // A line of JSON; lives as long as this.
  std::string_view query(std::size_t i) const {
    const char* json = nullptr;
    std::size_t size = 0;
    detail::Call(burin_audit_get_query, handle_.get(), i, &json, &size);
    return detail::View(json, size);
  }
  std::string_view heads() const {
    std::size_t size = 0;
    const char* const text = burin_audit_heads(handle_.get(), &size);
    return detail::View(text, size);
  }
  // One line each.
  std::string_view notes() const {
    std::size_t size = 0;
    const char* const text = burin_audit_notes(handle_.get(), &size);
    return detail::View(text, size);
  }

 private:
  detail::Owned<burin_audit, &burin_audit_destroy> handle_;
};

}  // namespace burin

#endif
