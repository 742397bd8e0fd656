// What Verify proves beyond checksums: files whose checksums are right and that break one rule each.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "src/codec/delta_blocks.h"
#include "src/index/file/sections.h"
#include "src/index/records/row_finder.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

// The file with each section as `change` leaves it; what it answers false for is left out, `twice` there again.
using Change = std::function<bool(Section* section, std::vector<std::byte>* bytes)>;
std::vector<std::byte> Rewritten(const std::vector<std::byte>& file, const Change& change, FourCcCode twice = 0) {
  const Container container = *Container::Open(file, "file", kKnownSections);
  ContainerWriter writer;
  for (Section section : container.sections()) {
    std::vector<std::byte> bytes(section.bytes.begin(), section.bytes.end());
    if (!change(&section, &bytes)) continue;
    for (int i = section.name == twice ? 2 : 1; i > 0; --i) {
      ByteWriter copy;
      copy.Bytes(bytes);
      writer.Add(section.name, section.flags, section.items, &copy);
    }
  }
  std::vector<std::byte> out;
  (void)writer.Write(&out);
  return out;
}

bool Keep(Section*, std::vector<std::byte>*) { return true; }

// What Verify says; opening must be OK, and the checksums right.
std::string Fault(const std::vector<std::byte>& file) {
  const auto index = Index::OpenBuffer(file, "file");
  if (!index.ok()) return "cannot be opened: " + index.status().message();
  if (!(*index)->CheckedBytes().ok()) return "checksums: " + (*index)->CheckedBytes().message();
  const Status status = (*index)->Verify();
  EXPECT_EQ((*index)->Checked().message(), status.message());
  if (status.ok()) return "sound";
  EXPECT_EQ(status.code(), StatusCode::kCorrupt);
  EXPECT_EQ(status.message().rfind("file: section ", 0), 0u) << status.message();
  return status.message().substr(status.message().find(": ", 15) + 2);
}

std::vector<std::byte> Rows(bool registered, const std::vector<std::pair<std::string, std::string>>& rows) {
  const auto builder = IndexBuilder::Create();
  if (registered) builder->RegisterRows();
  uint64_t id = 0;
  for (const auto& [source, key] : rows) {
    // The second row has two records.
    const std::vector<RecordedMark> marks(id == 1 ? 2 : 1, SerialMark("A" + std::to_string(id)));
    Row row;
    row.key = key;
    row.source = source;
    row.text = "text";
    row.marks = marks;
    row.id = id + 1;
    id += marks.size();
    int attribute = -1;
    if (!builder->Add(row, &attribute).ok()) std::abort();
  }
  std::vector<std::byte> bytes;
  if (!builder->Write(&bytes).ok()) std::abort();
  return bytes;
}

// The text of a section, changed from one to another of the same size.
Change Replace(FourCcCode name, const std::string& from, const std::string& to) {
  return [=](Section* section, std::vector<std::byte>* bytes) {
    if (section->name != name) return true;
    const size_t at = AsText(*bytes).find(from);
    if (at == std::string::npos) std::abort();
    for (size_t i = 0; i < to.size(); ++i) (*bytes)[at + i] = static_cast<std::byte>(to[i]);
    return true;
  };
}

TEST(Verify, KeysAreUniqueInTheirSource) {
  const auto texts = Rows(false, {{"north", "K1"}, {"north", "K2"}, {"north", "K3"}, {"south", "K1"}});
  EXPECT_EQ(Fault(texts), "sound");
  EXPECT_EQ(Fault(Rewritten(texts, Replace(kRecordKeySection, "K3", "K1"))),
            "two rows have the key 'K1' of source 'north'");
  EXPECT_EQ(Fault(Rewritten(texts, Replace(kRecordKeySection, "K3", "K4"))), "sound");
  const auto numbers = Rows(false, {{"north", "1"}, {"south", "1"}, {"north", "2"}, {"south", "2"}});
  EXPECT_EQ(Fault(numbers), "sound");
  const Change all_one = [](Section* section, std::vector<std::byte>* bytes) {
    if (section->name != kRecordKeySection) return true;
    ByteWriter out;
    out.U64(1);
    out.U64(section->items);
    DeltaBlocksWriter<uint64_t> keys;
    for (uint64_t i = 0; i < section->items; ++i) keys.Add(1);
    keys.Finish(&out);
    out.PadTo(8);
    *bytes = out.Take();
    return true;
  };
  EXPECT_EQ(Fault(Rewritten(numbers, all_one)), "two rows have the key '1' of source 'north'");
}

