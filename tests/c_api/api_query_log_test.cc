// The query log through the C++ wrapper and the C API, and the rule that searches need a case.
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

constexpr char kTime[] = "2026-11-26T18:07:33Z";

burin_status CodeOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Exception& exception) {
    return exception.code();
  }
  return BURIN_OK;
}

std::string MakeRegistry(const Folder& folder) {
  const std::string path = folder / "registry";
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.create = 1;
  burin::Registry registry(path, options);
  registry.Put("1", "north", "AB1234");
  registry.Put("2", "north", "AB1235");
  registry.Commit();
  return path;
}

Search WithinOne() {
  Search search;
  search.costs = BURIN_COSTS_OSA;
  search.within = 1;
  return search;
}

TEST(QueryLogApi, AQueryAndItsAnswer) {
  const Folder folder;
  const Index index(MakeRegistry(folder));
  Searcher searcher(index);
  QueryLog log(folder / "queries", kTime);
  burin_query_entry entry = BURIN_QUERY_ENTRY_INIT;
  entry.time = kTime;
  entry.actor = "roe";
  entry.case_number = "2026-114";
  const burin::Result result = searcher.Find(Reading("AB123?"), WithinOne());
  log.Add(entry, index, result);
  const Audit audit(folder / "queries");
  ASSERT_EQ(audit.query_count(), 1u);
  const std::string line(audit.query(0));
  for (const char* part : {R"("actor":"roe")", R"("case":"2026-114")", R"("complete":true)", R"("generation":1)",
                           R"("matches":2)", R"("reading":"AB123?")", R"("records":[1,2])", R"("within":1)"}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
  }
  ASSERT_EQ(audit.chain_count(), 1u);
  EXPECT_EQ(audit.chain(0).lines, 2u);
  EXPECT_EQ(audit.heads(), std::string(audit.chain(0).sha256) + " 2 " + audit.chain(0).name + "\n");
  log.Add(entry, index, result);
  EXPECT_EQ(Audit(folder / "queries", audit.heads()).query_count(), 2u);
  std::remove((folder / "queries/" + audit.chain(0).name).c_str());
  EXPECT_EQ(CodeOf([&] { Audit(folder / "queries"); }), BURIN_CORRUPT);
  std::remove((folder / "queries/chain.head").c_str());
  EXPECT_EQ(CodeOf([&] { Audit(folder / "queries"); }), BURIN_CORRUPT);  // No log at all.
  EXPECT_EQ(CodeOf([&] { Audit(folder / "queries", audit.heads()); }), BURIN_CORRUPT);
}

TEST(QueryLogApi, OneChainForAllWhoHaveItOpen) {
  const Folder folder;
  const Index index(MakeRegistry(folder));
  Searcher searcher(index);
  const burin::Result result = searcher.Find(Reading("AB123?"), WithinOne());
  burin_query_log_options options = BURIN_QUERY_LOG_OPTIONS_INIT;
  options.group_syncs = 1;
  QueryLog one(folder / "queries", kTime, options), other(folder / "queries", kTime);
  burin_query_entry entry = BURIN_QUERY_ENTRY_INIT;
  entry.time = kTime;
  for (int i = 0; i < 3; ++i) {
    one.Add(entry, index, result);
    other.Add(entry, index, result);
  }
  one.Sync();
  const Audit audit(folder / "queries");
  ASSERT_EQ(audit.chain_count(), 1u);
  EXPECT_EQ(audit.query_count(), 6u);
  EXPECT_EQ(audit.notes(), "");
  EXPECT_EQ(Audit(folder / "queries", audit.chain(0).sha256).query_count(), 6u);  // The hash alone.
  EXPECT_EQ(CodeOf([&] { Audit(folder / "queries", std::string(64, '0')); }), BURIN_CORRUPT);
}

// A caller that was compiled before group_syncs; values that mean nothing.
TEST(QueryLogApi, OptionsOfBefore) {
  const Folder folder;
  burin_query_log_options options = BURIN_QUERY_LOG_OPTIONS_INIT;
  options.struct_size = 8;
  options.group_syncs = 7;
  QueryLog(folder / "queries", kTime, options);
  options.struct_size = sizeof(options);
  EXPECT_EQ(CodeOf([&] { QueryLog(folder / "queries", kTime, options); }), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(burin_query_log_sync(nullptr, nullptr), BURIN_INVALID_ARGUMENT);
}

TEST(QueryLogApi, RefusesWhatIsNone) {
  const Folder folder, elsewhere;
  const Index index(MakeRegistry(folder)), other(MakeRegistry(elsewhere));
  Searcher searcher(other);
  QueryLog log(folder / "queries", kTime);
  burin_query_entry entry = BURIN_QUERY_ENTRY_INIT;
  entry.time = kTime;
  EXPECT_EQ(CodeOf([&] { log.Add(entry, index, searcher.Find(Reading("AB1234"), WithinOne())); }),
            BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(CodeOf([&] { QueryLog(folder / "queries", "now"); }), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(CodeOf([&] { Audit(folder / "queries", "no heads"); }), BURIN_BAD_INPUT);
  EXPECT_EQ(CodeOf([&] { Audit(folder / "nowhere"); }), BURIN_IO);
  EXPECT_EQ(burin_audit_get_chain(nullptr, 0, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
}

TEST(QueryLogApi, ARegistryMayAskForACase) {
  const Folder folder;
  const std::string path = MakeRegistry(folder);
  {
    burin::Registry registry(path);
    EXPECT_EQ(CodeOf([&] { registry.SetRules(uint64_t{1} << 40); }), BURIN_OUT_OF_RANGE);
    registry.SetRules(BURIN_RULE_NEEDS_CASE);
    EXPECT_EQ(RegistryState(Index(path)).rules, 0u);  // Not before the commit.
    registry.Commit();
    registry.Put("3", "north", "AB1236");
    registry.Commit();  // A rule stays.
    registry.Compact();
  }
  const Index index(path);
  EXPECT_EQ(RegistryState(index).rules, uint64_t{BURIN_RULE_NEEDS_CASE});
  Searcher searcher(index);
  const Reading reading("AB1234");
  Search search = WithinOne();
  EXPECT_EQ(CodeOf([&] { searcher.Find(reading, search); }), BURIN_STATE);
  EXPECT_EQ(CodeOf([&] { searcher.Count(reading, search); }), BURIN_STATE);
  EXPECT_EQ(CodeOf([&] { searcher.Estimate(reading, search); }), BURIN_STATE);
  search.case_number = "2026-114";
  EXPECT_EQ(searcher.Find(reading, search).matches().size(), 3u);
  EXPECT_EQ(searcher.Count(reading, search).matches, 3u);
  BackUp(index, folder / "copy");
  EXPECT_EQ(RegistryState(Index(folder / "copy")).rules, uint64_t{BURIN_RULE_NEEDS_CASE});
  burin::Registry registry(path);
  registry.SetRules(0);
  registry.Commit();
  search.case_number.clear();
  const Index free(path);
  EXPECT_EQ(Searcher(free).Find(reading, search).matches().size(), 3u);
}

}  // namespace
}  // namespace burin::testing
