// Channel files: what is written is read again to the last bit, the hash knows every number and nothing else, and
// faults are named.
#include "src/channel/file/channel_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "src/channel/file/channel_write.h"
#include "src/channel/file/shipped.h"

namespace burin::internal {
namespace {

Result<ChannelFile> Parse(const std::string& json) { return ParseChannelFile(json, "x.json", ShippedChannelText); }

ChannelFile Good(const std::string& json) {
  const Result<ChannelFile> file = Parse(json);
  EXPECT_TRUE(file.ok()) << file.status().message();
  return file.ok() ? *file : ChannelFile();
}

std::string Message(const std::string& json) {
  const Status status = Parse(json).status();
  EXPECT_TRUE(status.code() == StatusCode::kBadInput || status.code() == StatusCode::kVersionUnsupported);
  EXPECT_EQ(status.message().find('\n'), std::string::npos);
  return status.message();
}

// A file that extends `typed` with these members.
std::string Extending(const std::string& members) {
  return R"({"burin_channel": 1, "name": "mine", "extends": "typed")" + (members.empty() ? "" : ", " + members) + "}";
}

const Channel& Typed() { return TypedChannel(); }

void ExpectSame(const ChannelFile& a, const ChannelFile& b) {
  const Channel &x = a.channel, &y = b.channel;
  EXPECT_EQ(x.name, y.name);
  EXPECT_EQ(x.error, y.error);
  EXPECT_EQ(x.insert, y.insert);
  EXPECT_EQ(x.erase, y.erase);
  EXPECT_EQ(x.swap, y.swap);
  EXPECT_EQ(x.confusion, y.confusion);
  EXPECT_EQ(x.alteration, y.alteration);
  EXPECT_EQ(x.truly_altered, y.truly_altered);
  ASSERT_EQ(x.rewrites.size(), y.rewrites.size());
  for (size_t i = 0; i < x.rewrites.size(); ++i) {
    EXPECT_EQ(x.rewrites[i].mark, y.rewrites[i].mark);
    EXPECT_EQ(x.rewrites[i].read, y.rewrites[i].read);
    EXPECT_EQ(x.rewrites[i].p, y.rewrites[i].p);
  }
  EXPECT_EQ(x.structure.Sum(), y.structure.Sum());
  EXPECT_EQ(x.structure.prefix_lost.counts, y.structure.prefix_lost.counts);
  EXPECT_EQ(a.description, b.description);
  EXPECT_EQ(a.provenance, b.provenance);
  EXPECT_EQ(a.validated_by, b.validated_by);
  EXPECT_EQ(a.parent, b.parent);
  EXPECT_EQ(a.hash, b.hash);
}

TEST(ChannelFile, WhatIsWrittenIsReadAgain) {
  std::set<std::string> hashes;
  for (size_t i = 0; i < ShippedChannelCount(); ++i) {
    const ChannelFile& file = **ShippedChannel(ShippedChannelName(i));
    const std::string text = WriteChannelFile(file);
    const ChannelFile again = Good(text);
    ExpectSame(file, again);
    EXPECT_EQ(WriteChannelFile(again), text);
    hashes.insert(file.hash);
  }
  EXPECT_EQ(hashes.size(), ShippedChannelCount());
  const ChannelFile validated = Good(Extending(
      R"("description": "a \"b\" ü", "validated_by": {"set": "double reads", "readings": 5210,
              "log10_lr": [-2.5, 4]})"));
  ASSERT_TRUE(validated.validated_by.has_value());
  EXPECT_EQ(validated.validated_by->readings, 5210u);
  EXPECT_EQ(validated.validated_by->log10_lr_low, -2.5);
  ExpectSame(validated, Good(WriteChannelFile(validated)));
}

TEST(ChannelFile, OddNumbersSurvive) {
  ChannelFile file = Good(Extending(""));
  file.channel.insert = 1.0 / 3;
  file.channel.erase = 5e-324;
  file.channel.swap = 0;
  file.channel.rewrites[0].p = 0.1 + 0.2;
  file.hash = *HashChannel(file.channel, file.validated_by);
  ExpectSame(file, Good(WriteChannelFile(file)));
}

TEST(ChannelFile, ExtendingChangesWhatItNames) {
  const ChannelFile same = Good(Extending(""));
  EXPECT_EQ(same.hash, (*ShippedChannel("typed"))->hash);
  EXPECT_EQ(same.parent, "typed");
  EXPECT_EQ(same.description, "");
  EXPECT_EQ(same.provenance, (*ShippedChannel("typed"))->provenance);

  const ChannelFile rate = Good(Extending(R"("rate": 0.008, "provenance": {"rate": "double reads"})"));
  EXPECT_DOUBLE_EQ(rate.channel.insert, 20 * Typed().insert);
  EXPECT_DOUBLE_EQ(rate.channel.Error(0, Doubt::kCertain), 20 * Typed().Error(0, Doubt::kCertain));
  EXPECT_EQ(rate.channel.confusion, Typed().confusion);
  EXPECT_EQ(rate.provenance.at("rate"), "double reads");
  // Provenance of what was changed is not kept.
  EXPECT_EQ(Good(Extending(R"("rate": 0.008)")).provenance.count("rate"), 0u);

  const ChannelFile one =
      Good(Extending(R"("insert": 0.125, "misread": {"possible": 0.5}, "structure": {"last_four": 0.25})"));
  EXPECT_EQ(one.channel.insert, 0.125);
  EXPECT_EQ(one.channel.erase, Typed().erase);
  EXPECT_EQ(one.channel.Error(4, Doubt::kPossible), 0.5);
  EXPECT_EQ(one.channel.Error(4, Doubt::kProbable), 0.1);
  EXPECT_EQ(one.channel.structure.last_four, 0.25);
  EXPECT_EQ(one.channel.structure.zeros_lost, Typed().structure.zeros_lost);

  const ChannelFile none = Good(Extending(R"("rewrites": null, "structure": null, "confusion": {"alike": null})"));
  EXPECT_TRUE(none.channel.rewrites.empty());
  EXPECT_EQ(none.channel.structure.Sum(), 0);
  EXPECT_DOUBLE_EQ(none.channel.confusion[1], 1.0 / 36);
}

TEST(ChannelFile, MixturesAreWhatTheySay) {
  const ChannelFile pairs = Good(Extending(
      R"("confusion": {"alike": null, "pairs": {"mass": 0.5, "list": [["0", "O", 3], ["0", "Q"], ["other", "A"]]}})"));
  const auto p = [&](size_t a, size_t b) { return pairs.channel.confusion[a * kChannelSymbols + b]; };
  const size_t o = BaseIndex(U'O'), q = BaseIndex(U'Q'), letter_a = BaseIndex(U'A');
  EXPECT_DOUBLE_EQ(p(0, o), 0.375);
  EXPECT_DOUBLE_EQ(p(0, q), 0.125);
  EXPECT_DOUBLE_EQ(p(0, 1), 0.5 / 34);
  EXPECT_DOUBLE_EQ(p(kBaseSymbols, letter_a), 0.5);
  EXPECT_DOUBLE_EQ(p(kBaseSymbols, kBaseSymbols), 0.5 / 36);
  EXPECT_DOUBLE_EQ(p(1, 2), 1.0 / 36);
  // All symbols named and mass left: in proportion.
  const ChannelFile full = Good(Extending(R"("confusion": {"alike": {"mass": 0.5, "classes": ["0-9A-Z"]},
      "pairs": {"mass": 0.25, "list": [["0", "other"]]}})"));
  EXPECT_DOUBLE_EQ(full.channel.confusion[kBaseSymbols], 1.0 / 3);
  EXPECT_DOUBLE_EQ(full.channel.confusion[1], 2.0 / 3 / 35);
  const ChannelFile factors = Good(Extending(
      R"("misread": {"certain": 0.01, "factors": [{"symbols": "A-Z", "times": 2},
              {"symbols": "BG", "times": 3}, {"symbols": "other", "times": 50}], "cap": 0.45})"));
  EXPECT_DOUBLE_EQ(factors.channel.Error(5, Doubt::kCertain), 0.01);
  EXPECT_DOUBLE_EQ(factors.channel.Error(letter_a, Doubt::kCertain), 0.02);
  EXPECT_DOUBLE_EQ(factors.channel.Error(letter_a + 1, Doubt::kCertain), 0.03);
  EXPECT_DOUBLE_EQ(factors.channel.Error(kBaseSymbols, Doubt::kCertain), 0.45);
}

// Everything that an own channel can say: a matrix over inherited parts, and parts over an inherited matrix.
TEST(ChannelFile, MatricesReplaceParts) {
  ChannelFile trained = Good(Extending(R"("rate": 0.001)"));
  std::string text = WriteChannelFile(trained);
  const size_t at = text.find("\n  \"confusion\"");
  const std::string matrix = text.substr(at, text.find("\n  \"alteration\"") - at);
  const ChannelFile over = Good(Extending(matrix.substr(0, matrix.rfind(','))));
  EXPECT_EQ(over.channel.confusion, Typed().confusion);
  const auto parents = [&](std::string_view name) {
    return name == "trained" ? std::optional<std::string_view>(text) : ShippedChannelText(name);
  };
  const Result<ChannelFile> back = ParseChannelFile(
      R"({"burin_channel": 1, "name": "x", "extends": "trained",
          "confusion": {"alike": {"mass": 0.5, "classes": ["0O"]}}})",
      "x", parents);
  ASSERT_TRUE(back.ok()) << back.status().message();
  EXPECT_DOUBLE_EQ(back->channel.confusion[BaseIndex(U'O')], 0.5);
  EXPECT_EQ(back->channel.insert, trained.channel.insert);
}

