// What an operation that can fail returns: a code, and one line that says what and where. No exceptions are thrown by
// this library's own code. The codes are those of the C API (include/burin/status.h); src/c_api checks that they agree.
#ifndef BURIN_SRC_BASE_STATUS_H_
#define BURIN_SRC_BASE_STATUS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace burin::internal {

enum class StatusCode : int32_t {
  kOk = 0,
  kInvalidArgument = 1,      // The caller's arguments: a malformed pattern, an unknown column or option.
  kOutOfRange = 2,           // A number outside its documented range.
  kState = 3,                // A call in the wrong order.
  kCorrupt = 10,             // File content that breaks the format.
  kVersionUnsupported = 11,  // A file of another format or of a later version.
  kChecksum = 12,            // Content that does not match its checksum.
  kBadInput = 13,            // Bad content of an input table.
  kNoMemory = 20,
  kIo = 21,  // Missing, unreadable, a directory, disk full.
  kCancelled = 30,
  kInternal = 90,
};

class [[nodiscard]] Status {
 public:
  // No position is known.
  static constexpr uint64_t kNowhere = ~uint64_t{0};

  Status() = default;
  // `position`: byte offset in a file for kCorrupt, column (from 1, in code points) in a pattern for kInvalidArgument.
  Status(StatusCode code, std::string message, uint64_t position = kNowhere)
      : code_(code), message_(std::move(message)), position_(position) {}

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  const std::string& message() const { return message_; }
  uint64_t position() const { return position_; }

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
  uint64_t position_ = kNowhere;
};

// A value, or the status that says why there is none. REQUIRES: ok() before value access.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<1>, std::move(value)) {}
  Result(Status status) : content_(std::in_place_index<0>, std::move(status)) {}

  bool ok() const { return content_.index() == 1; }
  Status status() const { return ok() ? Status() : std::get<0>(content_); }
  T& operator*() & { return std::get<1>(content_); }
  const T& operator*() const& { return std::get<1>(content_); }
  T&& operator*() && { return std::get<1>(std::move(content_)); }
  T* operator->() { return &std::get<1>(content_); }
  const T* operator->() const { return &std::get<1>(content_); }

 private:
  std::variant<Status, T> content_;
};

}  // namespace burin::internal

#endif
