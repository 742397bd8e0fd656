// Training through the C API and its wrapper.
#include "burin/train.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin {
namespace {

using testing::Failure;
using testing::Folder;
using testing::View;

Trainer Trained(burin_trainer_options options, burin_training_report* report, std::string* json) {
  Trainer trainer(options);
  for (int i = 0; i < 200; ++i) {
    const std::string mark = "A" + std::to_string(10000 + i * 37);
    trainer.AddPair(i % 10 == 0 ? "B" + mark.substr(1) : mark, mark);
  }
  trainer.AddPair("XYZ987", "5551234", 0.5);
  const Channel channel = trainer.Run(report);
  *json = channel.source();
  return trainer;
}

TEST(ApiTrain, AChannelAndAReport) {
  burin_trainer_options options = BURIN_TRAINER_OPTIONS_INIT;
  options.name = "mine";
  options.set = "made up";
  options.date = "2026";
  options.threads = 2;
  burin_training_report report = BURIN_TRAINING_REPORT_INIT;
  std::string json;
  const Trainer trainer = Trained(options, &report, &json);
  EXPECT_EQ(report.pairs, 201u);
  EXPECT_EQ(report.rejected, 0u);
  EXPECT_DOUBLE_EQ(report.weight, 200.5);
  EXPECT_GT(report.iterations, 3u);
  EXPECT_GT(report.log_likelihood, report.parent_log_likelihood);
  EXPECT_GT(report.held_out_log_likelihood, report.held_out_parent_log_likelihood);
  EXPECT_DOUBLE_EQ(report.held_out_weight, 200.5);
  EXPECT_GT(report.outliers, 0.001);
  EXPECT_LT(report.outliers, 0.02);
  EXPECT_GT(trainer.related(0), 0.5);
  EXPECT_GT(trainer.related(1), 0.99);
  EXPECT_LT(trainer.related(200), 0.01);
  EXPECT_EQ(trainer.related(201), 0);
  EXPECT_TRUE(trainer.notes().empty());

  const Channel channel = Channel::Parse(json);
  EXPECT_STREQ(channel.info().name, "mine");
  EXPECT_STREQ(channel.info().parent, "typed");
  EXPECT_EQ(channel.info().validated, 0);
  EXPECT_EQ(channel.Expand(), json);
  EXPECT_NE(json.find("201 pairs of a reading and its mark (made up), 2026"), std::string::npos);
  const Folder folder;
  channel.Write(folder / "mine.json");
  EXPECT_EQ(Folder::Read(folder / "mine.json"), json);
  trainer.WritePairs(folder / "pairs.csv");
  EXPECT_EQ(Folder::Read(folder / "pairs.csv").substr(0, 47), "file,row,read,other,weight,related\n,1,B10000,A1");
  EXPECT_EQ(folder.files(), 2u);
}

TEST(ApiTrain, NoPairsNoChange) {
  burin_trainer_options options = BURIN_TRAINER_OPTIONS_INIT;
  const Channel worn = Channel::Find("worn");
  options.parent = worn.get();
  Trainer trainer(options);
  EXPECT_STREQ(trainer.Run().info().hash, worn.info().hash);
}

int32_t Stop(void* user, uint32_t training, uint32_t trainings, uint32_t iteration, double log_likelihood) {
  auto* calls = static_cast<std::vector<uint32_t>*>(user);
  EXPECT_LT(training, trainings);
  EXPECT_EQ(trainings, 3u);
  EXPECT_LT(log_likelihood, 0);
  calls->push_back(iteration);
  return calls->size() >= 3 ? 1 : 0;
}

TEST(ApiTrain, CallsInTheWrongOrder) {
  std::vector<uint32_t> calls;
  burin_trainer_options options = BURIN_TRAINER_OPTIONS_INIT;
  options.folds = 2;
  options.on_progress = Stop;
  options.progress_user = &calls;
  burin_trainer* trainer = nullptr;
  ASSERT_EQ(burin_trainer_create(&options, &trainer, nullptr), BURIN_OK);
  for (const char* mark : {"1", "2", "3", "4", "5"}) {
    ASSERT_EQ(burin_trainer_add_pair(trainer, View(mark), View(mark), 1, nullptr), BURIN_OK);
  }
  EXPECT_EQ(burin_trainer_note(trainer, 0), nullptr);
  EXPECT_EQ(Failure(BURIN_STATE, burin_trainer_write_pairs, trainer, "/nowhere"), "the trainer has not trained");
  burin_channel* channel = nullptr;
  EXPECT_EQ(Failure(BURIN_CANCELLED, burin_trainer_run, trainer, &channel, nullptr), "training: stopped");
  EXPECT_EQ(channel, nullptr);
  EXPECT_EQ(calls, (std::vector<uint32_t>{1, 2, 3}));
  EXPECT_EQ(Failure(BURIN_STATE, burin_trainer_run, trainer, &channel, nullptr), "the trainer has trained before");
  EXPECT_EQ(Failure(BURIN_STATE, burin_trainer_add_pair, trainer, View("1"), View("1"), 1.0),
            "the trainer has trained before");
  burin_trainer_destroy(trainer);
  burin_trainer_destroy(nullptr);
}

TEST(ApiTrain, BadArguments) {
  burin_trainer* trainer = nullptr;
  burin_trainer_options options = BURIN_TRAINER_OPTIONS_INIT;
  const auto fails = [&](burin_status status) { return Failure(status, burin_trainer_create, &options, &trainer); };
  options.weight = -1;
  EXPECT_EQ(fails(BURIN_OUT_OF_RANGE), "weight: expected 0 to 1e9");
  options.weight = 0;
  options.folds = 101;
  EXPECT_EQ(fails(BURIN_OUT_OF_RANGE), "101 folds: at most 100");
  options.folds = 0;
  options.patterns = 1;
  options.kind = BURIN_PAIRS_READINGS;
  EXPECT_EQ(fails(BURIN_INVALID_ARGUMENT), "patterns need a known truth");
  options.kind = BURIN_PAIRS_ERRORS;
  EXPECT_EQ(fails(BURIN_INVALID_ARGUMENT), "patterns are not read of errors alone");
  options.kind = 3;
  EXPECT_EQ(fails(BURIN_OUT_OF_RANGE), "there is no kind 3 of pairs");
  options.kind = BURIN_PAIRS_ALL;
  options.patterns = 2;
  EXPECT_EQ(fails(BURIN_OUT_OF_RANGE), "patterns is 0 or 1");
  ASSERT_EQ(burin_trainer_create(nullptr, &trainer, nullptr), BURIN_OK);
  const auto add = [&](std::string_view read, std::string_view other, double weight, burin_status status) {
    return Failure(status, burin_trainer_add_pair, trainer, View(read), View(other), weight);
  };
  EXPECT_EQ(add("1", "1", 0, BURIN_OUT_OF_RANGE), "weight: expected above 0 and at most 1e9");
  EXPECT_EQ(add("1", "", 1, BURIN_INVALID_ARGUMENT), "true: no number: not recorded");
  EXPECT_EQ(add("1?", "1", 1, BURIN_INVALID_ARGUMENT),
            "read: a character that is unreadable: expected a complete number");
  EXPECT_EQ(add("1", "\xFF", 1, BURIN_INVALID_ARGUMENT), "true: not valid UTF-8");
  EXPECT_EQ(add(std::string(65, '1'), "1", 1, BURIN_INVALID_ARGUMENT), "read: more than 64 symbols");
  burin_trainer_destroy(trainer);
}

}  // namespace
}  // namespace burin
