// A trained channel as a file: its numbers, and where each comes from.
#ifndef BURIN_SRC_CHANNEL_TRAIN_TRAINED_FILE_H_
#define BURIN_SRC_CHANNEL_TRAIN_TRAINED_FILE_H_

#include <cstdint>
#include <string>

#include "src/base/status.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/train/train.h"

namespace burin::internal {

struct TrainingNames {
  std::string channel;  // The name of the new channel.
  std::string set;      // What the pairs are, for people; may be empty.
  std::string date;     // When they were gathered, or training was; may be empty: no clock is read.
};

// Members whose numbers are the parent's keep its provenance. Not validated, whatever the parent is: its own pairs are
// no trial. kInvalidArgument: a name that no channel file can have.
Result<ChannelFile> MakeTrainedFile(const ChannelFile& parent, const TrainingResult& result,
                                    const TrainingOptions& options, const TrainingNames& names, uint64_t pairs);

}  // namespace burin::internal

#endif
