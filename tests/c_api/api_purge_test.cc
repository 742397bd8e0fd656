// What is deleted, held and damaged, through the C API: checking when an index is opened and later, purging, what
// remains, holds and their log.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
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

bool Names(const std::string& message, const std::string& file) { return message.starts_with(file + ": section "); }

// Flips a bit of a section such that opening alone sees nothing.
void FlipBit(const std::string& file) {
  const std::string sound = Folder::Read(file);
  for (size_t byte = sound.size() / 2; byte < sound.size(); ++byte) {
    std::string bytes = sound;
    bytes[byte] = static_cast<char>(bytes[byte] ^ 4);
    std::ofstream(file, std::ios::binary) << bytes;
    burin_index* index = nullptr;
    burin_error* error = nullptr;
    const bool found = burin_index_open(file.c_str(), nullptr, &index, nullptr) == BURIN_OK &&
                       burin_index_check(index, &error) != BURIN_OK && Names(burin_error_message(error), file);
    burin_error_destroy(error);
    burin_index_destroy(index);
    if (found) return;
  }
  FAIL() << "no such bit";
}

// Files of a registry that have a text.
std::vector<std::string> FilesWith(const std::string& path, const std::string& text) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string file = entry.path().string();
    if (Folder::Read(file).find(text) != std::string::npos) files.push_back(entry.path().filename());
  }
  return files;
}

burin_status Open(const std::string& path, uint64_t check_up_to, burin_index** index, std::string* message) {
  burin_index_options options = BURIN_INDEX_OPTIONS_INIT;
  options.check_up_to = check_up_to;
  burin_error* error = nullptr;
  const burin_status status = burin_index_open(path.c_str(), &options, index, &error);
  *message = burin_error_message(error);
  burin_error_destroy(error);
  return status;
}

// Opening checks files that are no larger than was asked for; burin_index_check does so later; both name the section.
void ExpectChecked(const std::string& path, const std::string& file) {
  const std::string sound = Folder::Read(file);
  FlipBit(file);
  std::string message;
  for (const uint64_t bytes : {UINT64_MAX, uint64_t{sound.size()}}) {
    burin_index* index = nullptr;
    EXPECT_NE(Open(path, bytes, &index, &message), BURIN_OK);
    EXPECT_EQ(index, nullptr);
    EXPECT_TRUE(Names(message, file)) << message;
  }
  for (const uint64_t bytes : {uint64_t{0}, uint64_t{sound.size() - 1}}) {
    burin_index* raw = nullptr;
    ASSERT_EQ(Open(path, bytes, &raw, &message), BURIN_OK) << message;
    const Owned<burin_index> index(raw, burin_index_destroy);
    for (int i = 0; i < 2; ++i) {
      burin_error* error = nullptr;
      const burin_status status = burin_index_check(raw, &error);
      EXPECT_TRUE(status == BURIN_CHECKSUM || status == BURIN_CORRUPT);
      EXPECT_TRUE(Names(burin_error_message(error), file)) << burin_error_message(error);
      burin_error_destroy(error);
    }
  }
  std::ofstream(file, std::ios::binary) << sound;
  Index(path).Check();
}

TEST(Damage, IsFoundWhenAnIndexIsOpenedOrChecked) {
  const Folder folder;
  BuildIndex(folder / "i.burin", {{"1", "s", "AB1234", "Colt", "1990"}, {"2", "s", "AB1235", "FN", "1991"}});
  ExpectChecked(folder / "i.burin", folder / "i.burin");
  burin_registry_options options = Creating();
  Registry registry(folder / "r", options);
  registry.Put("1", "north", "AB1234", {});
  registry.Commit();
  ExpectChecked(folder / "r", folder / "r/segment-0000000000000001");
  Failure(BURIN_INVALID_ARGUMENT, burin_index_check, nullptr);
}

