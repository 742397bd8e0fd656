// Records by their recorded text in C++20: a part of burin/burin.hpp, which includes it.
#ifndef BURIN_BURIN_TEXTS_HPP_
#define BURIN_BURIN_TEXTS_HPP_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "burin/burin.hpp"

namespace burin {

// A record found by its recorded text, with its serial, or what a partial record says. Since 0.1.
struct TextRecord {
  std::uint64_t id;
  std::string serial;
};

// The records of each text, by ascending id: burin_index_find_texts. Since 0.1.
inline std::vector<std::vector<TextRecord>> FindTexts(const Index& index, std::span<const std::string_view> texts) {
  std::vector<burin_view> views;
  for (const std::string_view text : texts) views.push_back(detail::View(text));
  burin_text_records* raw = nullptr;
  detail::Call(burin_index_find_texts, index.get(), views.data(), views.size(), &raw);
  const detail::Owned<burin_text_records, &burin_text_records_destroy> records(raw);
  std::vector<std::vector<TextRecord>> found(texts.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t j = 0; j < burin_text_records_count(raw, i); ++j) {
      found[i].push_back({burin_text_records_id(raw, i, j), burin_text_records_serial(raw, i, j, nullptr)});
    }
  }
  return found;
}

}  // namespace burin

#endif
