// Twin of the cost of a reading against a mark: a memoised recursion over the lattice as parsed (not as compiled), move
// by move, with prices asked from whoever defines them. For any alphabet, any reading, serials and partial records.
#ifndef BURIN_TESTS_REFERENCE_TWIN_DP_H_
#define BURIN_TESTS_REFERENCE_TWIN_DP_H_

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal::reference {

inline constexpr uint64_t kImpossible = uint64_t{1} << 40;

// What each move costs. Elements are numbers of the lattice; a symbol of the mark may be kUnreadable.
class Prices {
 public:
  virtual ~Prices() = default;
  virtual uint64_t Read(int32_t element, Symbol symbol) const = 0;
  virtual uint64_t Added(int32_t element) const = 0;
  virtual uint64_t Lost() const = 0;
  // `first` and `second` in reading order over the mark's next two symbols, which stand in the other order.
  virtual uint64_t Swapped(int32_t first, int32_t second, Symbol mark_first, Symbol mark_second) const = 0;
  virtual uint64_t End() const = 0;
};

class UnitTwin final : public Prices {
 public:
  UnitTwin(const Lattice& lattice, Metric metric) : lattice_(lattice), metric_(metric) {}
  uint64_t Read(int32_t element, Symbol symbol) const override;
  uint64_t Added(int32_t element) const override;
  uint64_t Lost() const override;
  uint64_t Swapped(int32_t first, int32_t second, Symbol mark_first, Symbol mark_second) const override;
  uint64_t End() const override { return 0; }

 private:
  bool Fits(int32_t element, Symbol symbol) const;

  const Lattice& lattice_;
  Metric metric_;
};

class TwinDp {
 public:
  TwinDp(const Lattice& lattice, const Prices& prices);
  // The lowest cost over all marks of min_length .. max_length symbols that the items allow; kNever if there is none.
  Cost Of(std::u32string_view items, uint32_t min_length, uint32_t max_length);

 private:
  using Way = std::pair<Symbol, size_t>;  // A next symbol of the mark, and the item that comes after it.

  uint64_t From(uint32_t slot, size_t item, uint32_t symbols);
  uint64_t Compute(uint32_t slot, size_t item, uint32_t symbols);
  uint64_t Move(uint32_t slot, uint32_t symbols, const Way& way);
  std::vector<Way> Ways(size_t item) const;
  bool AtEnd(size_t item) const;

  const Lattice& lattice_;
  const Prices& prices_;
  std::vector<std::vector<Arc>> leaving_;
  std::vector<std::vector<std::pair<Arc, Arc>>> pairs_;  // Of arcs that read one after the other, by slot of the first.
  std::u32string_view items_;
  uint32_t min_length_ = 0, max_length_ = 0;
  std::vector<uint64_t> memo_;  // 1 + cost; 0: not known yet.
};

}  // namespace burin::internal::reference

#endif