// A writer that was not asked to check still writes nothing of what is damaged.
TEST(Damage, IsNeverWrittenAnew) {
  const Folder folder;
  const std::string path = folder / "r", segment = folder / "r/segment-0000000000000001";
  {
    Registry registry(path, Creating());
    for (const char* key : {"1", "2", "3"}) registry.Put(key, "north", std::string("AB123") + key, {});
    registry.Commit();
    registry.Delete("north", "2");
    registry.Commit();
  }
  FlipBit(segment);
  const size_t files = static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  const auto expect_damage = [&](const auto& call) {
    burin_error* error = nullptr;
    const burin_status status = call(&error);
    EXPECT_TRUE(status == BURIN_CHECKSUM || status == BURIN_CORRUPT) << status;
    EXPECT_TRUE(Names(burin_error_message(error), segment)) << burin_error_message(error);
    burin_error_destroy(error);
    EXPECT_EQ(static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {})), files);
  };
  {
    Registry registry(path);
    expect_damage([&](burin_error** error) { return burin_registry_compact(registry.get(), 1, error); });
    expect_damage([&](burin_error** error) { return burin_registry_purge(registry.get(), nullptr, error); });
  }
  const Index index(path);
  expect_damage(
      [&](burin_error** error) { return burin_index_back_up(index.get(), (folder / "copy").c_str(), error); });
  EXPECT_FALSE(std::filesystem::exists(folder / "copy"));
  burin_registry_options checked = BURIN_REGISTRY_OPTIONS_INIT;
  checked.check_up_to = UINT64_MAX;
  burin_registry* raw = nullptr;
  expect_damage([&](burin_error** error) { return burin_registry_open(path.c_str(), &checked, &raw, error); });
}

TEST(Purge, LeavesNothingAndSaysWhatRemains) {
  const Folder folder;
  const std::string path = folder / "r";
  Registry registry(path, Creating());
  registry.Put("1", "north", "AB1234", {});
  registry.Put("secret-key", "north", "Secret text 4711", {});
  registry.Commit();
  registry.Pin("case-1");
  registry.Delete("north", "secret-key");
  Failure(BURIN_STATE, burin_registry_purge, registry.get(), nullptr);
  registry.Commit();
  registry.Compact();
  auto remains = registry.Remains();
  ASSERT_EQ(remains.size(), 2u);
  EXPECT_EQ(remains[0].why, uint32_t{BURIN_REMAINS_STATE});
  EXPECT_EQ(remains[0].pin, nullptr);
  EXPECT_EQ(remains[0].generation, 2u);
  EXPECT_EQ(remains[0].records, 1u);
  EXPECT_EQ(remains[1].why, uint32_t{BURIN_REMAINS_PIN});
  EXPECT_EQ(std::string(remains[1].pin), "case-1");
  EXPECT_EQ(remains[1].generation, 1u);
  burin_remains none = BURIN_REMAINS_INIT;
  Failure(BURIN_OUT_OF_RANGE, burin_registry_get_remains, registry.get(), 2, &none);
  EXPECT_EQ(FilesWith(path, "secret-key").size(), 1u);
  registry.Purge();
  remains = registry.Remains();
  ASSERT_EQ(remains.size(), 1u);
  EXPECT_EQ(remains[0].why, uint32_t{BURIN_REMAINS_PIN});
  EXPECT_EQ(FilesWith(path, "secret-key").size(), 1u);
  registry.Unpin("case-1");
  EXPECT_TRUE(registry.Remains().empty());
  EXPECT_TRUE(FilesWith(path, "secret-key").empty());
  EXPECT_TRUE(FilesWith(path, "Secret text").empty());
  Index(path).Verify();
  size_t count = 0;
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_purge, nullptr, nullptr);
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_remains, nullptr, &count);
}

