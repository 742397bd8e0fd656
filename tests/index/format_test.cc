// The format as a promise: the golden file of each released version, the files that break one rule each, and the worked
// example of docs/format.md.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <sstream>

#include "src/index/view/record_population.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

const std::string kGolden = BURIN_TEST_DATA "/golden/";
const std::string kBad = BURIN_TEST_DATA "/bad/";

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Split(const std::string& line, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<RecordedMark> MarksOf(const std::string& cell) {
  std::vector<RecordedMark> marks;
  for (const std::string& part : Split(cell, '|')) {
    if (part[0] == '!') {
      marks.push_back(MissingMark(static_cast<Missing>(part[1] - '0')));
    } else if (part.find_first_of("?*") != std::string::npos) {
      marks.push_back(PartialMark(part));
    } else {
      std::u32string symbols;
      char32_t symbol = 0;
      for (size_t at = 0; DecodeUtf8(part, &at, &symbol);) symbols += symbol;
      marks.push_back(SerialMark(symbols));
    }
  }
  return marks;
}

std::vector<std::byte> BuildGolden(const std::string& list) {
  TestBuilder builder;
  builder->SetFolding(1);
  builder.Attribute("weapon", AttributeType::kCategory);
  builder.Attribute("year", AttributeType::kInteger);
  builder.Attribute("date", AttributeType::kDate);
  std::istringstream lines(ReadFile(list));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = Split(line, '\t');
    EXPECT_EQ(cells.size(), 7U) << line;
    const Status status = builder.Add(cells[0], cells[2], MarksOf(cells[3]), {cells[4], cells[5], cells[6]}, cells[1]);
    EXPECT_TRUE(status.ok()) << line << ": " << status.message();
  }
  return builder.Bytes();
}

std::string AsString(ByteSpan bytes) { return std::string(AsText(bytes)); }

// `BURIN_WRITE_GOLDEN=1` writes a golden file that is not there yet; one that is there is never written again.
TEST(Format, GoldenVersion1EncodesToTheSameBytes) {
  const std::string built = AsString(BuildGolden(kGolden + "v1_small.tsv"));
  const std::string path = kGolden + "v1_population.burin";
  if (std::getenv("BURIN_WRITE_GOLDEN") != nullptr && ::access(path.c_str(), F_OK) != 0) {
    std::ofstream(path, std::ios::binary) << built;
  }
  EXPECT_EQ(ReadFile(path), built);
}

// v1_small.burin is from before populations were stored, and says the same.
TEST(Format, GoldenVersion1Opens) {
  std::string statistics;
  for (int i = 0; i < 4; ++i) {
    OpenOptions options;
    options.read_into_memory = i % 2 == 1;
    options.populate = true;
    const auto index = Index::Open(kGolden + (i < 2 ? "v1_small.burin" : "v1_population.burin"), options);
    ASSERT_TRUE(index.ok()) << index.status().message();
    const auto population = (*index)->population();
    if (statistics.empty()) statistics = population->hash;
    EXPECT_EQ(population->hash, statistics);
    EXPECT_EQ(population->serials, CountPopulation(**index, nullptr)->serials);
    EXPECT_TRUE((*index)->Verify().ok()) << (*index)->Verify().message();
    const IndexInfo& info = (*index)->info();
    EXPECT_EQ(info.format_major, 1U);
    EXPECT_EQ(info.folding_version, 1U);
    EXPECT_EQ(info.records, 11U);
    EXPECT_EQ(info.serials, 7U);
    EXPECT_EQ(info.partial_records, 1U);
    EXPECT_EQ(info.missing[static_cast<size_t>(Missing::kUnknown)], 1U);
    EXPECT_EQ((*index)->groups().size(), 5U);
    EXPECT_EQ((*index)->postings_size(1), 2U);  // A1234, after Ж77.
    EXPECT_NE((*index)->FindAttribute("cell_part"), nullptr);
    TouchIndex(**index);
  }
}

