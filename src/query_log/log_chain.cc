#include "src/query_log/log_chain.h"

#include <algorithm>

#include "src/text/canonical_json.h"

namespace burin::internal {

ChainText::ChainText(std::string_view bytes) {
  const size_t end = bytes.rfind('\n');
  whole = end == bytes.npos ? bytes.substr(0, 0) : bytes.substr(0, end + 1);
  rest = bytes.substr(whole.size());
  lines = static_cast<uint64_t>(std::count(whole.begin(), whole.end(), '\n'));
  if (lines == 0) return;
  last = whole.substr(0, whole.size() - 1);
  last.remove_prefix(last.rfind('\n') + 1);  // npos + 1 is 0.
}

bool IsLogLine(std::string_view text, uint64_t line, std::string_view previous) {
  const Result<Json> json = ParseStrictJson(text, kMaxLogLine, "");
  if (!json.ok() || !json->is_object() || CanonicalJson(*json) != text) return false;
  return json->contains("line") && NumberIn(*json, "line") == line && json->contains("previous") &&
         TextIn(*json, "previous") == previous;
}

uint64_t NumberIn(const Json& object, std::string_view member) {
  const auto at = object.is_object() ? object.find(member) : object.end();
  return at != object.end() && at->is_number_unsigned() ? at->get<uint64_t>() : 0;
}

std::string TextIn(const Json& object, std::string_view member) {
  const auto at = object.is_object() ? object.find(member) : object.end();
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace burin::internal
