// Statuses, errors and the version, as the C API shows them.
#include <memory>

#include "burin/version.h"
#include "src/base/processor.h"
#include "src/c_api/common/guard.h"
#include "src/index/file/container.h"

namespace burin::internal {
namespace {

static_assert(BURIN_OK == static_cast<int32_t>(StatusCode::kOk));
static_assert(BURIN_INVALID_ARGUMENT == static_cast<int32_t>(StatusCode::kInvalidArgument));
static_assert(BURIN_OUT_OF_RANGE == static_cast<int32_t>(StatusCode::kOutOfRange));
static_assert(BURIN_STATE == static_cast<int32_t>(StatusCode::kState));
static_assert(BURIN_CORRUPT == static_cast<int32_t>(StatusCode::kCorrupt));
static_assert(BURIN_VERSION_UNSUPPORTED == static_cast<int32_t>(StatusCode::kVersionUnsupported));
static_assert(BURIN_CHECKSUM == static_cast<int32_t>(StatusCode::kChecksum));
static_assert(BURIN_BAD_INPUT == static_cast<int32_t>(StatusCode::kBadInput));
static_assert(BURIN_NO_MEMORY == static_cast<int32_t>(StatusCode::kNoMemory));
static_assert(BURIN_IO == static_cast<int32_t>(StatusCode::kIo));
static_assert(BURIN_CANCELLED == static_cast<int32_t>(StatusCode::kCancelled));
static_assert(BURIN_INTERNAL == static_cast<int32_t>(StatusCode::kInternal));
static_assert(BURIN_NO_POSITION == Status::kNowhere);

// Constants in all but type: destroying one does nothing, and nothing else can change it.
constinit burin_error no_memory_error = {BURIN_NO_MEMORY, BURIN_NO_POSITION, "out of memory", false};
constinit burin_error internal_error = {BURIN_INTERNAL, BURIN_NO_POSITION, "a defect of the library", false};

}  // namespace

burin_status Fail(const Status& status, burin_error** error) noexcept {
  const auto code = static_cast<burin_status>(status.code());
  if (error == nullptr) return code;
  const std::string& message = status.message();
  std::unique_ptr<char[]> text(new (std::nothrow) char[message.size() + 1]);
  *error = text == nullptr ? nullptr : new (std::nothrow) burin_error{code, status.position(), text.get(), true};
  if (*error == nullptr) {
    *error = &no_memory_error;
    return code;
  }
  std::memcpy(text.get(), message.c_str(), message.size() + 1);
  text.release();
  return code;
}

burin_status FailNoMemory(burin_error** error) noexcept {
  if (error != nullptr) *error = &no_memory_error;
  return BURIN_NO_MEMORY;
}

burin_status FailInternal(burin_error** error) noexcept {
  if (error != nullptr) *error = &internal_error;
  return BURIN_INTERNAL;
}

Status CopyOptions(const void* options, size_t first, size_t known, void* out) {
  uint32_t size = 0;
  std::memcpy(&size, options, sizeof(size));
  if (size < first) {
    return Invalid("struct_size of the options is " + std::to_string(size) + ", expected at least " +
                   std::to_string(first));
  }
  const char* bytes = static_cast<const char*>(options);
  for (size_t i = known; i < size; ++i) {
    if (bytes[i] != 0) return Invalid("the options ask for something that only a later version of the library has");
  }
  std::memcpy(out, options, size < known ? size : known);
  return Status();
}

Status WriteText(std::string_view text, char* buffer, size_t capacity, size_t* needed) {
  if (needed == nullptr) return IsNull("needed");
  *needed = text.size();
  if (capacity == 0) return Status();
  if (buffer == nullptr) return IsNull("buffer");
  if (text.size() > capacity) {
    return OutOfRange("the buffer holds " + std::to_string(capacity) + " bytes, " + std::to_string(text.size()) +
                      " are needed");
  }
  std::memcpy(buffer, text.data(), text.size());
  return Status();
}

}  // namespace burin::internal

extern "C" {

const char* burin_status_name(burin_status status) {
  switch (status) {
    case BURIN_OK:
      return "ok";
    case BURIN_INVALID_ARGUMENT:
      return "invalid argument";
    case BURIN_OUT_OF_RANGE:
      return "out of range";
    case BURIN_STATE:
      return "wrong state";
    case BURIN_CORRUPT:
      return "corrupt";
    case BURIN_VERSION_UNSUPPORTED:
      return "version not supported";
    case BURIN_CHECKSUM:
      return "checksum mismatch";
    case BURIN_BAD_INPUT:
      return "bad input";
    case BURIN_NO_MEMORY:
      return "out of memory";
    case BURIN_IO:
      return "input or output";
    case BURIN_CANCELLED:
      return "cancelled";
    case BURIN_INTERNAL:
      return "internal";
    default:
      return "unknown status";
  }
}

burin_status burin_error_code(const burin_error* error) { return error == nullptr ? BURIN_OK : error->code; }
const char* burin_error_message(const burin_error* error) { return error == nullptr ? "" : error->message; }
uint64_t burin_error_position(const burin_error* error) {
  return error == nullptr ? BURIN_NO_POSITION : error->position;
}

void burin_error_destroy(burin_error* error) {
  if (error == nullptr || !error->allocated) return;
  delete[] error->message;
  delete error;
}

#define BURIN_TEXT_OF_(x) #x
#define BURIN_TEXT_OF(x) BURIN_TEXT_OF_(x)

uint32_t burin_version_number(void) { return BURIN_VERSION_NUMBER; }
const char* burin_version_string(void) {
  return BURIN_TEXT_OF(BURIN_VERSION_MAJOR) "." BURIN_TEXT_OF(BURIN_VERSION_MINOR) "." BURIN_TEXT_OF(
      BURIN_VERSION_PATCH);
}
uint32_t burin_abi_version(void) { return BURIN_ABI_VERSION; }

const char* burin_cpu_target(void) {
  return burin::internal::GuardValue<const char*>("", [] { return burin::internal::TargetInUse(); });
}

void burin_format_range(uint32_t* oldest, uint32_t* newest) {
  if (oldest != nullptr) *oldest = burin::internal::kFormatMajor;
  if (newest != nullptr) *newest = burin::internal::kFormatMajor;
}

}  // extern "C"
