#include "src/evidence/likelihood/row_sums.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/evidence/likelihood/row_sums.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace burin::internal {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
// At most eight numbers: a range of symbols is no longer than 37.
using Tag = hn::CappedTag<double, 8>;
constexpr size_t kStride = PopulationModel::kSymbols;

// kVectors sums of each of kRows stay in registers while a row of the table is read once for all of them. The last
// vector ends with the range, and what it has in common with the one before comes to the same. Products are rounded
// before they are added: no fused operation.
template <size_t kVectors, size_t kRows>
HWY_INLINE void SumVectors(const double* table, SymbolRange befores, size_t y, size_t end, const RowShares* all) {
  const Tag tag;
  const size_t lanes = hn::Lanes(tag), last = end - lanes;
  hn::Vec<Tag> sums[kRows][kVectors];
  for (auto& row : sums) {
    for (auto& s : row) s = hn::Zero(tag);
  }
  for (size_t x = befores.begin; x < befores.end; ++x) {
    const double* const numbers = table + x * kStride;
    for (size_t i = 0; i < kVectors; ++i) {
      const auto v = hn::LoadU(tag, numbers + HWY_MIN(y + i * lanes, last));
      for (size_t r = 0; r < kRows; ++r) sums[r][i] = hn::Add(sums[r][i], hn::Mul(hn::Set(tag, all[r].shares[x]), v));
    }
  }
  for (size_t r = 0; r < kRows; ++r) {
    for (size_t i = 0; i < kVectors; ++i) hn::StoreU(sums[r][i], tag, all[r].sum + HWY_MIN(y + i * lanes, last));
  }
}

template <size_t kRows>
HWY_INLINE void SumSome(const double* table, SymbolRange befores, SymbolRange symbols, const RowShares* all) {
  const size_t lanes = hn::Lanes(Tag()), end = symbols.end;
  for (size_t y = symbols.begin, vectors = 0; y < end; y += vectors * lanes) {
    vectors = HWY_MIN((end - y + lanes - 1) / lanes, 5);
    switch (vectors) {
      case 1:
        SumVectors<1, kRows>(table, befores, y, end, all);
        break;
      case 2:
        SumVectors<2, kRows>(table, befores, y, end, all);
        break;
      case 3:
        SumVectors<3, kRows>(table, befores, y, end, all);
        break;
      case 4:
        SumVectors<4, kRows>(table, befores, y, end, all);
        break;
      default:
        SumVectors<5, kRows>(table, befores, y, end, all);
        break;
    }
  }
}

void SumFew(const double* table, SymbolRange befores, SymbolRange symbols, const RowShares& one) {
  for (size_t y = symbols.begin; y < symbols.end; ++y) {
    double sum = 0;
    for (size_t x = befores.begin; x < befores.end; ++x) sum += one.shares[x] * table[x * kStride + y];
    one.sum[y] = sum;
  }
}

void Sum(const double* table, SymbolRange befores, SymbolRange symbols, std::span<const RowShares> all) {
  if (symbols.end - symbols.begin < hn::Lanes(Tag())) {
    for (const RowShares& one : all) SumFew(table, befores, symbols, one);
    return;
  }
  size_t i = 0;
  for (; i + 2 <= all.size(); i += 2) SumSome<2>(table, befores, symbols, &all[i]);
  if (i < all.size()) SumSome<1>(table, befores, symbols, &all[i]);
}

void Add(SymbolRange symbols, std::span<const RowProduct> all) {
  const Tag tag;
  const size_t lanes = hn::Lanes(tag);
  for (const RowProduct& one : all) {
    size_t y = symbols.begin;
    for (; y + lanes <= symbols.end; y += lanes) {
      const auto product = hn::Mul(hn::LoadU(tag, one.from + y), hn::LoadU(tag, one.weights + y));
      hn::StoreU(hn::Add(hn::LoadU(tag, one.to + y), product), tag, one.to + y);
    }
    for (; y < symbols.end; ++y) one.to[y] += one.from[y] * one.weights[y];
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace burin::internal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace burin::internal {

HWY_EXPORT(Sum);
HWY_EXPORT(Add);

void SumRows(const double* table, SymbolRange befores, SymbolRange symbols, std::span<const RowShares> all) {
  HWY_DYNAMIC_DISPATCH(Sum)(table, befores, symbols, all);
}

void AddProducts(SymbolRange symbols, std::span<const RowProduct> all) { HWY_DYNAMIC_DISPATCH(Add)(symbols, all); }

}  // namespace burin::internal

#endif
