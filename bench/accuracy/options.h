// The command line of burin_accuracy.
#ifndef BURIN_BENCH_ACCURACY_OPTIONS_H_
#define BURIN_BENCH_ACCURACY_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/accuracy/burin_ranker.h"
#include "bench/accuracy/noise/noise_model.h"

namespace burin::accuracy {

struct Options {
  std::string csv, column = "serial";  // A registry from a file, or
  size_t makers = 0;                   // so many serials as makers stamp them.
  std::vector<std::string> noises;     // desk, channel, pairs.
  std::vector<std::string> rankers;    // burin, osa, jaro-winkler, trigram, knower.
  ChannelRates rates = TypedRates();   // Of the noise `channel`.
  BurinOptions burin;
  size_t readings = 5000, threads = 1;
  uint64_t seed = 1;
  double open_share = 0.1;
  std::string data;  // Folder of the confusion counts and of the pairs.
  bool ndjson = false;
  // Burin's channel is trained from readings of one half of the registry, and all are asked about the other.
  bool train = false;

  bool ranks(std::string_view ranker) const;
};

// False: a line on standard error says why.
bool ParseOptions(int argc, char** argv, Options* options);
extern const char* const kUsage;

}  // namespace burin::accuracy

#endif
