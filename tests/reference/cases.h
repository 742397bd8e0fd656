// How much the tests try, by two variables of the environment that tests/run.sh sets.
#ifndef BURIN_TESTS_REFERENCE_CASES_H_
#define BURIN_TESTS_REFERENCE_CASES_H_

#include <cstdint>
#include <cstdlib>

namespace burin::internal {

// How many random cases a test of them tries: BURIN_TEST_CASES, 10,000 if it is not given.
inline uint64_t TestCases() {
  const char* const text = std::getenv("BURIN_TEST_CASES");
  const uint64_t cases = text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
  return cases == 0 ? 10000 : cases;
}

// Whether what takes minutes is to be tried as well: BURIN_TEST_FULL is given and not empty.
inline bool FullTests() {
  const char* const text = std::getenv("BURIN_TEST_FULL");
  return text != nullptr && *text != '\0';
}

}  // namespace burin::internal

#endif  // BURIN_TESTS_REFERENCE_CASES_H_
