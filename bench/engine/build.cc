#include "bench/engine/build.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "bench/engine/clock.h"
#include "bench/engine/packed_serial.h"
#include "src/index/write/index_builder.h"

namespace burin::bench {
namespace {

using namespace burin::internal;

constexpr uint64_t kSectionAlignment = 64;
// Sections that tell of records. Any other one, also one that is new, counts as search index.
constexpr std::array<std::string_view, 8> kRecordSections = {"META", "POST", "PART", "PKEY",
                                                             "MISS", "RKEY", "TEXT", "ATTR"};

void Check(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "the index cannot be built: %s\n", status.message().c_str());
  std::abort();
}

void AddPartial(const std::string& text, const std::string& row, IndexBuilder* builder) {
  RecordedMark mark;
  mark.partial = true;
  for (const char c : text) mark.symbols += c == '?' ? kUnreadable : c == '*' ? kGap : static_cast<Symbol>(c);
  int attribute = -1;
  Check(builder->Add({row, "", text, {&mark, 1}, {}}, &attribute));
}

void AddRows(const Set& set, IndexBuilder* builder) {
  RecordedMark mark;
  int attribute = -1;
  uint64_t number = 0;
  for (const uint64_t key : set.keys.span()) {
    const std::string serial = PackedText(key), row = std::to_string(++number);
    mark.symbols.assign(serial.begin(), serial.end());
    Check(builder->Add({row, "", serial, {&mark, 1}, {}}, &attribute));
    if (!set.partials.empty() && number % kSerialsAPartial == 1) {
      AddPartial(set.partials[number / kSerialsAPartial], row + "p", builder);
    }
  }
}

size_t HeapBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

template <typename Open>
void OpenIndex(Open open, Built* built) {
  const size_t before = HeapBytes();
  Result<std::shared_ptr<const Index>> index = open();
  Check(index.status());
  built->index = *std::move(index);
  built->open_bytes = static_cast<double>(HeapBytes() - before);
}

void WriteFile(const Set& set, IndexBuilder* builder, Built* built) {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("burin_bench_" + set.name.name + "_" + std::to_string(getpid()) + ".burin"))
                               .string();
  built->write_seconds = NanosecondsOf([&] { Check(builder->Write(path)); }) / 1e9;
  OpenIndex([&] { return Index::Open(path, {.read_into_memory = true}); }, built);
  std::filesystem::remove(path);
}

}  // namespace

// One thread: built->threads stays 1.
Built BuildIndex(const Set& set, bool in_file) {
  Built built;
  const std::unique_ptr<IndexBuilder> builder = IndexBuilder::Create();
  built.add_seconds = NanosecondsOf([&] { AddRows(set, builder.get()); }) / 1e9;
  if (in_file) {
    WriteFile(set, builder.get(), &built);
    return built;
  }
  built.write_seconds = NanosecondsOf([&] { Check(builder->Write(&built.bytes)); }) / 1e9;
  OpenIndex([&] { return Index::OpenBuffer(built.bytes, set.name.name); }, &built);
  return built;
}

std::vector<SectionSize> SectionSizes(const Index& index) {
  std::vector<SectionSize> sizes;
  for (const SectionInfo& section : index.info().sections) {
    auto size = std::find_if(sizes.begin(), sizes.end(), [&](const SectionSize& s) { return s.name == section.name; });
    if (size == sizes.end()) {
      const bool records = std::ranges::find(kRecordSections, section.name) != kRecordSections.end();
      size = sizes.insert(size, {section.name, 0, !records});
    }
    size->bytes += (section.bytes + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
  }
  return sizes;
}

double SearchBytes(const Built& built) {
  double bytes = built.open_bytes;
  for (const SectionSize& size : SectionSizes(*built.index)) bytes += size.search ? static_cast<double>(size.bytes) : 0;
  return bytes / static_cast<double>(built.index->info().serials);
}

}  // namespace burin::bench
