// A main for fuzzers without an engine: runs every input of the files and folders given, in the order of their names,
// and a few made-up inputs, so that an empty corpus still runs the fuzzer. An input that takes more than the fuzzers
// may take (tests/run.sh) fails it.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" [[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

namespace fs = std::filesystem;

// Of processor time; sanitizers and code that is not optimised take many times as long.
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr double kMostSeconds = 5;
constexpr long kMostKilobytes = 512 * 1024;
#else
constexpr double kMostSeconds = 120;
constexpr long kMostKilobytes = 2048 * 1024;  // With what a sanitizer keeps beside it.
#endif

double Seconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void Run(const std::vector<std::uint8_t>& input, const char* name = "a made-up input") {
  // A fresh allocation of the exact size lets a sanitizer see a read past the end.
  std::vector<std::uint8_t> exact(input);
  exact.shrink_to_fit();
  const double before = Seconds();
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  const double taken = Seconds() - before;
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  if (taken <= kMostSeconds && usage.ru_maxrss <= kMostKilobytes) return;
  std::fprintf(stderr, "%s: took %.1f s and %ld KiB; at most %.0f s and %ld KiB\n", name, taken, usage.ru_maxrss,
               kMostSeconds, kMostKilobytes);
  std::exit(1);
}

bool RunFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    return false;
  }
  Run(std::vector<std::uint8_t>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()), path.c_str());
  return true;
}

// Deterministic small inputs: empty, single bytes, and runs of a linear congruential generator.
int RunMadeUp() {
  int count = 0;
  Run({});
  ++count;
  for (int byte = 0; byte < 256; ++byte, ++count) Run({static_cast<std::uint8_t>(byte)});
  std::uint32_t state = 1;
  for (std::size_t size = 2; size <= 256; size *= 2) {
    for (int repeat = 0; repeat < 8; ++repeat, ++count) {
      std::vector<std::uint8_t> input(size);
      for (std::uint8_t& byte : input) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(state >> 24);
      }
      Run(input);
    }
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  std::vector<fs::path> files;
  for (int i = 1; i < argc; ++i) {
    const fs::path path(argv[i]);
    if (fs::is_directory(path)) {
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
    } else if (fs::exists(path)) {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    if (!RunFile(file)) return 1;
  }
  const int made_up = RunMadeUp();
  std::printf("%zu inputs of the corpus and %d made-up ones replayed\n", files.size(), made_up);
  return 0;
}
