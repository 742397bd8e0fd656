// A registry of an earlier folding: it answers as it did, takes no rows, and is read anew by Refold. The golden one was
// written by the first folding (tests/testdata/golden/folding1).
#include "src/registry/change/refold.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "src/index/view/find_texts.h"
#include "src/mark/fold/fold.h"
#include "src/registry/state/registry_files.h"
#include "tests/registry/registry_testing.h"

namespace burin::internal {
namespace {

const std::string kGolden = BURIN_TEST_DATA "/golden/folding1/registry";

// A copy of the golden registry, removed with this.
class OldRegistry {
 public:
  OldRegistry() {
    std::string name = (std::filesystem::temp_directory_path() / "burin_refold_XXXXXX").string();
    path_ = mkdtemp(name.data());
    std::filesystem::copy(kGolden, path_, std::filesystem::copy_options::recursive);
  }
  ~OldRegistry() { std::filesystem::remove_all(path_); }
  std::string path() const { return path_.string(); }
  std::shared_ptr<const Snapshot> Open() const { return OpenSnapshot(Disk::System(), path()); }
  std::unique_ptr<RegistryWriter> Write() const { return OpenWriter(Disk::System(), path(), false); }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> Those(std::vector<std::string> lines, const std::string& part) {
  std::erase_if(lines, [&](const std::string& line) { return line.find(part) == std::string::npos; });
  return lines;
}

TEST(Refold, AnOldRegistrySaysItsFoldingAndTakesNoRow) {
  const OldRegistry old;
  EXPECT_EQ(old.Open()->folding(), 1U);
  EXPECT_TRUE(old.Open()->Verify().ok());
  const std::string before = StateOf(*old.Open());
  auto writer = old.Write();
  const Status status = PutRow(writer.get(), {"north", "new", "B1234", {}});
  EXPECT_EQ(status.code(), StatusCode::kVersionUnsupported);
  EXPECT_NE(status.message().find("folded by version 1"), std::string::npos) << status.message();
  EXPECT_NE(status.message().find("burin compact --refold"), std::string::npos) << status.message();
  EXPECT_TRUE(writer->Commit(std::nullopt).ok());
  EXPECT_EQ(StateOf(*old.Open()), before);
}

// Deleting and merging need no folding: what is merged stays of the folding that it has.
TEST(Refold, MergingKeepsTheFolding) {
  const OldRegistry old;
  const std::string before = StateOf(*old.Open());
  auto writer = old.Write();
  ASSERT_TRUE(writer->Compact(1).ok());
  EXPECT_EQ(old.Open()->segments().size(), 1U);
  EXPECT_EQ(old.Open()->folding(), 1U);
  EXPECT_EQ(StateOf(*old.Open()), before);
  bool found = false;
  ASSERT_TRUE(writer->Delete("north", "k1", &found).ok());
  ASSERT_TRUE(found && writer->Commit(std::nullopt).ok());
  EXPECT_EQ(old.Open()->folding(), 1U);
}

TEST(Refold, RecordedTextsAreReadAnew) {
  const OldRegistry old;
  auto writer = old.Write();
  writer->SetRules(kRuleNeedsCase);
  ASSERT_TRUE(writer->Commit("the caller's").ok());
  const std::vector<std::string> before = RecordsOf(*old.Open());
  RefoldCounts counts;
  ASSERT_TRUE(writer->Refold({}, &counts).ok());
  const auto after = old.Open();
  EXPECT_EQ(counts.rows, 13U);
  EXPECT_GE(counts.changed, 6U);
  EXPECT_EQ(after->folding(), kFoldingVersion);
  EXPECT_TRUE(after->Verify().ok()) << after->Verify().message();
  EXPECT_EQ(after->manifest().rules, kRuleNeedsCase);
  EXPECT_EQ(after->manifest().caller_bytes, "the caller's");
  for (const Segment& segment : after->segments()) EXPECT_EQ(segment.listed.deleted, 0U);
  const std::vector<std::string> records = RecordsOf(*after);
  const auto has = [&](const std::string& line) {
    EXPECT_NE(std::find(records.begin(), records.end(), line), records.end()) << line;
  };
  // Ids, keys, texts and attributes are those of before; the marks are read by the present rules.
  has("2|k2|IZ1234|İZ1234|maker=Kırıkkale|source=north|year=1991");
  has("3|k3|O77A5|Ø77-Å5|maker=Madsen|source=north|year=1992");
  has("4|k4|LUK12345|łuk 12345|maker=FB|source=north|year=1993");
  has("5|k5|ЖБ7Й|Жб-7Й|maker=ИЖ|source=north|year=1994");
  has("6|k6|MDY272|MDY272(cano) FLB721(ferrolho)|cell_part=1/2|component=barrel|maker=Taurus|source=north|"
      "weapon=north/k6|year=1995");
  has("11|k10|Æ55Þ|Æ55Þ|source=north");
  has("12|k11|partial E*9|É*9|source=north");
  has("15|m2|O5566|N°Ø5566|source=south|year=2001");
  EXPECT_TRUE(Those(records, "DELETED").empty());
  EXPECT_EQ(records.size(), before.size());
  // A new row fits now.
  PutOutcome outcome;
  ASSERT_TRUE(writer->AddAttribute("maker", AttributeType::kCategory).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"north", "new", "Ł1", {""}}, &outcome).ok());
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  EXPECT_EQ(old.Open()->folding(), kFoldingVersion);
  EXPECT_EQ(old.Open()->manifest().next_id, after->manifest().next_id + 1);
  // Again it changes nothing.
  const uint64_t generation = old.Open()->manifest().generation;
  ASSERT_TRUE(writer->Refold({}, &counts).ok());
  EXPECT_EQ(counts.rows, 0U);
  EXPECT_EQ(old.Open()->manifest().generation, generation);
}

TEST(Refold, PinnedStatesStayWhatTheyAre) {
  const OldRegistry old;
  SnapshotOptions pinned;
  pinned.pin = "case-7";
  const std::string before = StateOf(*Take(Snapshot::Open(Disk::System(), old.path(), pinned)));
  auto writer = old.Write();
  RefoldCounts counts;
  ASSERT_TRUE(writer->Refold({}, &counts).ok());
  ASSERT_TRUE(writer->Compact(1).ok());
  const auto after = Take(Snapshot::Open(Disk::System(), old.path(), pinned));
  EXPECT_EQ(after->folding(), 1U);
  EXPECT_TRUE(after->Verify().ok());
  EXPECT_EQ(StateOf(*after), before);
}

TEST(Refold, DamageIsNotWrittenAnew) {
  const OldRegistry old;
  const std::string path = InDirectory(old.path(), SegmentName(1));
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const size_t at = bytes.find("SHR40492 (Vide");  // A recorded text: opening does not look at it.
    ASSERT_NE(at, std::string::npos);
    file.seekp(static_cast<std::streamoff>(at));
    file.put('T');
  }
  auto writer = old.Write();
  RefoldCounts counts;
  const Status status = writer->Refold({}, &counts);
  EXPECT_TRUE(status.code() == StatusCode::kChecksum || status.code() == StatusCode::kCorrupt) << status.message();
  EXPECT_EQ(old.Open()->folding(), 1U);
}

