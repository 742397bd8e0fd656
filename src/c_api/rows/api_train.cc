// Training through the C API.
#include "burin/train.h"

#include <memory>
#include <optional>
#include <utility>

#include "src/c_api/common/channel_handle.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/table_handle.h"
#include "src/c_api/rows/pair_collector.h"
#include "src/channel/file/channel_write.h"
#include "src/channel/train/train.h"
#include "src/channel/train/trained_file.h"

struct burin_trainer {
  burin::internal::PairCollector pairs;
  std::shared_ptr<const burin::internal::ChannelFile> parent;
  burin::internal::TrainingOptions options;
  burin::internal::TrainingNames names;
  bool busy = false;  // A call is at work, or did not come to its end.
  bool run = false;
  std::optional<burin::internal::TrainingResult> result;
};

namespace burin::internal {
namespace {

constexpr uint32_t kMostFolds = 100;
static_assert(BURIN_PAIRS_ALL == static_cast<int>(PairsAre::kAll) &&
              BURIN_PAIRS_ERRORS == static_cast<int>(PairsAre::kErrors) &&
              BURIN_PAIRS_READINGS == static_cast<int>(PairsAre::kReadings));
static_assert(BURIN_DEFAULT_FOLDS == kDefaultFolds && BURIN_DEFAULT_TRAINING_WEIGHT == kDefaultTrainingWeight);

Status Create(const burin_trainer_options& given, std::unique_ptr<burin_trainer>* out) {
  if (given.kind > BURIN_PAIRS_READINGS)
    return OutOfRange("there is no kind " + std::to_string(given.kind) + " of pairs");
  if (given.patterns > 1) return OutOfRange("patterns is 0 or 1");
  if (given.patterns == 1 && given.kind != BURIN_PAIRS_ALL) {
    return Invalid(given.kind == BURIN_PAIRS_ERRORS ? "patterns are not read of errors alone"
                                                    : "patterns need a known truth");
  }
  if (given.folds > kMostFolds) return OutOfRange(std::to_string(given.folds) + " folds: at most 100");
  if (!(given.weight >= 0) || !(given.weight <= 1e9)) return OutOfRange("weight: expected 0 to 1e9");
  if (Status status = CheckThreads(given.threads); !status.ok()) return status;
  auto trainer = std::unique_ptr<burin_trainer>(new burin_trainer{
      PairCollector(PairsAre{static_cast<int>(given.kind)}, given.patterns == 1), nullptr, {}, {}, false, false, {}});
  if (given.parent != nullptr) {
    trainer->parent = given.parent->file;
  } else {
    Result<std::shared_ptr<const ChannelFile>> typed = ShareShippedChannel("typed");
    if (!typed.ok()) return typed.status();
    trainer->parent = *std::move(typed);
  }
  TrainingOptions& options = trainer->options;
  options.pairs = PairsAre{static_cast<int>(given.kind)};
  if (given.weight > 0) options.weight = given.weight;
  if (given.folds > 0) options.folds = given.folds;
  options.threads = given.threads;
  if (given.on_progress != nullptr) {
    const uint32_t trainings = (options.folds < 2 ? 0 : options.folds) + 1;
    options.progress = [call = given.on_progress, user = given.progress_user, trainings](
                           uint32_t training, uint32_t iteration, double log_likelihood) {
      return call(user, training, trainings, iteration, log_likelihood) == 0;
    };
  }
  trainer->names.channel = given.name != nullptr ? given.name : "trained";
  if (given.set != nullptr) trainer->names.set = given.set;
  if (given.date != nullptr) trainer->names.date = given.date;
  *out = std::move(trainer);
  return (*out)->pairs.rejects().Open(given.rejects_path, given.on_reject, given.reject_user);
}

template <typename Function>
Status Adding(burin_trainer* trainer, Function function) {
  if (trainer->run) return Status(StatusCode::kState, "the trainer has trained before");
  if (trainer->busy) return Status(StatusCode::kState, "another call on the trainer is at work or failed half-way");
  trainer->busy = true;
  Status status = function();
  trainer->busy = false;
  return status;
}

Status Train(burin_trainer* trainer, std::unique_ptr<burin_channel>* out) {
  trainer->run = true;
  RowRejects& rejects = trainer->pairs.rejects();
  if (Status status = rejects.Check(); !status.ok()) return status;
  if (trainer->pairs.pairs().empty() && rejects.count() > 0) {
    return rejects.NoneUsed(rejects.count(), "nothing is learnt");
  }
  if (Status status = rejects.Sync(); !status.ok()) return status;
  Result<TrainingResult> result = TrainChannel(trainer->parent->channel, trainer->pairs.pairs(), trainer->options);
  if (!result.ok()) return result.status();
  Result<ChannelFile> file =
      MakeTrainedFile(*trainer->parent, *result, trainer->options, trainer->names, trainer->pairs.pairs().size());
  if (!file.ok()) return file.status();
  std::string json = WriteChannelFile(*file);
  out->reset(new burin_channel{std::make_shared<const ChannelFile>(*std::move(file)), std::move(json)});
  trainer->result.emplace(*std::move(result));
  return rejects.Commit();
}

burin_training_report Report(const burin_trainer& trainer) {
  burin_training_report report = BURIN_TRAINING_REPORT_INIT;
  const TrainingResult& result = *trainer.result;
  report.iterations = result.iterations;
  report.pairs = trainer.pairs.pairs().size();
  report.rejected = trainer.pairs.rejects().count();
  report.weight = result.weight;
  report.log_likelihood = result.log_likelihood;
  report.parent_log_likelihood = result.parent_log_likelihood;
  report.held_out_log_likelihood = result.held_out_log_likelihood;
  report.held_out_parent_log_likelihood = result.held_out_parent_log_likelihood;
  report.held_out_weight = result.held_out_weight;
  report.outliers = result.outliers;
  return report;
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_trainer_create(const burin_trainer_options* options, burin_trainer** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    burin_trainer_options known = BURIN_TRAINER_OPTIONS_INIT;
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    std::unique_ptr<burin_trainer> trainer;
    if (Status status = Create(known, &trainer); !status.ok()) return status;
    *out = trainer.release();
    return Status();
  });
}

void burin_trainer_destroy(burin_trainer* trainer) { delete trainer; }

burin_status burin_trainer_add_pair(burin_trainer* trainer, burin_view read, burin_view other, double weight,
                                    burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (trainer == nullptr) return IsNull("trainer");
    if (BadText(read.data, read.size)) return IsNull("read.data");
    if (BadText(other.data, other.size)) return IsNull("other.data");
    return Adding(trainer,
                  [&] { return trainer->pairs.Add(Text(read.data, read.size), Text(other.data, other.size), weight); });
  });
}

