// Times as they are written: of what a receipt or a seal says beside its content, of holds.
#ifndef BURIN_TOOLS_IO_NOW_H_
#define BURIN_TOOLS_IO_NOW_H_

#include <cstdint>
#include <ctime>
#include <string>

namespace burin::tool {

// "2026-11-25T22:19:57Z", of seconds since 1970 UTC.
inline std::string TimeText(uint64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm utc = {};
  gmtime_r(&time, &utc);
  char text[32];
  text[std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc)] = 0;
  return text;
}

inline std::string Now() { return TimeText(static_cast<uint64_t>(std::time(nullptr))); }

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_NOW_H_
