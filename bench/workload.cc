#include "bench/workload.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "bench/draw.h"

namespace burin::bench {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

class Random : public Draw {
 public:
  using Draw::Draw;
  double Unit() { return static_cast<double>(Next() >> 11) * (1.0 / 9007199254740992.0); }
  char Symbol() { return kSymbols[Below(kSymbols.size())]; }
};

// Serials seen, as numbers in base 37: up to 10 symbols fit.
class Seen {
 public:
  explicit Seen(size_t expected) { seen_.reserve(expected); }
  bool Insert(std::string_view serial) {
    uint64_t number = 0;
    for (char c : serial) number = number * 37 + static_cast<uint64_t>(c <= '9' ? c - '0' : c - 'A' + 10) + 1;
    return seen_.insert(number).second;
  }

 private:
  absl::flat_hash_set<uint64_t> seen_;
};

size_t RandomLength(double x) { return x < 0.60 ? 8 : x < 0.72 ? 7 : x < 0.84 ? 9 : x < 0.92 ? 6 : 10; }

// Formats of makers: L a letter, D a digit.
constexpr std::string_view kFormats[] = {
    "LLLDDD",    "LLDDDD",   "LLDDDDD",  "LLDDDDDD",   "DDDDDD",     "DDDDDDD",    "DDDDDDDD",  "LDDDDDD",   "LDDDDDDD",
    "LDDDDDDL",  "DDLLDDDD", "DDLDDDDD", "LLLDDDD",    "LLLDDDDD",   "LLDDDDDL",   "DDDLDDDD",  "LDDLDDDDD", "LLLLDDDD",
    "LDLDDDDDD", "DDDDLL",   "DDDDDLLL", "LLLDDDDDDD", "DDDDLDDDDD", "LDDDDDDDDL", "DDDDDDDDDD"};
constexpr size_t kMakers = 300;

struct Maker {
  std::string_view format, letters;
  double fill = 1;
};

long double Capacity(const Maker& maker) {
  long double capacity = 1;
  for (char c : maker.format) capacity *= c == 'D' ? 10.0L : static_cast<long double>(maker.letters.size());
  return capacity;
}

Maker DrawMaker(size_t target, Random* random) {
  Maker maker;
  maker.letters = random->Below(2) != 0 ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "ABCDEFGHJKLMNPRSTUVWXYZ";
  do {
    maker.format = kFormats[random->Below(std::size(kFormats))];
  } while (Capacity(maker) < 4.0L * static_cast<long double>(target));
  maker.fill = random->Below(3) == 0 ? 1.0 : 0.6 + 0.4 * random->Unit();
  return maker;
}

// The number-th serial of a maker: numbers count from the right, but trailing letters are the most significant.
std::string SerialOf(const Maker& maker, uint64_t number) {
  const std::string_view format = maker.format;
  size_t tail = format.size();
  while (tail > 0 && format[tail - 1] == 'L') --tail;
  std::string serial(format.size(), '0');
  const auto set = [&](size_t p) {
    const uint64_t radix = format[p] == 'D' ? 10 : maker.letters.size();
    serial[p] = format[p] == 'D' ? static_cast<char>('0' + number % radix) : maker.letters[number % radix];
    number /= radix;
  };
  for (size_t p = tail; p-- > 0;) set(p);
  for (size_t p = format.size(); p-- > tail;) set(p);
  return serial;
}

void MakeRuns(const Maker& maker, size_t target, size_t count, Random* random, Seen* seen,
              std::vector<std::string>* serials) {
  const auto capacity = static_cast<uint64_t>(Capacity(maker));
  const size_t runs = 1 + random->Below(12);
  size_t left = target;
  for (size_t run = 0; run < runs && left > 0; ++run) {
    size_t length = left;
    if (run + 1 < runs) {
      const double drawn = static_cast<double>(target / runs) * (0.3 + 1.4 * random->Unit());
      length = std::min(left, static_cast<size_t>(drawn) + 1);
    }
    left -= length;
    const uint64_t span = static_cast<uint64_t>(static_cast<double>(length) / maker.fill) + 1;
    const uint64_t start = span < capacity ? random->Below(capacity - span) : 0;
    size_t made = 0;
    for (uint64_t x = start; x < start + span * 2 && x < capacity && made < length; ++x) {
      if (maker.fill < 1.0 && random->Unit() > maker.fill) continue;
      std::string serial = SerialOf(maker, x);
      ++made;
      if (serials->size() < count && seen->Insert(serial)) serials->push_back(std::move(serial));
    }
  }
}

std::string OneEdit(std::string s, Random* random) {
  for (;;) {
    const double x = random->Unit();
    if (x < 0.70) {
      const size_t p = random->Below(s.size());
      char c;
      do {
        c = random->Symbol();
      } while (c == s[p]);
      s[p] = c;
      return s;
    }
    if (x < 0.80) {
      const size_t p = random->Below(s.size() + 1);
      s.insert(p, 1, random->Symbol());
      return s;
    }
    if (x < 0.90) {
      s.erase(random->Below(s.size()), 1);
      return s;
    }
    std::vector<size_t> unequal;
    for (size_t i = 0; i + 1 < s.size(); ++i) {
      if (s[i] != s[i + 1]) unequal.push_back(i);
    }
    if (unequal.empty()) continue;
    const size_t p = unequal[random->Below(unequal.size())];
    std::swap(s[p], s[p + 1]);
    return s;
  }
}

std::string Unreadable(std::string s, size_t count, Random* random) {
  std::vector<size_t> places(s.size());
  std::iota(places.begin(), places.end(), size_t{0});
  for (size_t i = 0; i < count; ++i) {
    std::swap(places[i], places[i + random->Below(places.size() - i)]);
    s[places[i]] = '?';
  }
  return s;
}

std::string SubstituteReadable(std::string s, Random* random) {
  std::vector<size_t> readable;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '?') readable.push_back(i);
  }
  const size_t p = readable[random->Below(readable.size())];
  char c;
  do {
    c = random->Symbol();
  } while (c == s[p]);
  s[p] = c;
  return s;
}