// docs/format.md, "Worked example": the hex lines there are the first bytes of the golden file.
TEST(Format, WorkedExampleOfTheSpecification) {
  const std::string spec = ReadFile(BURIN_SOURCE_DIR "/docs/format.md");
  const std::string file = ReadFile(kGolden + "v1_small.burin");
  const size_t begin = spec.find("```hex");
  ASSERT_NE(begin, std::string::npos);
  std::istringstream lines(spec.substr(begin, spec.find("```", begin + 6) - begin));
  std::string line;
  std::getline(lines, line);
  size_t compared = 0;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    size_t offset = 0;
    words >> std::hex >> offset;
    unsigned byte = 0;
    for (size_t i = 0; i < 16 && words >> byte; ++i, ++compared) {
      ASSERT_LT(offset + i, file.size());
      EXPECT_EQ(byte, static_cast<unsigned char>(file[offset + i])) << "offset " << offset + i;
    }
  }
  EXPECT_EQ(compared, 104U);  // Header and first table entry.
}

struct BadFile {
  const char* name;
  StatusCode code;
  const char* message;  // Behind the path.
};

constexpr BadFile kBadFiles[] = {
    {"empty.burin", StatusCode::kCorrupt, ": empty file"},
    {"foreign.burin", StatusCode::kCorrupt, ": not a Burin index"},
    {"short_header.burin", StatusCode::kCorrupt, ": truncated: 40 bytes, a header has 64"},
    {"truncated.burin", StatusCode::kCorrupt, ": truncated: 1000 bytes, the header says 2496"},
    {"bytes_after_end.burin", StatusCode::kCorrupt, ": bytes after the end: 2497 bytes, the header says 2496"},
    {"future_major.burin", StatusCode::kVersionUnsupported, ": format version 2.0, this library reads version 1"},
    {"header_checksum.burin", StatusCode::kChecksum, ": checksum of the header and section table does not match"},
    {"required_feature.burin", StatusCode::kVersionUnsupported, ": needs features that this library does not know"},
    {"reserved_header.burin", StatusCode::kCorrupt, ": reserved bytes of the header are not zero"},
    {"unknown_required_section.burin", StatusCode::kVersionUnsupported, ": section WXYZ is not known to this library"},
    {"section_out_of_place.burin", StatusCode::kCorrupt, ": section META is out of place"},
};

std::string BadContent(const std::string& name, std::string good) {
  std::vector<std::byte> bytes(good.size());
  const auto put = [&](size_t at, int value) { bytes[at] = static_cast<std::byte>(value); };
  std::copy_n(AsBytes(good).begin(), good.size(), bytes.begin());
  if (name == "empty.burin") return "";
  if (name == "foreign.burin") return "PK\x03\x04" + good.substr(4);
  if (name == "short_header.burin") return good.substr(0, 40);
  if (name == "truncated.burin") return good.substr(0, 1000);
  if (name == "bytes_after_end.burin") return good + "x";
  if (name == "future_major.burin") put(8, 2);
  if (name == "required_feature.burin") put(16, 1);
  if (name == "reserved_header.burin") put(48, 1);
  if (name == "unknown_required_section.burin") std::copy_n(AsBytes("WXYZ").begin(), 4, bytes.begin() + 64);
  if (name == "section_out_of_place.burin") put(64 + 8, LoadU8(bytes, 64 + 8) ^ 1);
  if (name != "header_checksum.burin") {
    RepairChecksums(&bytes);
  } else {
    put(56, LoadU8(bytes, 56) ^ 1);
  }
  return AsString(bytes);
}

TEST(Format, BadFilesAnswerAsTheirNamesSay) {
  const std::string good = ReadFile(kGolden + "v1_small.burin");
  for (const BadFile& bad : kBadFiles) {
    const std::string path = kBad + bad.name;
    if (std::getenv("BURIN_WRITE_GOLDEN") != nullptr && ::access(path.c_str(), F_OK) != 0) {
      std::ofstream(path, std::ios::binary) << BadContent(bad.name, good);
    }
    const auto index = Index::Open(path, {});
    ASSERT_FALSE(index.ok()) << path;
    EXPECT_EQ(index.status().code(), bad.code) << path;
    EXPECT_EQ(index.status().message(), path + bad.message);
  }
}