burin_status burin_trainer_add_table(burin_trainer* trainer, burin_table* table, const burin_mapping* mapping,
                                     burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (trainer == nullptr) return IsNull("trainer");
    if (table == nullptr) return IsNull("table");
    burin_mapping known = BURIN_MAPPING_INIT;
    if (Status status = ReadOptions(mapping, sizeof(known), &known); !status.ok()) return status;
    table->state = RowState::kEnd;
    table->fields.clear();
    return Adding(trainer, [&] { return trainer->pairs.AddTable(table->reader.get(), known); });
  });
}

burin_status burin_trainer_run(burin_trainer* trainer, burin_channel** out, burin_training_report* report,
                               burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (trainer == nullptr) return IsNull("trainer");
    if (out == nullptr) return IsNull("out");
    std::unique_ptr<burin_channel> channel;
    if (Status status = Adding(trainer, [&] { return Train(trainer, &channel); }); !status.ok()) return status;
    if (report != nullptr) {
      Status status = WriteAnswer(sizeof(burin_training_report), Report(*trainer), report);
      if (!status.ok()) return status;
    }
    *out = channel.release();
    return Status();
  });
}

const char* burin_trainer_note(const burin_trainer* trainer, size_t i) {
  if (trainer == nullptr || !trainer->result || i >= trainer->result->limited.size()) return nullptr;
  return trainer->result->limited[i].c_str();
}

double burin_trainer_related(const burin_trainer* trainer, size_t i) {
  if (trainer == nullptr || !trainer->result || i >= trainer->result->related.size()) return 0;
  return trainer->result->related[i];
}

burin_status burin_trainer_write_pairs(const burin_trainer* trainer, const char* path, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (trainer == nullptr) return IsNull("trainer");
    if (path == nullptr) return IsNull("path");
    if (!trainer->result) return Status(StatusCode::kState, "the trainer has not trained");
    return trainer->pairs.Write(path, trainer->result->related);
  });
}

}  // extern "C"
