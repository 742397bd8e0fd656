// Exit codes, messages and interrupts.
#include "failure.h"

#include <atomic>
#include <csignal>
#include <system_error>

namespace burin::tool {
namespace {

std::atomic<int> interrupt_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void OnInterrupt(int signal) { interrupt_signal.store(signal); }

}  // namespace

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

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = OnInterrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before = {};
    // nohup and shells that start background jobs have them ignored.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(signal, &action, nullptr);
  }
}

int Interrupted() { return interrupt_signal.load(std::memory_order_relaxed); }

int32_t OnCancel(void*) { return Interrupted(); }

void CheckInterrupt() {
  if (const int signal = Interrupted(); signal != 0) throw Failure(128 + signal, "interrupted");
}

}  // namespace burin::tool
