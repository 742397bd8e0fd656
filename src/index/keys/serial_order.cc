#include "src/index/keys/serial_order.h"

#include <algorithm>
#include <string>
#include <utility>

namespace burin::internal {

Status SerialOrder::Make(std::span<const std::unique_ptr<KeyGroup>> groups, SerialOrder* out) {
  *out = SerialOrder();
  for (const auto& group : groups) out->groups_.push_back({group.get(), {}});
  for (size_t g = 0; g < groups.size();) {
    Length length;
    length.length = groups[g]->length();
    length.first_group = g;
    while (g < groups.size() && groups[g]->length() == length.length) ++g;
    length.groups = g - length.first_group;
    if (Status status = out->AddLength(std::move(length)); !status.ok()) return status;
  }
  return {};
}

Status SerialOrder::AddLength(Length length) {
  if (length.groups == 1) {
    lengths_.push_back(std::move(length));
    return {};
  }
  const auto groups = std::span(groups_).subspan(length.first_group, length.groups);
  length.alphabets.resize(length.length);
  length.weights.resize(length.length);
  Uint128 weight = 1;
  for (uint32_t p = length.length; p-- > 0;) {
    auto& all = length.alphabets[p];
    for (const Group& group : groups) {
      const auto alphabet = group.keys->alphabet(p);
      all.insert(all.end(), alphabet.begin(), alphabet.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    length.weights[p] = weight;
    if (!CheckedMultiply(weight, static_cast<Uint128>(all.size()), &weight)) {
      return Status(StatusCode::kCorrupt,
                    "the groups of length " + std::to_string(length.length) + " have too many symbols together");
    }
  }
  for (Group& group : groups) {
    group.contribution.resize(length.length);
    for (uint32_t p = 0; p < length.length; ++p) {
      const auto& all = length.alphabets[p];
      for (const Symbol symbol : group.keys->alphabet(p)) {
        const auto at = std::lower_bound(all.begin(), all.end(), symbol) - all.begin();
        group.contribution[p].push_back(length.weights[p] * static_cast<Uint128>(at));
      }
    }
  }
  lengths_.push_back(std::move(length));
  return {};
}

Uint128 SerialOrder::PlaceOfKey(size_t group, uint64_t key) const {
  if (!shared(group)) return key;
  uint16_t codes[kMaxMarkSymbols];
  groups_[group].keys->Read(key, key + 1, codes);
  return Place(group, codes);
}

Uint128 SerialOrder::PlaceInGroup(const KeyGroup& group, std::u32string_view items) const {
  uint64_t first = 0, last = group.size();
  uint16_t codes[kMaxMarkSymbols + 1] = {};
  for (uint32_t p = 0; p < items.size() && first < last; ++p) {
    const auto alphabet = group.alphabet(p);
    const auto at = std::lower_bound(alphabet.begin(), alphabet.end(), items[p]);
    if (at == alphabet.end()) return last;
    codes[p] = static_cast<uint16_t>(at - alphabet.begin());
    first = group.LowerBound(first, last, codes, p + 1);
    if (*at != items[p]) return first;
    if (codes[p] + size_t{1} < alphabet.size()) {
      ++codes[p];
      last = group.LowerBound(first, last, codes, p + 1);
      --codes[p];
    }
  }
  return first;
}

Uint128 SerialOrder::PlaceOfItems(std::u32string_view items) const {
  const auto at = std::find_if(lengths_.begin(), lengths_.end(),
                               [&](const Length& length) { return length.length == items.size(); });
  if (at == lengths_.end()) return 0;
  if (at->groups == 1) return PlaceInGroup(*groups_[at->first_group].keys, items);
  Uint128 place = 0;
  for (uint32_t p = 0; p < items.size(); ++p) {
    const auto& all = at->alphabets[p];
    const auto symbol = std::lower_bound(all.begin(), all.end(), items[p]);
    place += at->weights[p] * static_cast<Uint128>(symbol - all.begin());
    if (symbol == all.end() || *symbol != items[p]) break;
  }
  return place;
}

}  // namespace burin::internal