// A segment as an earlier folding would have written it, by marks given by hand.
class Segments {
 public:
  Segments() {
    for (auto* builder : {&before_, &kept_, &renumbered_}) {
      *builder = IndexBuilder::Create();
      (*builder)->RegisterRows();
      for (const ListedAttribute& attribute : attributes_) {
        EXPECT_TRUE((*builder)->AddAttribute(attribute.name, attribute.type).ok());
      }
    }
  }
  void Add(const std::string& key, const std::string& text, const std::vector<RecordedMark>& marks,
           const std::vector<std::string_view>& values = {"", "", "", ""}) {
    Row row;
    row.key = key;
    row.source = "s";
    row.text = text;
    row.marks = marks;
    row.attributes = values;
    row.id = next_id_;
    next_id_ += marks.size();
    int attribute = -1;
    const Status status = before_->Add(row, &attribute);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  std::vector<std::string> Refolded(RefoldCounts* counts) {
    std::vector<Segment> segments = {Made(before_.get())};
    const Segment* const all[] = {&segments[0]};
    const Status status = RefoldSegments(all, attributes_, {}, {}, {kept_.get(), renumbered_.get(), &next_id_}, counts);
    EXPECT_TRUE(status.ok()) << status.message();
    segments.clear();
    for (auto* builder : {&kept_, &renumbered_}) {
      if ((*builder)->records() > 0) segments.push_back(Made(builder->get()));
    }
    return RecordsOf(Snapshot("x", Manifest(), std::move(segments)));
  }

 private:
  static Segment Made(IndexBuilder* builder) {
    std::vector<std::byte> bytes;
    EXPECT_TRUE(builder->Write(&bytes).ok());
    Segment segment;
    segment.index = Take(Index::OpenMapped(Take(MappedFile::OfBytes(bytes)), "segment"));
    return segment;
  }

  std::vector<ListedAttribute> attributes_ = {{"cell_part", AttributeType::kCategory},
                                              {"component", AttributeType::kCategory},
                                              {"maker", AttributeType::kCategory},
                                              {"weapon", AttributeType::kCategory}};
  std::unique_ptr<IndexBuilder> before_, kept_, renumbered_;
  uint64_t next_id_ = 1;
};

RecordedMark Serial(std::u32string symbols, std::string component = "") {
  RecordedMark mark;
  mark.symbols = std::move(symbols);
  mark.component = std::move(component);
  return mark;
}

TEST(Refold, RowsOfAnotherNumberOfMarksGetNewIds) {
  Segments segments;
  segments.Add("1", "A1234567", {Serial(U"A1234567")});
  segments.Add("2", "MDY272(cano) FLB721(ferrolho)", {Serial(U"MDY272CANOFLB721FERROLHO")}, {"", "", "T", ""});
  segments.Add("3", "BC12345", {Serial(U"BC12345", "slide"), Serial(U"X1", "frame")}, {"", "", "U", ""});
  segments.Add("4", "BC99999", {Serial(U"BC9999"), Serial(U"X1")}, {"", "barrel", "", "mine"});
  segments.Add("5", "CC12345(cano)", {Serial(U"CC12345CANO")});
  segments.Add("6", "DD12345(cano)", {Serial(U"DD12345CANO")}, {"", "slide", "", ""});
  RefoldCounts counts;
  EXPECT_EQ(segments.Refolded(&counts),
            (std::vector<std::string>{
                "1|1|A1234567|A1234567|source=s",
                "7|5|CC12345|CC12345(cano)|component=barrel|source=s",
                "8|6|DD12345|DD12345(cano)|component=slide|source=s",
                "9|2|MDY272|MDY272(cano) FLB721(ferrolho)|cell_part=1/2|component=barrel|maker=T|source=s|weapon=s/2",
                "10|2|FLB721|MDY272(cano) FLB721(ferrolho)|cell_part=2/2|component=bolt|maker=T|source=s|weapon=s/2",
                "11|3|BC12345|BC12345|maker=U|source=s",
                "12|4|BC99999|BC99999|component=barrel|source=s|weapon=mine",
            }));
  EXPECT_EQ(counts.rows, 6U);
  EXPECT_EQ(counts.changed, 5U);
  EXPECT_EQ(counts.renumbered, 3U);
}

// A source for which `_` or `?` did not mean unreadable keeps that, as far as its texts say so.
TEST(Refold, UnreadableMeansWhatItMeant) {
  Segments segments;
  segments.Add("1", "A_1234", {Serial(U"A1234")});
  RecordedMark partial = Serial(U"");
  partial.symbols = {U'B', kUnreadable, U'1', U'2'};
  partial.partial = true;
  segments.Add("2", "B_12", {partial});
  RefoldCounts counts;
  EXPECT_EQ(segments.Refolded(&counts),
            (std::vector<std::string>{"1|1|A1234|A_1234|source=s", "2|2|partial B?12|B_12|source=s"}));
  EXPECT_EQ(counts.changed, 0U);
}

// Records are found by their whole text, whatever folding and rules made of it.
TEST(FindTexts, ByTheWholeCell) {
  const OldRegistry old;
  const auto ids = [](const Snapshot& snapshot, std::string_view text) {
    std::vector<uint64_t> found;
    for (const Segment& segment : snapshot.segments()) {
      const auto records = FindTexts(*segment.index, {&text, 1});
      for (const TextFound& one : records[0]) found.push_back(one.record_id);
    }
    return found;
  };
  using Ids = std::vector<uint64_t>;
  const auto check = [&](const Snapshot& snapshot) {
    EXPECT_EQ(ids(snapshot, "A1234"), Ids{1});
    EXPECT_EQ(ids(snapshot, "A-1234"), Ids{});
    EXPECT_EQ(ids(snapshot, " İZ1234 "), Ids{2});
    EXPECT_EQ(ids(snapshot, "IZ1234"), Ids{14});
    EXPECT_EQ(ids(snapshot, "MDY272(cano) FLB721(ferrolho)"), (Ids{6, 7}));
    EXPECT_EQ(ids(snapshot, "A?12"), Ids{8});
    EXPECT_EQ(ids(snapshot, "desconhecido"), Ids{9});
    EXPECT_EQ(ids(snapshot, "É*9"), Ids{12});
    EXPECT_EQ(ids(snapshot, "SHR40492 (Vide observação);"), Ids{13});
    EXPECT_EQ(ids(snapshot, "SHR40492 (Vide observação)"), Ids{});
    EXPECT_EQ(ids(snapshot, "\xFF"), Ids{});
    EXPECT_EQ(ids(snapshot, ""), Ids{});
  };
  check(*old.Open());
  RefoldCounts counts;
  ASSERT_TRUE(old.Write()->Refold({}, &counts).ok());
  check(*old.Open());
}

}  // namespace
}  // namespace burin::internal