TEST(ChannelFile, HashIgnoresFormAndWords) {
  const std::string hash = Good(Extending(R"("insert": 0.25, "erase": 0.125)")).hash;
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(
      Good("\n\t{\"extends\":\"typed\",\"erase\":12.5e-2,\"insert\":2.5e-1 ,\"name\":\"other\",\"burin_channel\":1}")
          .hash,
      hash);
  EXPECT_EQ(
      Good(Extending(R"("description": "words", "provenance": {"insert": "mine"}, "insert": 0.25, "erase": 0.125)"))
          .hash,
      hash);
  const char* rewrites[] = {R"("rewrites": [["VV", "W", 0.1], ["W", "VV", 0.2]])",
                            R"("rewrites": [["W", "VV", 0.2], ["VV", "W", 0.1]])"};
  EXPECT_EQ(Good(Extending(rewrites[0])).hash, Good(Extending(rewrites[1])).hash);
}

// One number at a time, by its last bit.
TEST(ChannelFile, HashKnowsEveryNumber) {
  const ChannelFile file = Good(Extending(R"("validated_by": {"set": "s", "readings": 9, "log10_lr": [-1, 2]})"));
  std::set<std::string> hashes = {file.hash};
  size_t changed = 1;
  const auto change = [&](const std::function<double*(Channel*, Validation*)>& number) {
    Channel channel = file.channel;
    std::optional<Validation> validation = file.validated_by;
    double* at = number(&channel, &*validation);
    *at = std::nextafter(*at, 1);
    hashes.insert(*HashChannel(channel, validation));
    EXPECT_EQ(hashes.size(), ++changed);
  };
  for (size_t i = 0; i < file.channel.error.size(); ++i) change([i](Channel* c, Validation*) { return &c->error[i]; });
  for (size_t i = 0; i < file.channel.confusion.size(); ++i) {
    change([i](Channel* c, Validation*) { return &c->confusion[i]; });
    change([i](Channel* c, Validation*) { return &c->alteration[i]; });
  }
  for (size_t i = 0; i < file.channel.rewrites.size(); ++i) {
    change([i](Channel* c, Validation*) { return &c->rewrites[i].p; });
  }
  double Channel::*const rates[] = {&Channel::insert, &Channel::erase, &Channel::swap, &Channel::truly_altered};
  for (const auto rate : rates) change([rate](Channel* c, Validation*) { return &(c->*rate); });
  Affix Structure::*const affixes[] = {&Structure::prefix_lost, &Structure::suffix_lost, &Structure::prefix_added,
                                       &Structure::suffix_added, &Structure::zeros_added};
  for (const auto affix : affixes) {
    change([affix](Channel* c, Validation*) { return &(c->structure.*affix).p; });
    for (size_t i = 0; i < (file.channel.structure.*affix).counts.size(); ++i) {
      change([affix, i](Channel* c, Validation*) { return &(c->structure.*affix).counts[i]; });
    }
  }
  double Structure::*const numbers[] = {&Structure::zeros_lost, &Structure::last_four, &Structure::letters_lost,
                                        &Structure::blocks_swapped};
  for (const auto number : numbers) change([number](Channel* c, Validation*) { return &(c->structure.*number); });
  change([](Channel*, Validation* v) { return &v->log10_lr_low; });
  change([](Channel*, Validation* v) { return &v->log10_lr_high; });
  EXPECT_NE(*HashChannel(file.channel, std::nullopt), file.hash);
}