// A stored population that is not what counting gives is told by Verify; one of another version is counted anew.
TEST(Format, AWrongPopulationIsTold) {
  const std::string good = ReadFile(kGolden + "v1_population.burin");
  uint64_t entry = 64;
  while (good.compare(entry, 4, "POPU") != 0) entry += 40;
  const uint64_t at = LoadU64(AsBytes(good), entry + 8);
  std::deque<std::vector<std::byte>> files;  // Indexes borrow them.
  const auto opened = [&](uint64_t place, char value) {
    std::string changed = good;
    changed[at + place] = value;
    files.emplace_back(AsBytes(changed).begin(), AsBytes(changed).end());
    RepairChecksums(&files.back());
    return *Index::OpenBuffer(files.back(), "changed");
  };
  ASSERT_EQ(good[at], 1);
  const auto counted = CountPopulation(*opened(0, 1), nullptr)->serials;
  const auto fewer = opened(1, static_cast<char>(counted.singles - 1));
  EXPECT_EQ(fewer->Verify().message().substr(0, 9), "changed: ");
  EXPECT_NE(fewer->Verify().message().find("not the counts of these serials"), std::string::npos);
  const auto more = opened(1, 100);
  EXPECT_NE(more->Verify().message().find("no counts of so many serials"), std::string::npos);
  EXPECT_EQ(more->population()->serials, counted);
  const auto later = opened(0, 2);
  EXPECT_TRUE(later->Verify().ok()) << later->Verify().message();
  EXPECT_EQ(later->population()->serials, counted);
}

// What a later library folded, this one cannot fold readings for.
TEST(Format, UnknownFoldingsAreRefused) {
  const std::string good = ReadFile(kGolden + "v1_small.burin");
  const uint64_t meta = LoadU64(AsBytes(good), 64 + 8);
  for (const uint32_t folding : {0U, kFoldingVersion + 1}) {
    std::string changed = good;
    changed[meta] = static_cast<char>(folding);
    std::vector<std::byte> bytes(AsBytes(changed).begin(), AsBytes(changed).end());
    RepairChecksums(&bytes);
    const Status status = Index::OpenBuffer(bytes, "x").status();
    EXPECT_EQ(status.code(), StatusCode::kVersionUnsupported);
    EXPECT_EQ(status.message(), "x: its serials were folded by version " + std::to_string(folding) +
                                    ", this library knows 1 to " + std::to_string(kFoldingVersion));
  }
}

TEST(Format, UnknownOptionalSectionsAreSkipped) {
  std::string good = ReadFile(kGolden + "v1_small.burin");
  const std::string name = "WXYZ";
  // The last section of all, an attribute, becomes one that nobody knows.
  const size_t last = 64 + 40 * (LoadU32(AsBytes(good), 24) - 1);
  good.replace(last, 4, name);
  good[last + 4] = 0;
  std::vector<std::byte> bytes(AsBytes(good).begin(), AsBytes(good).end());
  RepairChecksums(&bytes);
  const auto index = Index::OpenBuffer(bytes, "x");
  ASSERT_TRUE(index.ok()) << index.status().message();
  EXPECT_TRUE((*index)->Verify().ok());
  EXPECT_EQ((*index)->FindAttribute("year"), nullptr);
}

TEST(Format, WhatIsNoIndex) {
  const auto code = [](const std::string& path, std::string* message) {
    const auto index = Index::Open(path, {});
    *message = index.status().message();
    return index.status().code();
  };
  std::string message;
  EXPECT_EQ(code("/", &message), StatusCode::kIo);
  EXPECT_EQ(message, "/: is a directory");
  EXPECT_EQ(code("/nonexistent/x.burin", &message), StatusCode::kIo);
  EXPECT_EQ(message, "/nonexistent/x.burin: cannot open: No such file or directory");
  EXPECT_EQ(code("/dev/null", &message), StatusCode::kIo);
  EXPECT_EQ(message, "/dev/null: is a device; expected a regular file");
}

TEST(Format, WrittenFileIsTheBufferAndReplacesWhatWasThere) {
  const std::string path = testing::TempDir() + "/format_test_" + std::to_string(::getpid()) + ".burin";
  std::ofstream(path) << "old";
  TestBuilder builder;
  builder.Serial("A1");
  ASSERT_TRUE(builder->Write(path).ok());
  TestBuilder same;
  same.Serial("A1");
  EXPECT_EQ(ReadFile(path), AsString(same.Bytes()));
  ::unlink(path.c_str());
}

}  // namespace
}  // namespace burin::internal
