// Progress: when and how a line is drawn.
#include "tools/io/progress.h"

#include <unistd.h>

#include <cstdio>

#include "tools/io/output.h"

namespace burin::tool {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::milliseconds kLine{10'000};

}  // namespace

Progress::Progress(bool enabled)
    : enabled_(enabled),
      terminal_(::isatty(STDERR_FILENO) != 0),
      next_(Clock::now() + (terminal_ ? 3 * kRedraw : kLine)) {}

void Progress::Report(std::string_view what, uint64_t done, uint64_t total, std::string_view noun, uint64_t count) {
  if (!enabled_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? kRedraw : kLine);
  std::string line = Printable(what) + ": ";
  if (total > 0)
    line += Number(static_cast<uint64_t>(100.0 * static_cast<double>(done) / static_cast<double>(total))) + " %";
  if (count > 0) line += (total > 0 ? ", " : "") + Counted(count, noun);
  line = terminal_ ? "\r\033[K" + line : "burin: " + line + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  drawn_ = terminal_;
}

void Progress::Clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

}  // namespace burin::tool