std::string Damaged(const std::string& serial, Damage damage, Random* random) {
  switch (damage) {
    case Damage::kOneEdit:
      return OneEdit(serial, random);
    case Damage::kTwoEdits:
      return OneEdit(OneEdit(serial, random), random);
    case Damage::kTwoUnreadable:
      return Unreadable(serial, 2, random);
    case Damage::kThreeUnreadableOneSubstituted:
      break;
  }
  return SubstituteReadable(Unreadable(serial, 3, random), random);
}

}  // namespace

const char* DamageName(Damage damage) {
  constexpr const char* kNames[] = {"", "q1", "q2", "qw", "qw3"};
  return kNames[static_cast<size_t>(damage)];
}

struct RandomSerialStream::State {
  explicit State(size_t expected) : seen(expected) {}
  Random random{20240501};
  Seen seen;
};

RandomSerialStream::RandomSerialStream(size_t expected) : state_(std::make_unique<State>(expected)) {}
RandomSerialStream::~RandomSerialStream() = default;

std::string RandomSerialStream::Next() {
  for (;;) {
    std::string serial(RandomLength(state_->random.Unit()), '0');
    for (char& c : serial) c = state_->random.Symbol();
    if (state_->seen.Insert(serial)) return serial;
  }
}

std::vector<std::string> RandomSerials(size_t count) {
  RandomSerialStream stream(count);
  std::vector<std::string> serials;
  serials.reserve(count);
  while (serials.size() < count) serials.push_back(stream.Next());
  return serials;
}

std::vector<std::string> MakerSerials(size_t count) {
  Random random(20240502);
  double weights[kMakers], sum = 0;
  for (size_t i = 0; i < kMakers; ++i) sum += weights[i] = std::pow(static_cast<double>(i + 1), -0.8);
  std::vector<Maker> makers;
  std::vector<std::string> serials;
  serials.reserve(count);
  Seen seen(count);
  // Duplicates leave the set short after one round: then makers get further runs, the largest first.
  for (size_t turn = 0; serials.size() < count; ++turn) {
    const size_t i = turn % kMakers;
    const double share = static_cast<double>(count) * weights[i] / sum;
    const size_t target = turn < kMakers ? static_cast<size_t>(share) + 1 : count / 500;
    if (turn < kMakers) makers.push_back(DrawMaker(target, &random));
    MakeRuns(makers[i], target, count, &random, &seen, &serials);
  }
  for (size_t i = serials.size() - 1; i > 0; --i) std::swap(serials[i], serials[random.Below(i + 1)]);
  return serials;
}

std::vector<std::string> Readings(const std::vector<std::string>& serials, size_t drawn_from, Damage damage,
                                  uint64_t seed) {
  Random random(seed ^ (static_cast<uint64_t>(damage) * 0x1234567));
  std::vector<std::string> readings;
  for (int i = 0; i < 1000; ++i) readings.push_back(Damaged(serials[random.Below(drawn_from)], damage, &random));
  return readings;
}

}  // namespace burin::bench
