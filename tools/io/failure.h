// How a command ends early: an exit code and one line for standard error.
#ifndef BURIN_TOOLS_IO_FAILURE_H_
#define BURIN_TOOLS_IO_FAILURE_H_

#include <exception>
#include <string>
#include <string_view>

#include "burin/burin.hpp"
#include "tools/io/interrupt.h"

namespace burin::tool {

// Exit codes: docs/tool.md.
inline constexpr int kDone = 0;
inline constexpr int kNoHit = 1;
inline constexpr int kUsage = 2;
inline constexpr int kBadInput = 3;
inline constexpr int kCorrupt = 4;
inline constexpr int kSystem = 5;
inline constexpr int kBudget = 6;
inline constexpr int kDefect = 70;

class Failure : public std::exception {
 public:
  // `line` without "burin: "; "" prints nothing.
  Failure(int code, std::string line) : code_(code), line_(std::move(line)) {}
  int code() const { return code_; }
  const char* what() const noexcept override { return line_.c_str(); }

 private:
  int code_;
  std::string line_;
};

// The exit code for a status of the library.
int CodeOf(burin_status status);

// A failure of the library as one of the tool; `where`, if any, comes before the message.
Failure FailureOf(const Exception& exception, std::string_view where = {});

// "PATH: WHAT: No such file or directory", exit code 5.
Failure SystemFailure(std::string_view where, int code);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_FAILURE_H_
