// The border between C and C++: arguments checked, exceptions stopped, statuses and options translated. Every function
// of the C API that can fail runs inside Guard.
#ifndef BURIN_SRC_C_API_COMMON_GUARD_H_
#define BURIN_SRC_C_API_COMMON_GUARD_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

#include "burin/status.h"
#include "src/base/status.h"

struct burin_error {
  burin_status code;
  uint64_t position;
  const char* message;  // Of an allocated error: new char[].
  bool allocated;
};

namespace burin::internal {

// Sets *error, unless `error` is NULL, and returns the status's code. Never throws: without memory the error is the
// static one.
burin_status Fail(const Status& status, burin_error** error) noexcept;
burin_status FailNoMemory(burin_error** error) noexcept;
burin_status FailInternal(burin_error** error) noexcept;

// Runs a function that returns a Status.
template <typename Function>
burin_status Guard(burin_error** error, Function function) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    const Status status = function();
    return status.ok() ? BURIN_OK : Fail(status, error);
  } catch (const std::bad_alloc&) {
    return FailNoMemory(error);
  } catch (...) {
    return FailInternal(error);
  }
}

// For functions without a status: what they return, or `otherwise` if there is no memory for it.
template <typename Value, typename Function>
Value GuardValue(Value otherwise, Function function) noexcept {
  try {
    return function();
  } catch (...) {
    return otherwise;
  }
}

inline Status Invalid(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }
inline Status OutOfRange(std::string message) { return Status(StatusCode::kOutOfRange, std::move(message)); }
// For an argument that must not be NULL.
inline Status IsNull(const char* argument) { return Invalid(std::string(argument) + " is NULL"); }

// For the number of threads that a call may use.
inline Status CheckThreads(uint32_t threads) {
  if (threads <= BURIN_MAX_THREADS) return Status();
  return OutOfRange(std::to_string(threads) + " threads: at most " + std::to_string(BURIN_MAX_THREADS));
}

// Text from a pair of pointer and size. REQUIRES: !BadText.
inline bool BadText(const char* data, size_t size) { return data == nullptr && size != 0; }
inline std::string_view Text(const char* data, size_t size) {
  return size == 0 ? std::string_view() : std::string_view(data, size);
}

// Checks an options struct of the caller and copies what we know of it, `out` holding the defaults of what it lacks.
// `first` is the size that the struct had when it was published.
Status CopyOptions(const void* options, size_t first, size_t known, void* out);

// NULL options leave *out, which holds the defaults, as it is.
template <typename Options>
Status ReadOptions(const Options* options, size_t first, Options* out) {
  static_assert(std::is_trivially_copyable_v<Options> && offsetof(Options, struct_size) == 0);
  return options == nullptr ? Status() : CopyOptions(options, first, sizeof(Options), out);
}

// The other direction: fills a struct of the caller as far as it goes; what the caller knows and we do not becomes 0.
// `answer` has struct_size set to the caller's.
template <typename Answer>
Status WriteAnswer(size_t first, Answer answer, Answer* out) {
  uint32_t size = 0;
  std::memcpy(&size, out, sizeof(size));
  if (size < first) {
    return Invalid("struct_size is " + std::to_string(size) + ", expected at least " + std::to_string(first));
  }
  answer.struct_size = size;
  std::memcpy(static_cast<void*>(out), &answer, size < sizeof(Answer) ? size : sizeof(Answer));
  if (size > sizeof(Answer)) {
    std::memset(static_cast<char*>(static_cast<void*>(out)) + sizeof(Answer), 0, size - sizeof(Answer));
  }
  return Status();
}

// Writes text to a caller's buffer: *needed is its size; what does not fit is not written.
Status WriteText(std::string_view text, char* buffer, size_t capacity, size_t* needed);

// A NUL-terminated text that is kept somewhere, with its size.
inline const char* Answer(const std::string& text, size_t* size) {
  if (size != nullptr) *size = text.size();
  return text.c_str();
}
inline const char* NoAnswer(size_t* size) {
  if (size != nullptr) *size = 0;
  return nullptr;
}

}  // namespace burin::internal

#endif
