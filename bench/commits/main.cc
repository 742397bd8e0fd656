// How long a commit of one record takes until another process sees it. A writer adds a record and commits, again and
// again; a reader, a process of its own, looks for a newer state without pause, opens it and says so. What is measured
// is from before the row is put to what the reader says. Prints percentiles, and what is left on disk.
//   burin_commits DIRECTORY COMMITS     DIRECTORY: of a registry that is not there yet
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "burin/burin.hpp"

namespace {

using Clock = std::chrono::steady_clock;

std::string SerialOf(uint64_t n) { return "N" + std::to_string(n * 7919 % 1'000'000'007); }

// Tells the pipe the number of each state that it sees. Never returns.
[[noreturn]] void Read(const std::string& directory, uint64_t last, int pipe) {
  try {
    for (uint64_t seen = 0; seen < last;) {
      const burin::Index index(directory);
      const std::string position(burin::CallerBytes(index));
      const uint64_t now = position.empty() ? 0 : std::stoull(position);
      if (now > seen && ::write(pipe, &now, sizeof(now)) != sizeof(now)) ::_exit(1);
      seen = now;
      while (seen < last && !burin::HasNewer(index)) ::usleep(50);
    }
  } catch (const burin::Exception& exception) {
    std::fprintf(stderr, "reader: %s\n", exception.what());
    ::_exit(1);
  }
  ::_exit(0);
}

int Run(const std::string& directory, uint64_t commits) {
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.create = 1;
  burin::Registry registry(directory, options);
  registry.Commit();
  int pipe[2];
  if (::pipe(pipe) != 0) return 1;
  const pid_t reader = ::fork();
  if (reader < 0) return 1;
  if (reader == 0) Read(directory, commits, pipe[1]);
  ::close(pipe[1]);

  std::vector<double> ms;
  for (uint64_t n = 1; n <= commits; ++n) {
    const Clock::time_point begin = Clock::now();
    registry.Put(std::to_string(n), "bench", SerialOf(n));
    registry.Commit(std::to_string(n));
    for (uint64_t seen = 0; seen < n;) {
      if (::read(pipe[0], &seen, sizeof(seen)) != sizeof(seen)) return 1;
    }
    ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  int status = 0;
  ::waitpid(reader, &status, 0);
  const burin::Index index(directory);
  burin_registry_state state = BURIN_REGISTRY_STATE_INIT;
  if (status != 0 || burin_index_get_registry_state(index.get(), &state, nullptr) != BURIN_OK) return 1;
  std::sort(ms.begin(), ms.end());
  const auto at = [&](double share) { return ms[static_cast<size_t>(share * static_cast<double>(ms.size() - 1))]; };
  std::printf("%llu commits, %llu records, %u segments\n", static_cast<unsigned long long>(commits),
              static_cast<unsigned long long>(index.info().records), state.segments);
  std::printf("seen by another process after: median %.2f ms, p99 %.2f ms, most %.2f ms\n", at(0.5), at(0.99),
              ms.back());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const uint64_t commits = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (commits == 0) {
    std::fprintf(stderr, "usage: burin_commits DIRECTORY COMMITS\n");
    return 2;
  }
  try {
    return Run(argv[1], commits);
  } catch (const burin::Exception& exception) {
    std::fprintf(stderr, "burin_commits: %s\n", exception.what());
    return 1;
  }
}
