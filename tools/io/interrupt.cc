// Catching signals, and the thread that ends a command which does not end by itself.
#include "tools/io/interrupt.h"

#include <poll.h>
#include <semaphore.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/io/failure.h"

namespace burin::tool {
namespace {

namespace fs = std::filesystem;

constexpr long kPatienceNs = 40'000'000;

std::atomic<int> interrupt_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);
sem_t signals;
std::atomic<bool> end_claimed{false};

// Guards the two below; held by a PointOfNoReturn.
std::mutex end_mutex;
bool end_passed = false;
// Never destroyed: the thread may be at work while the process leaves.
std::vector<std::string>& WrittenPaths() {
  static auto* const paths = new std::vector<std::string>;
  return *paths;
}

extern "C" void OnInterrupt(int signal) {
  const int error = errno;
  int none = 0;
  interrupt_signal.compare_exchange_strong(none, signal);
  sem_post(&signals);
  errno = error;
}

void RemoveMatching(const fs::path& directory, const std::string& part, bool at_start) {
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::error_code ignored;
    if (at_start ? name.starts_with(part) : name.find(part) != std::string::npos) fs::remove_all(at->path(), ignored);
  }
}

// As src/base/file_writer.h and src/registry name them: NAME.tmp-PID-NUMBER.
void RemoveTemporaries() {
  const std::string mine = ".tmp-" + std::to_string(::getpid()) + "-";
  for (const std::string& written : WrittenPaths()) {
    std::error_code error;
    fs::path path = fs::canonical(written, error);
    if (error) path = written;
    if (fs::is_directory(path, error)) RemoveMatching(path, mine, false);
    const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
    RemoveMatching(parent, path.filename().string() + mine, true);
  }
}

// A standard error that nobody reads is not waited for.
void SayInterrupted() {
  // On a terminal progress may stand on the line.
  const std::string_view line = ::isatty(STDERR_FILENO) != 0 ? "\r\033[Kburin: interrupted\n" : "burin: interrupted\n";
  pollfd ready = {STDERR_FILENO, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return;
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

void WaitForSignal() {
  while (sem_wait(&signals) != 0 && errno == EINTR) {
  }
}

// Waits for a second signal, but no longer than kPatienceNs.
void WaitForAnother() {
  timespec until = {};
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += kPatienceNs;
  until.tv_sec += until.tv_nsec / 1'000'000'000;
  until.tv_nsec %= 1'000'000'000;
  while (sem_timedwait(&signals, &until) != 0 && errno == EINTR) {
  }
}

void EndWhenInterrupted() {
  WaitForSignal();
  WaitForAnother();
  const std::lock_guard<std::mutex> lock(end_mutex);
  if (end_passed) return;
  const bool is_first = ClaimEnd();
  RemoveTemporaries();
  if (is_first) SayInterrupted();
  ::_exit(128 + Interrupted());
}

// The thread takes no signals itself: those that wait in a system call are to be interrupted.
bool StartWatch() {
  sigset_t all, before;
  sigfillset(&all);
  if (sem_init(&signals, 0, 0) != 0 || pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return false;
  bool started = true;
  try {
    std::thread(EndWhenInterrupted).detach();
  } catch (const std::system_error&) {
    started = false;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return started;
}

}  // namespace

void CatchInterrupts() {
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
  struct sigaction action = {};
  action.sa_handler = OnInterrupt;
  // Without the thread a second signal ends the process.
  action.sa_flags = StartWatch() ? 0 : static_cast<int>(SA_RESETHAND);
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

void RemoveTemporariesOf(const std::string& path) {
  const std::lock_guard<std::mutex> lock(end_mutex);
  WrittenPaths().push_back(path);
}

bool ClaimEnd() { return !end_claimed.exchange(true); }

PointOfNoReturn::PointOfNoReturn() : lock_(end_mutex) { CheckInterrupt(); }

void PointOfNoReturn::Passed() { end_passed = true; }

}  // namespace burin::tool
