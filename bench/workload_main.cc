// Writes workloads (workload.h) as files, one serial or reading a line:
//   burin_workload DIRECTORY SET...    SET: w1_1m, w1_10m, w2_10m
// For each set SET.txt, and the readings of W1 or W2 as w1.q1.txt and so on.
#include <cstdio>
#include <string>
#include <string_view>

#include "bench/workload.h"

namespace {

using burin::bench::kDamages;

bool WriteLines(const std::string& path, const std::vector<std::string>& lines) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  bool ok = true;
  for (const std::string& line : lines) ok = std::fprintf(file, "%s\n", line.c_str()) > 0 && ok;
  return (std::fclose(file) == 0) && ok;
}

bool WriteSet(const std::string& directory, std::string_view name) {
  const bool makers = name == "w2_10m";
  const size_t count = name == "w1_1m" ? 1'000'000 : 10'000'000;
  const auto serials = makers ? burin::bench::MakerSerials() : burin::bench::RandomSerials(count);
  bool ok = WriteLines(directory + "/" + std::string(name) + ".txt", serials);
  for (const auto damage : kDamages) {
    const auto readings = burin::bench::Readings(serials, makers ? serials.size() : 1'000'000, damage,
                                                 makers ? burin::bench::kMakerReadings : burin::bench::kRandomReadings);
    const std::string path = directory + (makers ? "/w2." : "/w1.") + burin::bench::DamageName(damage) + ".txt";
    ok = WriteLines(path, readings) && ok;
  }
  return ok;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: burin_workload DIRECTORY SET...   SET: w1_1m, w1_10m, w2_10m\n");
    return 2;
  }
  for (int i = 2; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name != "w1_1m" && name != "w1_10m" && name != "w2_10m") {
      std::fprintf(stderr, "burin_workload: unknown set '%s'; expected w1_1m, w1_10m or w2_10m\n", argv[i]);
      return 2;
    }
    if (!WriteSet(argv[1], name)) {
      std::fprintf(stderr, "burin_workload: %s: cannot write\n", argv[1]);
      return 5;
    }
  }
  return 0;
}
