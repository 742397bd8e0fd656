// Progress on standard error: one line that is redrawn on a terminal, else a line every ten seconds.
#ifndef BURIN_TOOLS_IO_PROGRESS_H_
#define BURIN_TOOLS_IO_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace burin::tool {

class Progress {
 public:
  explicit Progress(bool enabled);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  // Takes the line away.
  ~Progress() { Clear(); }

  // `what` is under way: `done` of `total` (0: not known), and `detail` for people. Cheap if it is not time to draw.
  void Report(std::string_view what, uint64_t done, uint64_t total, std::string_view noun, uint64_t count);
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool enabled_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point next_;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_PROGRESS_H_
