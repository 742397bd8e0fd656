// The time of day, for what a receipt or a seal says beside its content.
#ifndef BURIN_TOOLS_NOW_H_
#define BURIN_TOOLS_NOW_H_

#include <ctime>
#include <string>

namespace burin::tool {

// "2026-11-25T22:19:57Z".
inline std::string Now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc = {};
  gmtime_r(&now, &utc);
  char text[32];
  text[std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc)] = 0;
  return text;
}

}  // namespace burin::tool

#endif  // BURIN_TOOLS_NOW_H_
