// Formats of makers through the C API and its wrapper.
#include <thread>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

constexpr std::string_view kTable =
    "# mine\nAstra|Unceta\t-\t[0-9]{5}\t90\t1908-1997\tledger\ta note\nAstra\tA-80\tA[0-9]{4}\t-\t-\tledger\t-\n";

using Numbers = std::vector<uint32_t>;

TEST(ApiFormats, TheLibrarysTable) {
  const Formats formats;
  ASSERT_GT(formats.size(), 400u);
  const Numbers fitting = formats.MatchSerial("abcd-123");
  ASSERT_FALSE(fitting.empty());
  EXPECT_EQ(formats.Match(Reading("ABCD123")), fitting);
  EXPECT_EQ(formats.Judge(fitting, "glock").fit, static_cast<uint32_t>(BURIN_MAKER_FITS));
  EXPECT_EQ(formats.Judge({}, "glock").fit, static_cast<uint32_t>(BURIN_MAKER_DOES_NOT_FIT));
  const burin_maker_verdict unknown = formats.Judge(fitting, "nobody");
  EXPECT_EQ(unknown.fit, static_cast<uint32_t>(BURIN_MAKER_UNKNOWN));
  EXPECT_EQ(unknown.weight, 0);
  EXPECT_EQ(unknown.unlisted, 1);
  for (size_t i = 0; i < formats.size(); ++i) EXPECT_STRNE(formats[i].source, "");
}

TEST(ApiFormats, AnOwnTable) {
  const Folder folder;
  const Formats formats(folder.Write("own.tsv", kTable));
  ASSERT_EQ(formats.size(), 2u);
  const burin_format first = formats[0];
  EXPECT_STREQ(first.maker, "Astra");
  EXPECT_STREQ(first.model, "");
  EXPECT_STREQ(first.pattern, "[0-9]{5}");
  EXPECT_STREQ(first.words, "5 digits");
  EXPECT_STREQ(first.source, "ledger");
  EXPECT_STREQ(first.note, "a note");
  EXPECT_EQ(first.counted, 1u);
  EXPECT_EQ(first.seen, 90u);
  EXPECT_EQ(first.first_year, 1908u);
  EXPECT_EQ(first.last_year, 1997u);
  EXPECT_DOUBLE_EQ(first.weight, 90.5 / 91.5);
  EXPECT_EQ(formats[1].counted, 0u);
  EXPECT_EQ(formats.Match(Reading("?{4}1")), (Numbers{0, 1}));
  EXPECT_EQ(formats.Match(Reading("A?{3}1")), (Numbers{1}));
  burin_reading_options options = BURIN_READING_OPTIONS_INIT;
  options.max_length = 4;
  EXPECT_EQ(formats.Match(Reading("*1", options)), (Numbers{}));
  EXPECT_EQ(formats.Match(Reading("12345", options)), (Numbers{})) << "no mark of four symbols reads so";
  options.max_length = 0;
  options.part = BURIN_PART_MIDDLE;
  EXPECT_EQ(formats.Match(Reading("A", options)), (Numbers{1}));
  const Numbers fitting = formats.MatchSerial("A1234");
  EXPECT_EQ(formats.Judge(fitting, "UNCETA", "a-80").fit, static_cast<uint32_t>(BURIN_MAKER_FITS));
  EXPECT_EQ(formats.Judge(formats.MatchSerial("12345"), "Astra", "a-80").fit,
            static_cast<uint32_t>(BURIN_MAKER_OTHER_MODEL));
  EXPECT_EQ(formats.Explain(fitting, "unceta"), "fits what is known of Astra: A, 4 digits (model A-80)");
  EXPECT_TRUE(formats.IsOf(0, "unceta"));
  EXPECT_FALSE(formats.IsOf(0, "star"));
  EXPECT_FALSE(formats.IsOf(2, "unceta"));
}

TEST(ApiFormats, Refusals) {
  const Folder folder;
  burin_formats* raw = nullptr;
  EXPECT_EQ(Failure(BURIN_INVALID_ARGUMENT, burin_formats_open, nullptr, nullptr), "out is NULL");
  EXPECT_EQ(Failure(BURIN_IO, burin_formats_open, (folder / "none").c_str(), &raw),
            folder / "none" + ": cannot open: No such file or directory");
  const std::string bad = folder.Write("bad.tsv", "M\t-\tA*\t-\t-\tx\t-\n");
  EXPECT_EQ(Failure(BURIN_BAD_INPUT, burin_formats_open, bad.c_str(), &raw),
            bad + ", line 1, column pattern: character 2: expected a symbol of a folded serial or '[', not '*'");
  EXPECT_EQ(raw, nullptr);
  std::string lines;
  while (lines.size() <= size_t{6} << 20) lines += "M\tmodel of which nothing is known\n";
  const std::string large = folder.Write("large.tsv", lines);
  EXPECT_EQ(Failure(BURIN_BAD_INPUT, burin_formats_open, large.c_str(), &raw), large + ": expected at most 4 MiB");

  const Formats formats;
  const burin_formats* known = formats.get();
  burin_format format = BURIN_FORMAT_INIT;
  EXPECT_EQ(burin_formats_get(known, formats.size(), &format, nullptr), BURIN_OUT_OF_RANGE);
  format.struct_size = 8;
  EXPECT_EQ(burin_formats_get(known, 0, &format, nullptr), BURIN_INVALID_ARGUMENT);
  size_t needed = 7;
  uint32_t number = 99;
  EXPECT_EQ(burin_formats_match_serial(known, "123456", 6, &number, 1, &needed, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_GT(needed, 1u);
  EXPECT_EQ(number, 99u);
  EXPECT_EQ(burin_formats_match_serial(known, "123456", 6, nullptr, 0, &needed, nullptr), BURIN_OK);
  EXPECT_EQ(burin_formats_match_serial(known, "123456", 6, nullptr, needed, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_match_serial(known, "\xff", 1, nullptr, 0, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_match_serial(known, nullptr, 1, nullptr, 0, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_match_serial(known, "1", 1, nullptr, 0, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_match(known, nullptr, nullptr, 0, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_match(nullptr, Reading("A").get(), nullptr, 0, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  burin_maker_verdict verdict = BURIN_MAKER_VERDICT_INIT;
  number = static_cast<uint32_t>(formats.size());
  EXPECT_EQ(burin_formats_judge(known, &number, 1, View("GLOCK"), View(""), &verdict, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(burin_formats_judge(known, nullptr, 1, View("GLOCK"), View(""), &verdict, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_judge(known, nullptr, 0, {nullptr, 1}, View(""), &verdict, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_formats_judge(known, nullptr, 0, View("GLOCK"), View(""), nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  char buffer[4];
  EXPECT_EQ(burin_formats_explain(known, nullptr, 0, View("GLOCK"), View(""), buffer, 4, &needed, nullptr),
            BURIN_OUT_OF_RANGE);
  EXPECT_EQ(burin_formats_count(nullptr), 0u);
  EXPECT_EQ(burin_formats_is_of(nullptr, 0, View("GLOCK")), 0);
  burin_formats_destroy(nullptr);
}

TEST(ApiFormats, ManyThreadsShareATable) {
  const Formats formats;
  const Numbers expected = formats.Match(Reading("A?1234*"));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 50; ++k) EXPECT_EQ(formats.Match(Reading("A?1234*")), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace burin::testing
