// What the tests of the C API share: a folder of their own, handles that release themselves, a small index.
#ifndef BURIN_TESTS_C_API_API_TESTING_H_
#define BURIN_TESTS_C_API_API_TESTING_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "burin/burin.h"

namespace burin::testing {

template <typename Handle>
using Owned = std::unique_ptr<Handle, void (*)(Handle*)>;

// A folder for one test, removed with it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "burin_api_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string Write(const std::string& name, std::string_view content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return *this / name;
  }
  static std::string Read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  size_t files() const { return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path_), {})); }

 private:
  std::filesystem::path path_;
};

inline burin_view View(std::string_view text) { return {text.data(), text.size()}; }

struct TestRow {
  std::string_view key, source, text, maker, year;
};

// An index with the attributes maker and year.
inline void BuildIndex(const std::string& path, const std::vector<TestRow>& rows) {
  burin_builder* raw = nullptr;
  ASSERT_EQ(burin_builder_create(nullptr, &raw, nullptr), BURIN_OK);
  const Owned<burin_builder> builder(raw, burin_builder_destroy);
  ASSERT_EQ(burin_builder_add_attribute(raw, "maker", 0, nullptr, nullptr), BURIN_OK);
  ASSERT_EQ(burin_builder_add_attribute(raw, "year", 0, nullptr, nullptr), BURIN_OK);
  for (const TestRow& row : rows) {
    const burin_view values[] = {View(row.maker), View(row.year)};
    burin_row given = BURIN_ROW_INIT;
    given.key = View(row.key);
    given.source = View(row.source);
    given.text = View(row.text);
    given.attributes = values;
    given.attribute_count = 2;
    burin_error* error = nullptr;
    ASSERT_EQ(burin_builder_add_row(raw, &given, &error), BURIN_OK) << burin_error_message(error);
  }
  burin_error* error = nullptr;
  ASSERT_EQ(burin_builder_write(raw, path.c_str(), &error), BURIN_OK) << burin_error_message(error);
}

// Calls and expects failure; answers the message, and the position through `position`.
template <typename Function, typename... Arguments>
std::string Failure(burin_status expected, Function function, Arguments... arguments) {
  burin_error* error = nullptr;
  EXPECT_EQ(function(arguments..., &error), expected);
  const Owned<burin_error> owned(error, burin_error_destroy);
  EXPECT_EQ(burin_error_code(error), expected);
  EXPECT_EQ(std::string_view(burin_error_message(error)).find('\n'), std::string_view::npos);
  return burin_error_message(error);
}

}  // namespace burin::testing

#endif