TEST(Holds, KeepUntilTheyAreReleasedOrOverridden) {
  const Folder folder;
  const std::string path = folder / "r";
  Registry registry(path, Creating());
  registry.AddAttribute("maker");
  registry.Put("secret-key", "north", "Secret text 4711", {"Colt"});
  registry.Put("secret-2", "north", "Secret text 4712", {"FN"});
  registry.Commit();
  const char* const where[] = {"maker=Colt", "source=north"};
  burin_hold hold = BURIN_HOLD_INIT;
  hold.name = "case-7";
  hold.where = where;
  hold.where_count = 2;
  hold.reason = "order 12";
  registry.PlaceHold(hold);
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_place_hold, registry.get(), &hold);  // The name is taken.
  EXPECT_EQ(burin_index_hold_count(Index(path).get()), 0u);
  registry.Commit();
  burin_hold row = BURIN_HOLD_INIT;
  row.name = "row";
  row.source = "north";
  row.key = "secret-2";
  row.reason = "rule of retention";
  row.until = uint64_t{1} << 40;
  registry.PlaceHold(row);
  registry.Commit();
  {
    const Index index(path);
    const std::vector<burin_hold> holds = Holds(index);
    ASSERT_EQ(holds.size(), 2u);
    EXPECT_EQ(std::string(holds[0].name), "case-7");
    EXPECT_EQ(holds[0].key, nullptr);
    EXPECT_EQ(holds[0].where_count, 2u);
    EXPECT_EQ(holds[0].until, 0u);
    EXPECT_GT(holds[0].placed_at, 0u);
    EXPECT_EQ(std::string(burin_index_hold_condition(index.get(), 0, 1)), "source=north");
    EXPECT_EQ(burin_index_hold_condition(index.get(), 0, 2), nullptr);
    EXPECT_EQ(burin_index_hold_condition(index.get(), 2, 0), nullptr);
    EXPECT_EQ(std::string(holds[1].key), "secret-2");
    EXPECT_EQ(std::string(holds[1].source), "north");
    EXPECT_EQ(std::string(holds[1].reason), "rule of retention");
    EXPECT_EQ(holds[1].until, uint64_t{1} << 40);
    burin_hold other = BURIN_HOLD_INIT;
    Failure(BURIN_OUT_OF_RANGE, burin_index_get_hold, index.get(), 2, &other);
  }
  registry.Delete("north", "secret-key");
  registry.Delete("north", "secret-2");
  registry.Commit();
  registry.Purge();
  auto remains = registry.Remains();
  ASSERT_EQ(remains.size(), 1u);
  EXPECT_EQ(remains[0].why, uint32_t{BURIN_REMAINS_HELD});
  EXPECT_EQ(remains[0].records, 2u);
  EXPECT_FALSE(FilesWith(path, "Secret text").empty());
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_release_hold, registry.get(), "row", "");
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_release_hold, registry.get(), "none", "why");
  registry.ReleaseHold("row", "its time is over");
  registry.Commit();
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_purge, registry.get(), "");
  registry.Purge("court order");
  EXPECT_TRUE(registry.Remains().empty());
  EXPECT_TRUE(FilesWith(path, "Secret text").empty());
  const Index index(path);
  index.Verify();
  const std::vector<burin_hold_event> events = HoldEvents(index);
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[0].act, uint32_t{BURIN_HOLD_PLACED});
  EXPECT_EQ(std::string(events[0].names), "case-7");
  EXPECT_EQ(events[2].act, uint32_t{BURIN_HOLD_RELEASED});
  EXPECT_EQ(std::string(events[2].reason), "its time is over");
  EXPECT_EQ(events[3].act, uint32_t{BURIN_HOLD_OVERRIDDEN});
  EXPECT_EQ(events[3].records, 1u);  // The other one was free to go.
  EXPECT_EQ(std::string(events[3].names), "case-7");
  EXPECT_EQ(std::string(events[3].reason), "court order");
  burin_hold_event event = BURIN_HOLD_EVENT_INIT;
  Failure(BURIN_OUT_OF_RANGE, burin_index_get_hold_event, index.get(), 4, &event);
  // Of a file there are none.
  BuildIndex(folder / "i.burin", {{"1", "s", "AB1234", "Colt", "1990"}});
  EXPECT_EQ(burin_index_hold_count(Index(folder / "i.burin").get()), 0u);
  EXPECT_EQ(burin_index_hold_event_count(Index(folder / "i.burin").get()), 0u);
}

// What a hold must say.
TEST(Holds, AreRefusedWhereTheySayTooLittle) {
  const Folder folder;
  Registry registry(folder / "r", Creating());
  registry.Put("1", "north", "AB1234", {});
  registry.Commit();
  const char* const missing[] = {nullptr};
  const char* const unknown[] = {"colour=red"};
  burin_hold sound = BURIN_HOLD_INIT;
  sound.name = "h";
  sound.key = "1";
  sound.source = "north";
  sound.reason = "r";
  const auto refused = [&](auto change, burin_status status = BURIN_INVALID_ARGUMENT) {
    burin_hold hold = sound;
    change(&hold);
    Failure(status, burin_registry_place_hold, registry.get(), &hold);
  };
  refused([](burin_hold* hold) { hold->name = nullptr; });
  refused([](burin_hold* hold) { hold->name = "a/b"; });
  refused([](burin_hold* hold) { hold->reason = nullptr; });
  refused([](burin_hold* hold) { hold->reason = ""; });
  refused([](burin_hold* hold) { hold->key = nullptr; });
  refused([&](burin_hold* hold) { hold->where = missing, hold->where_count = 1; });
  refused([&](burin_hold* hold) { hold->where = unknown, hold->where_count = 1; });
  refused([](burin_hold* hold) { hold->where_count = 1; });
  refused([](burin_hold* hold) { hold->struct_size = 4; });
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_place_hold, registry.get(), nullptr);
  Failure(BURIN_INVALID_ARGUMENT, burin_registry_place_hold, nullptr, &sound);
  registry.PlaceHold(sound);
  registry.Commit();
  EXPECT_EQ(Holds(Index(folder / "r")).size(), 1u);
}

}  // namespace
}  // namespace burin::testing
