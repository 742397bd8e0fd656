// The workloads by which Burin is measured, made deterministically: the same serials and readings on every machine, so
// that totals over them are exact and figures can be compared.
//
//   W1  random serials over 0-9 A-Z: 60 % of 8 symbols, 12 % each of 7 and 9, 8 % each of 6 and 10.
//   W2  what makers stamp: 300 makers with Zipf-distributed (exponent 0.8) production, one of 25 formats each, in up to
//       12 runs of consecutive numbers that are 60-100 % full. Dense, as factories are.
//
// Readings damage serials drawn from the set: q1 one edit (70 % substitution, 10 % each insertion, deletion, swap of
// neighbours), q2 two edits, qw two characters unreadable, qw3 three unreadable and one substituted.
#ifndef BURIN_BENCH_WORKLOAD_H_
#define BURIN_BENCH_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace burin::bench {

inline constexpr size_t kMakerSerials = 10'000'000;

// W1, one serial after another in order of arrival; all different. Costs about 16 bytes a serial expected.
class RandomSerialStream {
 public:
  explicit RandomSerialStream(size_t expected);
  ~RandomSerialStream();
  std::string Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The first `count` serials of W1.
std::vector<std::string> RandomSerials(size_t count);
// W2 with so many serials, shuffled; all different. A smaller W2 is no part of a larger one: its makers make less.
std::vector<std::string> MakerSerials(size_t count = kMakerSerials);

enum class Damage : uint8_t { kOneEdit = 1, kTwoEdits = 2, kTwoUnreadable = 3, kThreeUnreadableOneSubstituted = 4 };
inline constexpr Damage kDamages[] = {Damage::kOneEdit, Damage::kTwoEdits, Damage::kTwoUnreadable,
                                      Damage::kThreeUnreadableOneSubstituted};
const char* DamageName(Damage damage);  // "q1", "q2", "qw", "qw3".

inline constexpr uint64_t kRandomReadings = 777, kMakerReadings = 888;  // Seeds for readings of W1 and W2.
// 1,000 readings. Those of W1 are drawn from its first million serials.
std::vector<std::string> Readings(const std::vector<std::string>& serials, size_t drawn_from, Damage damage,
                                  uint64_t seed);

}  // namespace burin::bench

#endif
