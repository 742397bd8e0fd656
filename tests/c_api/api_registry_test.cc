// The registry through the C++ wrapper and the C API: writing, snapshots, what is refused.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

burin_registry_options Creating() {
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.create = 1;
  return options;
}

std::vector<std::string> Keys(const Index& index, const std::string& pattern) {
  Searcher searcher(index);
  const Reading reading(pattern);
  Search search;
  search.costs = BURIN_COSTS_OSA;
  search.within = 1;
  burin::Result result = searcher.Find(reading, search);
  std::vector<std::string> keys;
  for (size_t i = 0; i < result.matches().size(); ++i) {
    keys.push_back(std::string(result.key(i)) + "@" + std::to_string(result.matches()[i].record_id));
  }
  return keys;
}

std::string MessageOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Exception& exception) {
    return exception.what();
  }
  return "";
}

TEST(Registry, SnapshotsDoNotChange) {
  const Folder folder;
  const std::string path = folder / "registry";
  burin::Registry registry(path, Creating());
  registry.AddAttribute("maker");
  EXPECT_EQ(registry.Put("1", "north", "AB1234", {"Colt"}), uint32_t{BURIN_PUT_ADDED});
  registry.Put("2", "north", "AB1235", {"FN"});
  registry.Commit("position 2");
  const Index first(path);
  EXPECT_EQ(CallerBytes(first), "position 2");
  EXPECT_EQ(Keys(first, "AB1234"), (std::vector<std::string>{"1@1", "2@2"}));
  EXPECT_FALSE(HasNewer(first));
  EXPECT_EQ(registry.Put("1", "north", "AB1234", {"Colt"}), uint32_t{BURIN_PUT_UNCHANGED});
  EXPECT_EQ(registry.Put("1", "north", "AB1236", {"Colt"}), uint32_t{BURIN_PUT_REPLACED});
  EXPECT_TRUE(registry.Delete("north", "2"));
  EXPECT_FALSE(registry.Delete("south", "2"));
  registry.Put("3", "south", "AB1235", {});
  registry.Commit();
  EXPECT_TRUE(HasNewer(first));
  EXPECT_EQ(Keys(first, "AB1234"), (std::vector<std::string>{"1@1", "2@2"}));
  const Index second(path);
  EXPECT_EQ(CallerBytes(second), "position 2");
  EXPECT_EQ(Keys(second, "AB1234"), (std::vector<std::string>{"3@4", "1@3"}));
  const burin_registry_state state = RegistryState(second);
  EXPECT_EQ(state.generation, 2u);
  EXPECT_EQ(state.next_record_id, 5u);
  EXPECT_EQ(second.info().records, 2u);
  registry.Compact();
  const Index third(path);
  EXPECT_EQ(Keys(third, "AB1234"), Keys(second, "AB1234"));
  EXPECT_EQ(RegistryState(third).deleted, 0u);
  EXPECT_EQ(RegistryState(third).segments, 1u);
  third.Verify();
  // By record id: what is deleted has none.
  char key[8];
  size_t needed = 0;
  EXPECT_EQ(burin_index_key(second.get(), 2, key, sizeof(key), &needed, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(burin_index_key(second.get(), 4, key, sizeof(key), &needed, nullptr), BURIN_OK);
  EXPECT_EQ(std::string(key, needed), "3");
  const uint32_t maker = burin_index_find_attribute(second.get(), "maker");
  EXPECT_STREQ(burin_index_attribute_text(second.get(), 3, maker, nullptr), "Colt");
}

TEST(Registry, PinsAndBackups) {
  const Folder folder;
  const std::string path = folder / "registry", copy = folder / "copy";
  burin::Registry registry(path, Creating());
  registry.Put("1", "", "AB1");
  registry.Commit();
  registry.Pin("one");
  EXPECT_EQ(MessageOf([&] { registry.Pin("one"); }), "pin 'one': the name is taken");
  EXPECT_NE(MessageOf([&] { registry.Pin("a/b"); }), "");
  for (int i = 0; i < 5; ++i) {
    registry.Put("1", "", "AC" + std::to_string(i));
    registry.Commit();
    registry.Compact();
  }
  burin_index_options options = BURIN_INDEX_OPTIONS_INIT;
  options.pin = "one";
  EXPECT_EQ(Keys(Index(path, options), "AB1").size(), 1u);
  BackUp(Index(path), copy);
  EXPECT_EQ(Keys(Index(copy), "AC4"), Keys(Index(path), "AC4"));
  Index(copy).Verify();
  burin::Registry further(copy);
  further.Put("2", "", "AD1");
  further.Commit();
  EXPECT_EQ(Keys(Index(copy), "AD1").size(), 1u);
  registry.Unpin("one");
  EXPECT_EQ(MessageOf([&] { registry.Unpin("one"); }), "pin 'one': there is none");
  EXPECT_NE(MessageOf([&] { Index(path, options); }), "");
}

TEST(Registry, RejectsThatDoNotFitOrOverwriteATableCommitNothing) {
  const Folder folder;
  const std::string path = folder / "registry", rows = folder.Write("rows.csv", "key,serial\nk1,A1\nk1,\xFF\n");
  for (const std::string& rejects : {std::string("/dev/full"), rows}) {
    burin_registry_options options = Creating();
    options.rejects_path = rejects.c_str();
    burin::Registry registry(path, options);
    Table table(rows);
    const std::string message = MessageOf([&] {
      registry.PutTable(table, burin_mapping BURIN_MAPPING_INIT);
      registry.Commit();
    });
    EXPECT_EQ(message, rejects == rows ? rows + ": the table that is read; expected another file for rejected rows"
                                       : "/dev/full: cannot write: No space left on device");
    EXPECT_EQ(Index(path).info().records, 0u);
  }
  EXPECT_EQ(Folder::Read(rows), "key,serial\nk1,A1\nk1,\xFF\n");
}

TEST(Registry, Empty) {
  const Folder folder;
  const std::string path = folder / "registry";
  burin::Registry registry(path, Creating());
  const Index index(path);
  EXPECT_EQ(index.info().records, 0u);
  EXPECT_TRUE(Keys(index, "A?").empty());
  index.Verify();
  EXPECT_EQ(MessageOf([&] { burin::Registry second(path); }), path + ": another writer is at work");
}

TEST(Registry, Refuses) {
  const Folder folder;
  const std::string path = folder / "registry";
  burin::Registry registry(path, Creating());
  EXPECT_EQ(MessageOf([&] { registry.Put("", "", "A1"); }), "the key is empty");
  registry.Put("1", "", "A1");
  EXPECT_NE(MessageOf([&] { registry.Compact(); }), "");
  registry.Abort();
  EXPECT_EQ(MessageOf([&] { registry.DeleteWhere({"nonsense=1"}); }).find("no attribute 'nonsense'"), 0u);
  EXPECT_EQ(burin_registry_commit(nullptr, nullptr, 0, nullptr), BURIN_INVALID_ARGUMENT);
  burin_registry* none = nullptr;
  EXPECT_EQ(burin_registry_open((folder / "nowhere").c_str(), nullptr, &none, nullptr), BURIN_IO);
  EXPECT_EQ(none, nullptr);
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.profile = 9;
  EXPECT_EQ(burin_registry_open(path.c_str(), &options, &none, nullptr), BURIN_OUT_OF_RANGE);
  BuildIndex(folder / "file", {{"1", "", "A1", "", ""}});
  const Index file(folder / "file");
  burin_registry_state state = BURIN_REGISTRY_STATE_INIT;
  EXPECT_EQ(burin_index_get_registry_state(file.get(), &state, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_caller_bytes(file.get(), nullptr), nullptr);
  EXPECT_EQ(burin_index_back_up(file.get(), "x", nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_FALSE(HasNewer(file));
}

}  // namespace
}  // namespace burin::testing
