#include "src/base/same_file.h"

#include <filesystem>
#include <system_error>

namespace burin::internal {
namespace {

namespace fs = std::filesystem;

bool HoldsData(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) || fs::is_directory(path, error);
}

}  // namespace

bool SameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  const bool a_is_there = fs::exists(a, error), b_is_there = fs::exists(b, error);
  if (a_is_there != b_is_there) return false;
  if (a_is_there) return HoldsData(a) && fs::equivalent(a, b, error);
  const fs::path whole_a = fs::weakly_canonical(fs::absolute(a, error), error);
  const fs::path whole_b = fs::weakly_canonical(fs::absolute(b, error), error);
  return !error && whole_a == whole_b;
}

}  // namespace burin::internal
