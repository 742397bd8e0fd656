// RE2::Set as the library uses it. Nothing else sees RE2.
#include "src/mark/formats/format_set.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <string>
#include <utility>

namespace burin::internal {
namespace {

re2::RE2::Options SetOptions() {
  re2::RE2::Options options;
  options.set_max_mem(FormatSet::kMaxBytes);
  options.set_never_capture(true);
  options.set_log_errors(false);
  return options;
}

}  // namespace

struct FormatSet::Content {
  re2::RE2::Set set{SetOptions(), re2::RE2::ANCHOR_BOTH};
  bool empty = true;  // RE2 takes a match with no patterns for a mistake.
};

FormatSet::FormatSet(std::unique_ptr<Content> content) : content_(std::move(content)) {}
FormatSet::FormatSet(FormatSet&&) noexcept = default;
FormatSet& FormatSet::operator=(FormatSet&&) noexcept = default;
FormatSet::~FormatSet() = default;

Result<FormatSet> FormatSet::Make(const std::vector<std::string_view>& patterns) {
  auto content = std::make_unique<Content>();
  for (size_t i = 0; i < patterns.size(); ++i) {
    std::string error;
    if (content->set.Add({patterns[i].data(), patterns[i].size()}, &error) < 0) {
      return Status(StatusCode::kInvalidArgument, "expected a pattern that RE2 takes: " + error, i);
    }
  }
  if (!content->set.Compile()) {
    return Status(StatusCode::kInvalidArgument, "expected fewer or shorter formats: their automaton takes more than " +
                                                    std::to_string(kMaxBytes >> 20) + " MiB");
  }
  content->empty = patterns.empty();
  return FormatSet(std::move(content));
}

bool FormatSet::Match(std::string_view serial, std::vector<uint32_t>* numbers) const {
  numbers->clear();
  if (content_->empty) return true;
  std::vector<int> found;
  re2::RE2::Set::ErrorInfo error = {re2::RE2::Set::kNoError};
  if (!content_->set.Match({serial.data(), serial.size()}, &found, &error)) {
    return error.kind == re2::RE2::Set::kNoError;
  }
  numbers->assign(found.begin(), found.end());
  std::sort(numbers->begin(), numbers->end());
  return true;
}

}  // namespace burin::internal
