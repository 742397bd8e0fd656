// What a search for a pattern takes beside its hits: hostile patterns over a small index, with every allocation of the
// process counted.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include "burin/burin.hpp"

namespace {

std::atomic<std::int64_t> in_use = 0, most = 0;

void* Allocate(std::size_t size, std::size_t alignment) {
  void* const memory =
      alignment == 0 ? std::malloc(size) : std::aligned_alloc(alignment, size + alignment - size % alignment);
  if (memory == nullptr) throw std::bad_alloc();
  const auto now = in_use += static_cast<std::int64_t>(malloc_usable_size(memory));
  std::int64_t before = most;
  while (before < now && !most.compare_exchange_weak(before, now)) {
  }
  return memory;
}

void Release(void* memory) {
  if (memory == nullptr) return;
  in_use -= static_cast<std::int64_t>(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return Allocate(size, 0); }
void* operator new[](std::size_t size) { return Allocate(size, 0); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return Allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return Allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { Release(memory); }
void operator delete[](void* memory) noexcept { Release(memory); }
void operator delete(void* memory, std::size_t) noexcept { Release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { Release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { Release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { Release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { Release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { Release(memory); }

namespace {

constexpr std::int64_t kMost = std::int64_t{64} << 20;

std::string Join(const std::vector<std::string>& branches) {
  std::string out = "(";
  for (const std::string& branch : branches) out += (out.size() > 1 ? "|" : "") + branch;
  return out + ")";
}

std::string Repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::vector<std::string> Numbers(int first, int last) {
  std::vector<std::string> out;
  for (int i = first; i < last; ++i) out.push_back(std::to_string(i));
  return out;
}

// A Chinese character each: symbols that a channel knows nothing of.
std::vector<std::string> Characters(int count) {
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) {
    const int c = 0x4E00 + i;
    out.push_back({static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                   static_cast<char>(0x80 | (c & 63))});
  }
  return out;
}

std::vector<std::string> Hostile() {
  std::string set = "[";
  for (const std::string& c : Characters(5000)) set += c;
  return {
      Join(Numbers(100, 180)) + "{2,3}",
      Join(Numbers(100, 180)) + Join(Numbers(200, 280)),
      Join(Characters(4000)),
      set + "]{1,64}",
      "(A{0,64}B{0,64}C{0,64}D{0,64}|1{0,64}2{0,64}){0,2}",
      "(A|B){0,64}(C|D){0,64}(E|F){0,64}",
      Repeated("A{0,1}", 500),
      Repeated("[A-Z0-9]*", 4),
      Repeated("[A-Z0-9]", 64),
  };
}

class PatternMemory : public testing::Test {
 protected:
  static std::string Path() { return testing::TempDir() + "pattern_memory.burin"; }
  static void SetUpTestSuite() {
    burin::Builder builder;
    int key = 0;
    for (const char* text : {"100101", "AB12", "A1B2C3D4", "一丁", "12??5", "KL*9"}) {
      builder.AddRow(std::to_string(++key), "s", text);
    }
    builder.Write(Path());
  }
  static void TearDownTestSuite() { std::filesystem::remove(Path()); }
};

// An error with a reason is an answer too: what is left over is refused.
template <typename Call>
std::string RefusalOf(const Call& call) {
  try {
    call();
  } catch (const burin::Exception& exception) {
    return exception.what();
  }
  return "";
}

TEST_F(PatternMemory, NoPatternTakesMoreThan64MiB) {
  const burin::Index index(Path());
  for (const std::string& pattern : Hostile()) {
    for (const bool unit : {false, true}) {
      burin::Searcher searcher(index);
      const std::int64_t before = in_use;
      most = before;
      const std::string refusal = RefusalOf([&] {
        const burin::Reading reading(pattern);
        burin::Search search;
        if (unit) {
          search.costs = BURIN_COSTS_OSA;
          search.within = 1;
        }
        const burin::Result result = searcher.Find(reading, search);
        EXPECT_TRUE(result.complete());
      });
      EXPECT_TRUE(refusal.empty() || refusal.find("at most") != std::string::npos) << refusal;
      EXPECT_LT(most - before, kMost) << pattern.substr(0, 80) << (unit ? " within 1" : " typed");
    }
  }
}

TEST_F(PatternMemory, WhatTheIssueNamedIsAnswered) {
  const burin::Index index(Path());
  burin::Searcher searcher(index);
  const burin::Reading reading(Join(Numbers(100, 180)) + "{2,3}");
  const burin::Result result = searcher.Find(reading);
  ASSERT_FALSE(result.matches().empty());
  EXPECT_EQ(result.matches()[0].record_id, 1u);
}

}  // namespace
