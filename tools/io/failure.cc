// Exit codes and messages.
#include "tools/io/failure.h"

#include <system_error>

namespace burin::tool {

int CodeOf(burin_status status) {
  switch (status) {
    case BURIN_OK:
      return kDone;
    case BURIN_INVALID_ARGUMENT:
    case BURIN_OUT_OF_RANGE:
    case BURIN_STATE:
      return kUsage;
    case BURIN_CORRUPT:
    case BURIN_VERSION_UNSUPPORTED:
    case BURIN_CHECKSUM:
      return kCorrupt;
    case BURIN_BAD_INPUT:
      return kBadInput;
    case BURIN_NO_MEMORY:
    case BURIN_IO:
      return kSystem;
    default:
      return kDefect;
  }
}

Failure FailureOf(const Exception& exception, std::string_view where) {
  CheckInterrupt();
  std::string line(where);
  if (!line.empty()) line += ": ";
  return Failure(CodeOf(exception.code()), line + exception.what());
}

Failure SystemFailure(std::string_view where, int code) {
  return Failure(kSystem, std::string(where) + ": " + std::generic_category().message(code));
}

}  // namespace burin::tool
