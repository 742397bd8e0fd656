// By how much searches run past their budgets, in processor time: whatever else the machine does, only the searches
// count.
//   burin_overruns [--where CONDITION] [--ratio] INDEX MS <QUERIES
// INDEX: a file or a registry. Each line of QUERIES is COSTS, a blank and a reading; COSTS: hamming:K, osa:K or
// levenshtein:K edits, best:N (the best N by edits), all:N (every record within N nats), typed (the best 10 under that
// channel) or weighed (the same, with evidence). Each search is stopped, by its cancel function, when its thread has
// run for MS milliseconds; a line says how long it ran past that, and the longest time between two questions. With
// --ratio each search runs to its end instead, without a budget and with a deadline that never strikes. The last line
// is the worst.
#include <ctime>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "burin/burin.h"

namespace {

constexpr double kNever = 1e12;
constexpr uint64_t kHour = 3'600'000;

struct Asked {
  std::string costs, reading;
};

struct Ran {
  double ms = 0, longest = 0;
  bool ok = false, complete = false;
  size_t hits = 0;
  uint64_t work = 0, questions = 0;
};

double ProcessorMs() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// The cancel function of a search that began at `start`.
struct Patience {
  double start = 0, most = 0, last = 0, longest = 0;
  uint64_t questions = 0;

  static int32_t Ask(void* user) {
    auto* self = static_cast<Patience*>(user);
    const double now = ProcessorMs();
    self->longest = std::max(self->longest, now - self->last);
    self->last = now;
    ++self->questions;
    return now - self->start >= self->most ? 1 : 0;
  }
};

bool Fail(const char* what, burin_error* error) {
  std::fprintf(stderr, "burin_overruns: %s: %s\n", what, error == nullptr ? "?" : burin_error_message(error));
  burin_error_destroy(error);
  return false;
}

bool SetCosts(const std::string& costs, burin_search_options* options) {
  const size_t colon = costs.find(':');
  const std::string_view name = std::string_view(costs).substr(0, colon);
  const int number = colon == std::string::npos ? 0 : std::atoi(costs.c_str() + colon + 1);
  options->within = number;
  if (name == "osa") {
    options->costs = BURIN_COSTS_OSA;
  } else if (name == "levenshtein") {
    options->costs = BURIN_COSTS_LEVENSHTEIN;
  } else if (name == "hamming") {
    options->costs = BURIN_COSTS_HAMMING;
  } else if (name == "best") {
    options->costs = BURIN_COSTS_OSA;
    options->within = BURIN_WITHIN_ANY;
    options->top = static_cast<uint64_t>(number);
  } else {
    options->within = 0;
    options->evidence = name == "weighed" ? 1 : 0;
    if (name == "all") options->max_cost = static_cast<uint32_t>(number) * BURIN_COSTS_PER_NAT;
    if (name == "all") options->top = UINT64_MAX;
    return name == "typed" || name == "weighed" || name == "all";
  }
  return true;
}

class Runner {
 public:
  explicit Runner(const char* where) : where_(where) {}
  ~Runner() {
    burin_searcher_destroy(searcher_);
    burin_index_destroy(index_);
  }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  bool Open(const char* path) {
    burin_error* error = nullptr;
    if (burin_index_open(path, nullptr, &index_, &error) != BURIN_OK) return Fail(path, error);
    return burin_searcher_create(index_, &searcher_, &error) == BURIN_OK || Fail("searcher", error);
  }

  // most_ms: 0: no budget at all.
  Ran Run(const Asked& asked, double most_ms) {
    Ran out;
    burin_error* error = nullptr;
    burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
    if (!SetCosts(asked.costs, &options)) {
      std::fprintf(stderr, "burin_overruns: unknown costs '%s'\n", asked.costs.c_str());
      return out;
    }
    options.where = where_ == nullptr ? nullptr : &where_;
    options.where_count = where_ == nullptr ? 0 : 1;
    burin_reading* reading = nullptr;
    if (burin_reading_parse(asked.reading.data(), asked.reading.size(), nullptr, &reading, &error) != BURIN_OK) {
      Fail(asked.reading.c_str(), error);
      return out;
    }
    Patience patience;
    patience.most = most_ms;
    if (most_ms >= kNever) {
      options.deadline_ms =
          kHour;  // To look at the thread's clock is a call of the system, and dearer than a deadline.
    } else if (most_ms > 0) {
      options.cancel = &Patience::Ask;
      options.cancel_user = &patience;
    }
    burin_result* result = nullptr;
    patience.start = patience.last = ProcessorMs();
    const burin_status status = burin_search(searcher_, reading, &options, &result, &error);
    const double end = ProcessorMs();
    out.ms = end - patience.start;
    out.longest = std::max(patience.longest, end - patience.last);
    out.questions = patience.questions;
    out.ok = status == BURIN_OK;
    if (!out.ok) Fail(asked.reading.c_str(), error);
    out.complete = burin_result_complete(result) != 0;
    out.work = burin_result_work(result);
    (void)burin_result_matches(result, &out.hits);
    burin_result_destroy(result);
    burin_reading_destroy(reading);
    return out;
  }

 private:
  const char* where_;
  burin_index* index_ = nullptr;
  burin_searcher* searcher_ = nullptr;
};

double Overrun(Runner* runner, const Asked& asked, double most_ms) {
  const Ran ran = runner->Run(asked, most_ms);
  if (!ran.ok) return 0;
  const double over = std::max(0.0, ran.ms - most_ms);
  std::printf("%8.2f over %8.2f longest %9.2f ms %9zu hits %11llu work %7llu questions %s %s %s\n", over, ran.longest,
              ran.ms, ran.hits, static_cast<unsigned long long>(ran.work),
              static_cast<unsigned long long>(ran.questions), ran.complete ? "complete" : "stopped ",
              asked.costs.c_str(), asked.reading.c_str());
  return over;
}

double Ratio(Runner* runner, const Asked& asked) {
  double with = 1e300, without = 1e300;
  for (int i = 0; i < 5; ++i) {
    const Ran free = runner->Run(asked, 0), budgeted = runner->Run(asked, kNever);
    if (!free.ok || !budgeted.ok) return 0;
    without = std::min(without, free.ms);
    with = std::min(with, budgeted.ms);
  }
  std::printf("%6.3f times: %10.3f ms without, %10.3f ms with a budget %s %s\n", with / without, without, with,
              asked.costs.c_str(), asked.reading.c_str());
  return with / without;
}

int Usage() {
  std::fprintf(stderr, "usage: burin_overruns [--where CONDITION] [--ratio] INDEX MS <QUERIES\n");
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const char* where = nullptr;
  bool ratio = false;
  int at = 1;
  for (; at < argc && argv[at][0] == '-'; ++at) {
    const std::string_view option = argv[at];
    if (option == "--ratio") {
      ratio = true;
    } else if (option == "--where" && at + 1 < argc) {
      where = argv[++at];
    } else {
      return Usage();
    }
  }
  if (at + 2 != argc) return Usage();
  const double most_ms = std::atof(argv[at + 1]);
  Runner runner(where);
  if (!runner.Open(argv[at])) return 5;
  double worst = 0;
  std::string line;
  while (std::getline(std::cin, line)) {
    const size_t blank = line.find(' ');
    if (blank == std::string::npos) continue;
    const Asked asked = {line.substr(0, blank), line.substr(blank + 1)};
    worst = std::max(worst, ratio ? Ratio(&runner, asked) : Overrun(&runner, asked, most_ms));
    std::fflush(stdout);
  }
  std::printf("worst %.2f\n", worst);
  return 0;
}
