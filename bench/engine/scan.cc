// A field of six bits holds a symbol. XOR leaves a field 0 where serials agree; adding 31 to its lower five bits and
// joining the field itself sets its top bit where they do not. Two times clearing the lowest set bit leaves nothing of
// at most two.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/engine/scan.cc"
#include <hwy/foreach_target.h>
// After foreach_target.h, as Highway asks.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace burin::bench {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr uint64_t kTops = 0x0820820820820820, kRests = 0x07DF7DF7DF7DF7DF;

// All whole groups of four vectors; *done is how many words that was.
HWY_ATTR uint64_t SumWords(const uint64_t* words, size_t count, size_t* done) {
  const hn::ScalableTag<uint64_t> d;
  const size_t lanes = hn::Lanes(d);
  auto a = hn::Zero(d), b = a, c = a, e = a;
  size_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    a = hn::Add(a, hn::LoadU(d, words + i));
    b = hn::Add(b, hn::LoadU(d, words + i + lanes));
    c = hn::Add(c, hn::LoadU(d, words + i + 2 * lanes));
    e = hn::Add(e, hn::LoadU(d, words + i + 3 * lanes));
  }
  *done = i;
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(a, b), hn::Add(c, e))));
}

HWY_ATTR uint64_t CountNearWords(const uint64_t* keys, size_t count, uint64_t reading, size_t* done) {
  const hn::ScalableTag<uint64_t> d;
  const size_t lanes = hn::Lanes(d);
  const auto asked = hn::Set(d, reading), tops = hn::Set(d, kTops), rests = hn::Set(d, kRests), one = hn::Set(d, 1);
  const auto near = [&](const uint64_t* key) HWY_ATTR {
    const auto bits = hn::Xor(hn::LoadU(d, key), asked);
    auto differ = hn::And(hn::Or(hn::Add(hn::And(bits, rests), rests), bits), tops);
    differ = hn::And(differ, hn::Sub(differ, one));
    differ = hn::And(differ, hn::Sub(differ, one));
    return hn::IfThenElseZero(hn::Eq(differ, hn::Zero(d)), one);
  };
  auto a = hn::Zero(d), b = a, c = a, e = a;
  size_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    a = hn::Add(a, near(keys + i));
    b = hn::Add(b, near(keys + i + lanes));
    c = hn::Add(c, near(keys + i + 2 * lanes));
    e = hn::Add(e, near(keys + i + 3 * lanes));
  }
  *done = i;
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(a, b), hn::Add(c, e))));
}

const char* VectorsName() { return hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace burin::bench
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <vector>

#include "bench/engine/clock.h"
#include "bench/engine/page_buffer.h"
#include "bench/engine/scan.h"

namespace burin::bench {

HWY_EXPORT(SumWords);
HWY_EXPORT(CountNearWords);
HWY_EXPORT(VectorsName);

namespace {

constexpr size_t kBandwidthWords = (size_t{512} << 20) / sizeof(uint64_t);
constexpr size_t kPasses = 15, kScansPerPass = 7;

uint64_t Sum(std::span<const uint64_t> words) {
  size_t done = 0;
  uint64_t sum = HWY_DYNAMIC_DISPATCH(SumWords)(words.data(), words.size(), &done);
  for (; done < words.size(); ++done) sum += words[done];
  return sum;
}

void MeasureOnce(std::span<const uint64_t> keys, const PageBuffer& words, ScanSpeed* speed) {
  std::vector<double> passes, scans;
  uint64_t sink = Sum(words.span()) + CountNear(keys, keys[0]);
  for (size_t i = 0; i < kPasses; ++i) {
    passes.push_back(NanosecondsOf([&] { sink += Sum(words.span()); }));
    for (size_t j = 0; j < kScansPerPass; ++j) {
      const uint64_t reading = keys[((i * kScansPerPass + j) * 7919) % keys.size()];
      scans.push_back(NanosecondsOf([&] { sink += CountNear(keys, reading); }));
    }
  }
  KeepValue(sink);
  speed->bytes_per_second = static_cast<double>(words.size() * sizeof(uint64_t)) / Quantile(passes, 0.5) * 1e9;
  speed->scan_ns = Quantile(scans, 0.5);
  const double scan_speed = static_cast<double>(keys.size_bytes()) / speed->scan_ns * 1e9;
  speed->fraction = scan_speed / speed->bytes_per_second;
}

}  // namespace

uint64_t CountNearPlain(std::span<const uint64_t> keys, uint64_t reading) {
  uint64_t near = 0;
  for (const uint64_t key : keys) {
    int differ = 0;
    for (uint64_t bits = key ^ reading; bits != 0; bits >>= 6) differ += (bits & 63) != 0;
    near += differ <= 2;
  }
  return near;
}

uint64_t CountNear(std::span<const uint64_t> keys, uint64_t reading) {
  size_t done = 0;
  const uint64_t near = HWY_DYNAMIC_DISPATCH(CountNearWords)(keys.data(), keys.size(), reading, &done);
  return near + CountNearPlain(keys.subspan(done), reading);
}

bool ScanSpeed::fast_enough() const { return fraction >= kLeastFraction; }

ScanSpeed MeasureScan(std::span<const uint64_t> keys) {
  PageBuffer words(kBandwidthWords);
  for (size_t i = 0; i < words.size(); ++i) words[i] = i;
  ScanSpeed speed;
  speed.vectors = HWY_DYNAMIC_DISPATCH(VectorsName)();
  for (size_t i = 0; i < 3; ++i) {
    const uint64_t reading = keys[keys.size() / 3 * i];
    speed.exact = speed.exact && CountNear(keys, reading) == CountNearPlain(keys, reading);
  }
  do {
    MeasureOnce(keys, words, &speed);
    ++speed.attempts;
  } while (!speed.fast_enough() && speed.attempts < kScanAttempts);
  return speed;
}

}  // namespace burin::bench
#endif  // HWY_ONCE
