// What a compiled caller relies on: values, sizes and offsets never change. On 64-bit machines.
#include <gtest/gtest.h>

#include <cstddef>
#include <string_view>

#include "burin/burin.h"
#include "src/base/status.h"
#include "src/c_api/common/guard.h"

namespace burin::internal {
namespace {

static_assert(sizeof(void*) != 8 || (sizeof(burin_view) == 16 && offsetof(burin_view, size) == 8));
static_assert(sizeof(burin_match) == 32 && offsetof(burin_match, mark) == 8 && offsetof(burin_match, cost) == 16 &&
              offsetof(burin_match, edits) == 20 && offsetof(burin_match, flags) == 24);
static_assert(sizeof(burin_weight) == 48 && offsetof(burin_weight, log10_lr) == 8 &&
              offsetof(burin_weight, posterior_high) == 32 && offsetof(burin_weight, flags) == 40);
static_assert(sizeof(burin_evidence) == 168 && offsetof(burin_evidence, population) == 24 &&
              offsetof(burin_evidence, not_excluded) == 56 && offsetof(burin_evidence, statistics_hash) == 112 - 16);
static_assert(sizeof(burin_move) == 16 && offsetof(burin_move, element) == 4 && offsetof(burin_move, position) == 8 &&
              offsetof(burin_move, cost) == 12);
static_assert(sizeof(burin_mark) == 32 && offsetof(burin_mark, number) == 8 && offsetof(burin_mark, kind) == 16 &&
              offsetof(burin_mark, missing) == 20);
static_assert(sizeof(burin_section) == 32 && offsetof(burin_section, bytes) == 8 &&
              offsetof(burin_section, items) == 16);
static_assert(sizeof(burin_index_info) == 176 && offsetof(burin_index_info, missing) == 48);
static_assert(sizeof(burin_builder_counts) == 168 && offsetof(burin_builder_counts, missing) == 40);
static_assert(sizeof(void*) != 8 ||
              (offsetof(burin_query_log_options, group_syncs) == 8 && sizeof(burin_query_log_options) == 32));
static_assert(sizeof(burin_reading_options) == 24 && sizeof(burin_index_options) == 40);
// No struct that grows may end in padding: its size then tells what it holds.
static_assert(sizeof(void*) != 8 ||
              (sizeof(burin_search_options) == offsetof(burin_search_options, max_memory) + 8 &&
               offsetof(burin_search_options, max_memory) == 200 &&
               offsetof(burin_search_options, visible_words) == 192 &&
               offsetof(burin_search_options, case_number) == 176 && offsetof(burin_search_options, joint) == 168 &&
               offsetof(burin_search_options, evidence) == 144 && offsetof(burin_search_options, own_channel) == 136 &&
               offsetof(burin_search_options, max_hits) == 128 && offsetof(burin_search_options, where) == 40));
static_assert(sizeof(void*) != 8 || (sizeof(burin_channel_info) == offsetof(burin_channel_info, log10_lr_high) + 8 &&
                                     sizeof(burin_channel_info) == 72));
static_assert(sizeof(burin_estimate) == offsetof(burin_estimate, work) + 8 && sizeof(burin_estimate) == 32);
static_assert(sizeof(burin_count) == offsetof(burin_count, not_searched) + 8 && sizeof(burin_count) == 40);
static_assert(sizeof(void*) != 8 || (sizeof(burin_mapping) == offsetof(burin_mapping, reserved_end) + 4 &&
                                     offsetof(burin_mapping, digitless) == 64 && sizeof(burin_mapping) == 72));
static_assert(sizeof(burin_row) == offsetof(burin_row, attributes) + sizeof(void*));
static_assert(sizeof(burin_element) == offsetof(burin_element, beneath) + 4);
static_assert(sizeof(burin_builder_options) == offsetof(burin_builder_options, sentinels) + sizeof(void*));
static_assert(sizeof(void*) != 8 ||
              (offsetof(burin_builder_options, profile) == 56 && sizeof(burin_builder_options) == 88));
static_assert(sizeof(void*) != 8 ||
              (offsetof(burin_table_options, cancel) == 24 &&
               sizeof(burin_table_options) == offsetof(burin_table_options, cancel_user) + sizeof(void*)));
static_assert(sizeof(burin_recorded_options) == offsetof(burin_recorded_options, unreadable) + sizeof(void*));

static_assert(sizeof(void*) != 8 ||
              (offsetof(burin_trainer_options, parent) == 16 && offsetof(burin_trainer_options, threads) == 96 &&
               sizeof(burin_trainer_options) == offsetof(burin_trainer_options, reserved) + 4));
static_assert(sizeof(burin_training_report) == offsetof(burin_training_report, outliers) + 8 &&
              sizeof(burin_training_report) == 80);
static_assert(BURIN_PAIRS_ALL == 0 && BURIN_PAIRS_ERRORS == 1 && BURIN_PAIRS_READINGS == 2);

static_assert(sizeof(burin_maker_verdict) == 24 && offsetof(burin_maker_verdict, unlisted) == 16);
static_assert(sizeof(void*) != 8 || (sizeof(burin_format) == 80 && offsetof(burin_format, weight) == 24 &&
                                     offsetof(burin_format, note) == 72));

static_assert(sizeof(void*) != 8 ||
              (sizeof(burin_registry_options) == offsetof(burin_registry_options, sentinels) + 8 &&
               offsetof(burin_registry_options, check_up_to) == 80 && offsetof(burin_registry_options, values) == 72 &&
               offsetof(burin_registry_options, unreadable) == 24));
static_assert(sizeof(burin_sync_options) == offsetof(burin_sync_options, most_share) + 8 &&
              sizeof(burin_sync_options) == 24 && sizeof(burin_sync_counts) == 40 &&
              offsetof(burin_sync_counts, deleted) == 32);
static_assert(offsetof(burin_builder_options, values) == 4 && offsetof(burin_mapping, values) == 4);
static_assert(BURIN_VALUES_STRICT == 1 && BURIN_VALUES_DAY_FIRST == 2 && BURIN_VALUES_MONTH_FIRST == 4 &&
              BURIN_VALUES_YEAR_FIRST == 8);
static_assert(sizeof(void*) != 8 ||
              (sizeof(burin_remains) == offsetof(burin_remains, records) + 8 && sizeof(burin_remains) == 40 &&
               sizeof(burin_hold) == offsetof(burin_hold, placed_at) + 8 && sizeof(burin_hold) == 64 &&
               sizeof(burin_hold_event) == offsetof(burin_hold_event, reason) + 8 && sizeof(burin_hold_event) == 40));
static_assert(sizeof(burin_registry_counts) == offsetof(burin_registry_counts, missing) + 128 &&
              offsetof(burin_registry_counts, records) == 56);
static_assert(sizeof(burin_registry_state) == offsetof(burin_registry_state, rules) + 8 &&
              sizeof(burin_registry_state) == 48);
static_assert(sizeof(void*) != 8 || (sizeof(burin_index_options) == offsetof(burin_index_options, check_up_to) + 8 &&
                                     offsetof(burin_index_options, check_up_to) == 32));
static_assert(BURIN_PUT_ADDED == 0 && BURIN_PUT_REPLACED == 1 && BURIN_PUT_UNCHANGED == 2);
static_assert(sizeof(void*) != 8 || (sizeof(burin_joint_options) == offsetof(burin_joint_options, also_count) + 8 &&
                                     offsetof(burin_joint_options, also_count) == 64 && sizeof(burin_belief) == 32 &&
                                     sizeof(burin_asked_mark) == 16 && sizeof(burin_joint_term) == 32));
static_assert(BURIN_TERM_MARK == 1 && BURIN_TERM_ATTRIBUTE == 2 && BURIN_STANDS_AGREES == 1 &&
              BURIN_STANDS_RELATED == 2 && BURIN_STANDS_NEAR == 3 && BURIN_STANDS_DIFFERS == 4 &&
              BURIN_STANDS_ABSENT == 5 && BURIN_STANDS_READ == 6 && BURIN_STANDS_OTHER_PART == 7);
static_assert(sizeof(void*) != 8 || (sizeof(burin_reason) == 16 && offsetof(burin_reason, text) == 8));
static_assert(sizeof(void*) != 8 || (sizeof(burin_seal_options) == 48 && offsetof(burin_seal_options, time) == 40));
static_assert(sizeof(void*) != 8 ||
              (sizeof(burin_receipt_options) == 64 && offsetof(burin_receipt_options, channel_path) == 56));
static_assert(sizeof(void*) != 8 || (sizeof(burin_receipt_info) == 72 && offsetof(burin_receipt_info, hash) == 16 &&
                                     offsetof(burin_receipt_info, channel_hash) == 56));
static_assert(sizeof(void*) != 8 || (sizeof(burin_replay_options) == 24 && sizeof(burin_replay) == 32 &&
                                     offsetof(burin_replay, difference) == 24));
static_assert(sizeof(burin_report_options) == 16 && offsetof(burin_report_options, prior) == 8);
static_assert(BURIN_REASON_NONE == 0 && BURIN_REASON_ANOTHER_SYMBOL == 1 && BURIN_REASON_RECORD_UNREADABLE == 14 &&
              BURIN_REASON_PREFIX_LOST == 20 && BURIN_REASON_BLOCKS_SWAPPED == 28);
static_assert(BURIN_REPORT_INVESTIGATIVE == 1 && BURIN_REPORT_EVALUATIVE == 2);

static_assert(BURIN_MAKER_UNKNOWN == 0 && BURIN_MAKER_FITS == 1 && BURIN_MAKER_OTHER_MODEL == 2 &&
              BURIN_MAKER_DOES_NOT_FIT == 3);
static_assert(BURIN_OK == 0 && BURIN_INVALID_ARGUMENT == 1 && BURIN_OUT_OF_RANGE == 2 && BURIN_STATE == 3);
static_assert(BURIN_CORRUPT == 10 && BURIN_VERSION_UNSUPPORTED == 11 && BURIN_CHECKSUM == 12 && BURIN_BAD_INPUT == 13);
static_assert(BURIN_NO_MEMORY == 20 && BURIN_IO == 21 && BURIN_CANCELLED == 30 && BURIN_INTERNAL == 90);
static_assert(BURIN_COSTS_CHANNEL == 0 && BURIN_COSTS_OSA == 1 && BURIN_COSTS_LEVENSHTEIN == 2 &&
              BURIN_COSTS_HAMMING == 3);
static_assert(BURIN_PROFILE_FAST == 0 && BURIN_PROFILE_SMALL == 1);
static_assert(BURIN_MARK_SERIAL == 1 && BURIN_MARK_PARTIAL == 2 && BURIN_MARK_MISSING == 3);
static_assert(BURIN_ROW_END == 0 && BURIN_ROW_GOOD == 1 && BURIN_ROW_BAD == 2);

TEST(Layout, StatusesHaveNames) {
  for (const burin_status status : {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 30, 90}) {
    EXPECT_NE(std::string_view(burin_status_name(status)), "unknown status") << status;
  }
  EXPECT_STREQ(burin_status_name(4), "unknown status");
  EXPECT_STREQ(burin_status_name(-1), "unknown status");
}

TEST(Layout, VersionsAgree) {
  EXPECT_EQ(burin_version_number(), static_cast<uint32_t>(BURIN_VERSION_NUMBER));
  EXPECT_STREQ(burin_version_string(), "0.1.0");
  EXPECT_EQ(burin_abi_version(), static_cast<uint32_t>(BURIN_ABI_VERSION));
  EXPECT_TRUE(BURIN_VERSION_CHECK(0, 1, 0));
  EXPECT_FALSE(BURIN_VERSION_CHECK(1000, 0, 0));
  uint32_t oldest = 0, newest = 0;
  burin_format_range(&oldest, &newest);
  EXPECT_LE(oldest, newest);
  EXPECT_GE(oldest, 1u);
  burin_format_range(nullptr, nullptr);
}

TEST(Layout, TheTargetInUseHasAName) {
  EXPECT_STRNE(burin_cpu_target(), "");
  EXPECT_STREQ(burin_cpu_target(), burin_cpu_target());
}

// A struct that grew: `added` came later.
struct Grown {
  uint32_t struct_size;
  uint32_t first;
  uint64_t added;
};
constexpr size_t kFirstSize = 8;

TEST(Guard, OlderCallersGetDefaults) {
  const uint32_t older[2] = {8, 7};
  Grown known = {sizeof(Grown), 1, 42};
  ASSERT_TRUE(CopyOptions(older, kFirstSize, sizeof(known), &known).ok());
  EXPECT_EQ(known.first, 7u);
  EXPECT_EQ(known.added, 42u);
}

TEST(Guard, NewerCallersMayNotAskForMore) {
  struct {
    Grown known = {24, 5, 6};
    uint64_t unknown = 0;
  } newer;
  newer.known.struct_size = sizeof(newer);
  Grown out = {};
  EXPECT_TRUE(CopyOptions(&newer, kFirstSize, sizeof(out), &out).ok());
  EXPECT_EQ(out.added, 6u);
  newer.unknown = 1;
  EXPECT_EQ(CopyOptions(&newer, kFirstSize, sizeof(out), &out).code(), StatusCode::kInvalidArgument);
}

TEST(Guard, TooSmallStructsAreRefused) {
  const uint32_t small[1] = {4};
  Grown out = {};
  EXPECT_EQ(CopyOptions(small, kFirstSize, sizeof(out), &out).code(), StatusCode::kInvalidArgument);
}

TEST(Guard, AnswersGoAsFarAsTheCallerKnows) {
  const Grown answer = {0, 3, 4};
  Grown older = {8, 0, 99};
  ASSERT_TRUE(WriteAnswer(kFirstSize, answer, &older).ok());
  EXPECT_EQ(older.first, 3u);
  EXPECT_EQ(older.added, 99u);
  EXPECT_EQ(older.struct_size, 8u);
  struct {
    Grown known = {};
    uint64_t unknown = 99;
  } newer;
  newer.known.struct_size = sizeof(newer);
  ASSERT_TRUE(WriteAnswer(kFirstSize, answer, &newer.known).ok());
  EXPECT_EQ(newer.known.added, 4u);
  EXPECT_EQ(newer.unknown, 0u);
}

TEST(Guard, NoExceptionPasses) {
  burin_error* error = nullptr;
  EXPECT_EQ(Guard(&error, []() -> Status { throw std::bad_alloc(); }), BURIN_NO_MEMORY);
  EXPECT_EQ(burin_error_code(error), BURIN_NO_MEMORY);
  EXPECT_STREQ(burin_error_message(error), "out of memory");
  burin_error_destroy(error);
  EXPECT_EQ(Guard(&error, []() -> Status { throw 1; }), BURIN_INTERNAL);
  EXPECT_EQ(burin_error_code(error), BURIN_INTERNAL);
  burin_error_destroy(error);
  EXPECT_EQ(Guard(nullptr, []() -> Status { throw 1; }), BURIN_INTERNAL);
  EXPECT_EQ(Guard(&error, [] { return Status(); }), BURIN_OK);
  EXPECT_EQ(error, nullptr);
}

TEST(Guard, ErrorsCarryStatusMessageAndPosition) {
  burin_error* error = nullptr;
  EXPECT_EQ(Fail(Status(StatusCode::kCorrupt, "somewhere", 17), &error), BURIN_CORRUPT);
  EXPECT_STREQ(burin_error_message(error), "somewhere");
  EXPECT_EQ(burin_error_position(error), 17u);
  burin_error_destroy(error);
  EXPECT_EQ(burin_error_code(nullptr), BURIN_OK);
  EXPECT_STREQ(burin_error_message(nullptr), "");
  EXPECT_EQ(burin_error_position(nullptr), BURIN_NO_POSITION);
  burin_error_destroy(nullptr);
}

}  // namespace
}  // namespace burin::internal