// The hash of `typed` as it stands: it is in receipts, so a change must be meant.
TEST(ChannelFile, HashIsTheSameOnEveryMachine) {
  EXPECT_EQ((*ShippedChannel("typed"))->hash, "323390cc30ca81fc18387f48bf0bd2fb2968579487e44a5a6edb295a06c7de4c");
}

TEST(ChannelFile, FaultsAreNamed) {
  const std::string half_row = [] {
    std::string row = "[";
    for (int i = 0; i < 36; ++i) row += "0.01, ";
    return row + "0.01]";
  }();
  const std::pair<std::string, std::string> faults[] = {
      {"",
       "x.json: byte 0: syntax error while parsing value - unexpected end of input; expected '[', '{', or a literal"},
      {"{\"a\": 1,}",
       "x.json: byte 8: syntax error while parsing object key - unexpected '}'; expected string literal"},
      {"{\"a\": 1} x",
       "x.json: byte 9: syntax error while parsing value - invalid literal; last read: '1} x'; expected end of input"},
      {"{\"a\": 1e999}", "x.json: byte 10: number overflow parsing '1e999'"},
      {"{\"a\": NaN}", "x.json: byte 6: syntax error while parsing value - invalid literal; last read: '\"a\": N'"},
      {"[]", "x.json: /: expected an object instead of an array of 0"},
      {"{}", "x.json: /: expected a member \"burin_channel\": the version of the schema, 1"},
      {R"({"burin_channel": 2})", "x.json: /burin_channel: version 2; this library reads 1"},
      {R"({"burin_channel": "1"})", "x.json: /burin_channel: expected 1, the version of the schema instead of \"1\""},
      {R"({"burin_channel": 1, "name": "n", "burin_channel": 1})", "x.json: /: the name \"burin_channel\" comes twice"},
      {Extending(R"("misread": {"cap": 0.9, "cap": 0.8})"), "x.json: /misread: the name \"cap\" comes twice"},
      {Extending(R"("rewrites": [[[[[[[[1]]]]]]]])"),
       "x.json: /rewrites/0/0/0/0/0/0/0: nested too deep, at most 8 levels"},
      {R"({"burin_channel": 1})", "x.json: /: expected a member \"name\""},
      {R"({"burin_channel": 1, "name": "n"})", "x.json: /: expected a member \"insert\", or \"rate\""},
      {R"({"burin_channel": 1, "name": "a b"})",
       "x.json: /name: expected a name of A-Z, a-z, 0-9, _ and - instead of \"a b\""},
      {R"({"burin_channel": 1, "name": "n", "extends": "smoke"})",
       "x.json: /extends: expected the name of a channel that comes with the library instead of \"smoke\""},
      {Extending(R"("parent": "worn")"), "x.json: /parent: a file has either \"extends\" or \"parent\""},
      {Extending(R"("colour": 1)"),
       "x.json: /: unknown member \"colour\"; members: burin_channel, name, description, provenance, extends, parent, "
       "validated_by, rate, shares, insert, erase, swap, misread, strokes, confusion, alteration, rewrites, structure"},
      {Extending(R"("insert": "often")"), "x.json: /insert: expected a number from 0 to 0.5 instead of \"often\""},
      {Extending(R"("insert": -1e-9)"), "x.json: /insert: expected a number from 0 to 0.5 instead of -1e-09"},
      {Extending(R"("swap": 0.02)"), "x.json: /swap: expected a number from 0 to 0.0075 instead of 0.02"},
      {Extending(R"("insert": null)"), "x.json: /insert: null takes away what is inherited, and there is nothing"},
      {Extending(R"("shares": null)"), "x.json: /: \"rate\" and \"shares\" go together: expected both or neither"},
      {Extending(R"("rate": 0.4)"), "x.json: /rate: its share for swap is too large: expected \"swap\" itself"},
      {Extending(R"("misread": {"certain": 0.5})"),
       "x.json: /misread: symbol 0: more doubt has a lower rate: 0.5, then 0.1"},
      {Extending(R"("misread": {"certain": 1})"),
       "x.json: /misread/certain: expected a number from 0 to 0.999 instead of 1"},
      {Extending(R"("misread": {"certain": [0.1]})"),
       "x.json: /misread/certain: expected an array of 37 numbers, for 0-9, A-Z, other instead of an array of 1"},
      {Extending(R"("misread": {"factors": [{"symbols": "a-z", "times": 2}]})"),
       "x.json: /misread/factors/0/symbols: expected symbols 0-9, A-Z and ranges of them like A-F instead of \"a-z\""},
      {Extending(R"("confusion": {"alike": {"mass": 0.6}, "strokes": {"mass": 0.5, "gain": 1}})"),
       "x.json: /confusion: the masses of the parts sum to 1.1, expected at most 1"},
      {Extending(R"("confusion": {"alike": {"mass": 2}})"),
       "x.json: /confusion/alike/mass: expected a number from 0 to 1 instead of 2"},
      {Extending(R"("confusion": {"alike": {"classes": ["00"]}})"),
       "x.json: /confusion/alike/classes/0: the symbol 0 comes twice"},
      {Extending(R"("confusion": {"keyboard": {"mass": 0.1}})"),
       "x.json: /confusion/keyboard: expected a member \"rows\""},
      {Extending(R"("confusion": {"keyboard": {"mass": 0.1, "rows": ["QWE", "AQ"]}})"),
       "x.json: /confusion/keyboard/rows/1: the symbol Q has a key already"},
      {Extending(R"("confusion": {"pairs": {"mass": 0.1, "list": [["Y", "y"]]}})"),
       "x.json: /confusion/pairs/list/0/1: expected one of 0-9, A-Z, other instead of \"y\""},
      {Extending(R"("confusion": {"matrix": {"0": )" + half_row + "}}"),
       "x.json: /confusion/matrix/0: the row sums to 0.37000000000000016, expected 1"},
      {Extending(R"("confusion": {"matrix": {"Ж": []}})"),
       "x.json: /confusion/matrix/Ж: expected one of 0-9, A-Z as the name"},
      {Extending(R"("strokes": {"3": {"gain": "3"}})"),
       "x.json: /strokes/3: a symbol that becomes itself gains or loses nothing"},
      {Extending(R"("strokes": null, "alteration": null, "confusion": {"strokes": {"mass": 0.1, "loss": 1}})"),
       "x.json: /confusion/strokes: expected a member \"strokes\" in the file"},
      {Extending(R"("rewrites": [["VV", "W"]])"),
       "x.json: /rewrites/0: expected an array of 3 values: what the mark has, what is read, the probability instead "
       "of an "
       "array of 2"},
      {Extending(R"("rewrites": [["VVV", "W", 0.1]])"),
       "x.json: /rewrites/0/0: expected 1 or 2 symbols as folding leaves them (VV) instead of \"VVV\""},
      {Extending(R"("rewrites": [["В", "V", 0.1]])"),
       "x.json: /rewrites/0/0: expected 1 or 2 symbols as folding leaves them (B) instead of \"В\""},
      {Extending(R"("rewrites": [["AB", "BA", 0.1]])"),
       "x.json: /rewrites/0: the same symbols, or the same swapped, are no rewrite"},
      {Extending(R"("rewrites": [["W", "VV", 0.1], ["W", "VV", 0.2]])"),
       "x.json: /rewrites/1: this rewrite comes twice"},
      {Extending(R"("rewrites": [["W", "VV", 0.75], ["W", "V", 0.5]])"),
       "x.json: /rewrites: erase, swap and rewrites at W sum to 1.2500736493936053, expected at most 1"},
      {Extending(R"("rewrites": [["W", "VV", 0.75], ["WA", "V", 0.5]])"),
       "x.json: /rewrites: erase, swap and rewrites at WA sum to 1.2500736493936053, expected at most 1"},
      {Extending(R"("structure": {"prefix_lost": {"p": 0.1, "counts": [0.5, 0.4]}})"),
       "x.json: /structure/prefix_lost/counts: the numbers sum to 0.9, expected 1"},
      {Extending(R"("structure": {"prefix_lost": {"counts": [1, 0, 0, 0, 0, 0, 0, 0, 0]}})"),
       "x.json: /structure/prefix_lost/counts: expected an array of 1 to 8 numbers: the probability of 1 symbol, of 2, "
       "... instead of an array of 9"},
      {Extending(R"("structure": {"zeros_lost": 0.5, "last_four": 0.5})"),
       "x.json: /structure: the mistakes sum to 1.0159999999999998, expected at most 1"},
      {Extending(R"("validated_by": {"set": "s", "readings": 0, "log10_lr": [-1, 1]})"),
       "x.json: /validated_by/readings: expected a whole number from 1 instead of 0"},
      {Extending(R"("validated_by": {"set": "s", "readings": 10, "log10_lr": [1, -1]})"),
       "x.json: /validated_by/log10_lr/1: expected a number from 1 to 300 instead of -1"},
      {Extending(R"("validated_by": {"set": "s", "readings": 10})"),
       "x.json: /validated_by: expected a member \"log10_lr\""},
      {Extending("\"description\": \"a\\nb\""),
       "x.json: /description: expected a text of 0 to 2000 bytes without control characters instead of \"a\\nb\""},
  };
  for (const auto& [json, message] : faults) EXPECT_EQ(Message(json), message) << json;
  EXPECT_EQ(Message(std::string(kMaxChannelBytes + 1, ' ')), "x.json: 1048577 bytes: at most 1048576");
  EXPECT_EQ(Parse("{\"a\": 1,}").status().position(), 8u);
}

}  // namespace
}  // namespace burin::internal
