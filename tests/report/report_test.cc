// Reports: nothing of a receipt becomes markup, pages are well formed, and each kind says what it must and not more.
#include "src/report/report.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "src/text/html_text.h"
#include "tests/report/sample_receipt.h"

namespace burin::internal {
namespace {

std::string Render(const Receipt& receipt, ReportKind kind, std::optional<double> prior = std::nullopt) {
  return RenderReport(receipt, {kind, prior});
}
bool Says(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

// Tags close in the order in which they open, ids are there once, and are there where somebody refers to them.
void CheckWellFormed(const std::string& page) {
  static const std::set<std::string> kVoid = {"meta"};
  std::vector<std::string> open;
  std::set<std::string> ids;
  const std::regex tag("<(/?)([a-z0-9]+)([^<>]*)>"), id(" id=\"([^\"]*)\"");
  for (auto at = std::sregex_iterator(page.begin(), page.end(), tag); at != std::sregex_iterator(); ++at) {
    const std::string name = (*at)[2], rest = (*at)[3];
    if ((*at)[1] == "/") {
      ASSERT_FALSE(open.empty()) << name;
      ASSERT_EQ(open.back(), name);
      open.pop_back();
    } else if (kVoid.count(name) == 0 && !rest.ends_with("/")) {
      open.push_back(name);
    }
    std::smatch found;
    if (std::regex_search(rest, found, id)) {
      EXPECT_TRUE(ids.insert(found[1]).second) << found[1];
    }
  }
  EXPECT_TRUE(open.empty());
  const std::regex label("aria-labelledby=\"([^ \"]+) ([^\"]+)\"");
  for (auto at = std::sregex_iterator(page.begin(), page.end(), label); at != std::sregex_iterator(); ++at) {
    EXPECT_EQ(ids.count((*at)[1]) + ids.count((*at)[2]), 2u);
  }
  EXPECT_FALSE(ids.empty());
}

TEST(Report, HostileTextsStayTexts) {
  for (const ReportKind kind : {ReportKind::kInvestigative, ReportKind::kEvaluative}) {
    const std::string page = Render(SampleReceipt(), kind);
    EXPECT_FALSE(Says(page, "<script"));
    EXPECT_FALSE(Says(page, "alert(\""));
    EXPECT_FALSE(Says(page, "\xE2\x80\xAE"));
    EXPECT_FALSE(Says(page, "\x01"));
    EXPECT_TRUE(Says(page, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;\\u000A\\u0001\\u202E"));
    EXPECT_FALSE(Says(page, "http-equiv=\"refresh"));
    EXPECT_FALSE(Says(page, "src="));
    EXPECT_FALSE(Says(page, "href="));
    CheckWellFormed(page);
  }
}

TEST(Report, Escapes) {
  EXPECT_EQ(Escape("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(Escape("\xFF\xE2\x98\x86"), "\xEF\xBF\xBD\xE2\x98\x86");
  EXPECT_EQ(Decimals(-0.001, 2), "0.00");
  EXPECT_EQ(Decimals(-1.005, 1), "-1.0");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
  EXPECT_EQ(Grouped(123), "123");
}

TEST(Report, EvaluativeStatesNoPosterior) {
  const std::string page = Render(SampleReceipt(), ReportKind::kEvaluative);
  EXPECT_FALSE(Says(page, "osterior"));
  EXPECT_FALSE(Says(page, "0.8750"));
  EXPECT_FALSE(Says(page, "rior prob"));
  EXPECT_TRUE(Says(page, "Proposition 1"));
  EXPECT_TRUE(Says(page, "Proposition 2"));
  EXPECT_TRUE(Says(page, "the 8 searchable records that pass the conditions"));
  EXPECT_TRUE(Says(page, "log10 5.25"));
  const std::string with = Render(SampleReceipt(), ReportKind::kEvaluative, 0.02);
  EXPECT_TRUE(Says(with, "0.02 (as given)"));
  EXPECT_TRUE(Says(with, "1e-06"));
  const std::string leads = Render(SampleReceipt(), ReportKind::kInvestigative);
  EXPECT_TRUE(Says(leads, "0.8750 (0.7500 to 0.9375)"));
  EXPECT_FALSE(Says(leads, "Proposition 1"));
}

TEST(Report, NoWordsWithoutValidation) {
  Receipt receipt = SampleReceipt();
  EXPECT_TRUE(Says(Render(receipt, ReportKind::kEvaluative), "<td>very strong support</td></tr>\n</tbody>"));
  receipt.result.channel->validated_by.reset();
  const std::string page = Render(receipt, ReportKind::kEvaluative);
  EXPECT_TRUE(Says(page, "none: the channel was not validated"));
  EXPECT_TRUE(Says(page, "was never tried on readings whose truth is known"));
}

TEST(Report, SaysWhatWasNotSearched) {
  Receipt receipt = SampleReceipt();
  std::string page = Render(receipt, ReportKind::kInvestigative);
  EXPECT_TRUE(Says(page, "Not searched: 2 of 10 records"));
  EXPECT_TRUE(Says(page, "The search was complete"));
  EXPECT_TRUE(Says(page, "The reading was sealed"));
  receipt.result.queries[0].complete = false;
  receipt.result.queries[0].seal.reset();
  page = Render(receipt, ReportKind::kInvestigative);
  EXPECT_TRUE(Says(page, "A budget stopped the search. Every record with a cost below 12.50 was found"));
  EXPECT_TRUE(Says(page, "Not sealed"));
}

TEST(Report, SaysWhatWasSaidBesideTheReading) {
  for (const ReportKind kind : {ReportKind::kInvestigative, ReportKind::kEvaluative}) {
    const std::string page = Render(SampleJointReceipt(), kind);
    EXPECT_TRUE(Says(page, "What was said beside the reading"));
    EXPECT_TRUE(Says(page, "1980, right with probability 0.95"));
    EXPECT_TRUE(Says(page, "right with probability 0.8"));
    EXPECT_TRUE(Says(page, "words of another reading"));
    EXPECT_TRUE(Says(page, "maker: stated A"));
    EXPECT_FALSE(Says(page, "<script>"));
    CheckWellFormed(page);
  }
  EXPECT_FALSE(Says(Render(SampleReceipt(), ReportKind::kInvestigative), "What was said beside the reading"));
}

TEST(Report, EditsHaveNoRatio) {
  Receipt receipt = SampleReceipt();
  receipt.result.channel.reset();
  receipt.result.options.costs = "osa";
  receipt.result.queries[0].evidence.reset();
  for (ReceiptHit& hit : receipt.result.queries[0].hits) hit.weight.reset();
  const std::string page = Render(receipt, ReportKind::kEvaluative);
  EXPECT_TRUE(Says(page, "Counts have no likelihood ratio."));
  CheckWellFormed(page);
}

}  // namespace
}  // namespace burin::internal
