// Manifests and files of deletions: what is written is read again, byte for byte as docs/registry-format.md says, and
// every damaged copy gets an error of one line.
#include "src/registry/state/manifest.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "src/codec/delta_blocks.h"
#include "src/index/file/container.h"
#include "src/registry/state/deletions.h"
#include "src/registry/state/registry_files.h"
#include "tests/index/mutations.h"

namespace burin::internal {
namespace {

Manifest Sample() {
  Manifest manifest;
  manifest.generation = 7;
  manifest.next_id = 5001;
  manifest.next_file = 12;
  manifest.committed_at = 1764100000;
  manifest.segments = {{{3, 4096, 0x1122334455667788u}, 1000, 1, 1000, 17}, {{11, 999, 1}, 4, 2000, 5000, 0}};
  manifest.attributes = {{"maker", AttributeType::kCategory}, {"year", AttributeType::kInteger}};
  manifest.deletions = {6, 512, 99};
  manifest.caller_bytes = std::string("position\0 1", 11);
  return manifest;
}

TEST(Manifest, RoundTrip) {
  Manifest ruled = Sample();
  ruled.rules = kRuleNeedsCase;
  for (const Manifest& manifest : {Sample(), Manifest(), ruled}) {
    const std::vector<std::byte> bytes = EncodeManifest(manifest);
    Manifest read;
    ASSERT_TRUE(DecodeManifest(bytes, "m", &read).ok()) << DecodeManifest(bytes, "m", &read).message();
    EXPECT_EQ(read, manifest);
    EXPECT_EQ(EncodeManifest(read), bytes);
  }
  EXPECT_EQ(Sample().live_records(), 987u);
}

TEST(Manifest, EveryDamageIsSeen) {
  Manifest sample = Sample();
  sample.rules = kRuleNeedsCase;
  const std::vector<std::byte> bytes = EncodeManifest(sample);
  ForEachMutation(bytes, [](ByteSpan damaged) {
    Manifest read;
    const Status status = DecodeManifest(damaged, "m", &read);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.message().find("m: "), 0u);
    EXPECT_EQ(status.message().find('\n'), std::string::npos);
  });
}

TEST(Manifest, NonsenseIsRefused) {
  const auto refused = [](const Manifest& manifest) {
    Manifest read;
    return !DecodeManifest(EncodeManifest(manifest), "m", &read).ok();
  };
  Manifest m = Sample();
  m.rules = 2;  // A rule of a later version.
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.next_id = 5000;  // Below an id that is there.
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.next_file = 11;
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.segments[1].file.number = 3;
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.segments[0].deleted = 1001;
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.segments[0].last_id = 999;  // More records than ids.
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.segments[0].records = 0;
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.deletions = {};
  EXPECT_TRUE(refused(m));
  m = Sample();
  m.deletions.number = 8;
  EXPECT_TRUE(refused(m));
  m = Sample();
  std::swap(m.attributes[0], m.attributes[1]);
  EXPECT_TRUE(refused(m));
}

TEST(Deletions, RoundTripAndDamage) {
  RecordSet first(100), second(3000000);
  for (const uint64_t record : {0, 1, 64, 99}) first.Add(record);
  for (uint64_t record = 5; record < 3000000; record += 1000) second.Add(record);
  const std::vector<std::byte> bytes = EncodeDeletions({{3, &first}, {9, &second}});
  std::vector<SegmentDeletions> read;
  ASSERT_TRUE(DecodeDeletions(bytes, "d", 4000000, &read).ok());
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].segment, 3u);
  EXPECT_EQ(read[1].records.size(), second.size());
  for (uint64_t record = 0; record < 100; ++record) EXPECT_EQ(read[0].records.Has(record), first.Has(record));
  EXPECT_FALSE(DecodeDeletions(bytes, "d", 3000099, &read).ok());
  const std::vector<std::byte> small = EncodeDeletions({{3, &first}});
  ForEachMutation(small, [](ByteSpan damaged) {
    std::vector<SegmentDeletions> out;
    EXPECT_FALSE(DecodeDeletions(damaged, "d", 1000, &out).ok());
  });
}

// A few bytes can say that there are a billion equal numbers: that is seen before they are read one by one. Otherwise
// the wrong number of items behind them would be named.
TEST(Deletions, ThatCannotRiseAreNotReadToTheirEnd) {
  ByteWriter bytes;
  bytes.U64(3);
  bytes.U64(1 << 20);
  DeltaBlocksWriter<uint64_t> numbers;
  for (int i = 0; i < 1 << 20; ++i) numbers.Add(0);
  numbers.Finish(&bytes);
  ASSERT_LT(bytes.size(), 1024u);
  ContainerWriter container;
  container.Add(FourCc("DELS"), kRequired, 1, &bytes);
  std::vector<std::byte> file;
  ASSERT_TRUE(container.Write(&file).ok());
  std::vector<SegmentDeletions> out;
  const Status status = DecodeDeletions(file, "d", 1 << 20, &out);
  EXPECT_EQ(status.code(), StatusCode::kCorrupt);
  EXPECT_NE(status.message().find("records do not rise"), std::string::npos) << status.message();
}

TEST(RegistryFiles, Names) {
  EXPECT_EQ(ManifestName(26), "manifest-000000000000001a");
  EXPECT_EQ(ReadName("manifest-000000000000001a").number, 26u);
  EXPECT_EQ(ReadName("manifest-000000000000001A").kind, NameKind::kForeign);
  EXPECT_EQ(ReadName("manifest-1a").kind, NameKind::kForeign);
  EXPECT_EQ(ReadName("manifest-000000000000001a.tmp-7-0").kind, NameKind::kTemporary);
  EXPECT_EQ(ReadName("pin-report 12").pin, "report 12");
  EXPECT_EQ(ReadName("segment-ffffffffffffffff").number, ~uint64_t{0});
}

// The inputs that the fuzzer begins with: written by the code where BURIN_WRITE_CORPUS names a folder.
TEST(Manifest, Corpus) {
  const char* const folder = std::getenv("BURIN_WRITE_CORPUS");
  if (folder == nullptr) GTEST_SKIP() << "BURIN_WRITE_CORPUS names no folder";
  RecordSet deleted(100);
  for (const uint64_t record : {0, 1, 64, 99}) deleted.Add(record);
  const auto write = [&](const std::string& name, char kind, const std::vector<std::byte>& bytes) {
    std::ofstream file(std::string(folder) + "/" + name, std::ios::binary);
    file << kind << AsText(bytes);
  };
  write("manifest", '\2', EncodeManifest(Sample()));
  write("manifest_empty", '\2', EncodeManifest(Manifest()));
  write("deletions", '\3', EncodeDeletions({{3, &deleted}}));
  write("deletions_two", '\3', EncodeDeletions({{3, &deleted}, {4, &deleted}}));
}

}  // namespace
}  // namespace burin::internal