// ROWS made anew: for each row its hash and record.
Change NewRows(const std::vector<std::pair<uint64_t, uint32_t>>& rows, uint64_t records) {
  return [=](Section* section, std::vector<std::byte>* bytes) {
    if (section->name != kRowsSection) return true;
    RowFinderBuilder finder;
    for (const auto& [hash, record] : rows) finder.Add(hash, record);
    ByteWriter out;
    finder.Encode(records, &out);
    *bytes = out.Take();
    section->items = rows.size();
    return true;
  };
}

TEST(Verify, EveryRowIsFoundOnce) {
  const auto file = Rows(true, {{"north", "K1"}, {"north", "K2"}, {"south", "K1"}});
  const uint64_t first = HashOfRow("north", "K1"), second = HashOfRow("north", "K2"), third = HashOfRow("south", "K1");
  EXPECT_EQ(Fault(file), "sound");
  EXPECT_EQ(Fault(Rewritten(file, NewRows({{first, 0}, {second, 1}, {third, 3}}, 4))), "sound");
  EXPECT_EQ(Fault(Rewritten(file, NewRows({{first, 0}, {second, 1}}, 4))), "does not have every row");
  EXPECT_NE(Fault(Rewritten(file, NewRows({{first, 0}, {second, 2}, {third, 3}}, 4))).find("is not the first record"),
            std::string::npos);
  EXPECT_NE(Fault(Rewritten(file, NewRows({{first, 0}, {second, 0}, {third, 3}}, 4))).find("has another key"),
            std::string::npos);
  const auto twice = Rewritten(Rewritten(file, Replace(kRecordKeySection, "K2K2", "K3K3")),
                               NewRows({{first, 0}, {HashOfRow("north", "K3"), 1}, {third, 3}}, 4));
  EXPECT_EQ(Fault(twice), "sound");
  // The third row gets the source of the first one: its code.
  const Change one_source = [](Section* section, std::vector<std::byte>* bytes) {
    if (section->name == kAttributeSection && AsText(*bytes).find("source") != std::string::npos) {
      bytes->back() = std::byte{0x55};
    }
    return true;
  };
  EXPECT_EQ(Fault(Rewritten(Rewritten(file, one_source), NewRows({{first, 0}, {second, 1}, {first, 3}}, 4))),
            "two rows have the key 'K1' of source 'north'");
}

TEST(Verify, OptionalSectionsComeLastAndOnce) {
  const auto file = Rows(true, {{"north", "K1"}, {"north", "K2"}});
  for (const FourCcCode name : {kRecordIdsSection, kRowsSection, kPopulationSection}) {
    EXPECT_EQ(Fault(Rewritten(file, Keep, name)), "there twice");
  }
}

TEST(Verify, SymbolsAreFolded) {
  TestBuilder good, serial, partial, lone;
  good.Serial("AB12");
  EXPECT_EQ(Fault(good.Bytes()), "sound");
  serial.Serial("aB12");
  EXPECT_EQ(Fault(serial.Bytes()), "a symbol that folding would change");
  EXPECT_TRUE(partial.Add("1", "text", {PartialMark("A-?")}).ok());
  EXPECT_EQ(Fault(partial.Bytes()), "partial record 0 has a symbol that folding would change");
  EXPECT_TRUE(lone.Add("1", "text", {SerialMark(std::u32string(1, char32_t{0xd800}))}).ok());
  EXPECT_EQ(Fault(lone.Bytes()), "a symbol that folding would change");
}

}  // namespace
}  // namespace burin::internal
