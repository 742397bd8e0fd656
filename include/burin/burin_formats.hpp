// Formats of makers: burin/formats.h in C++. Part of burin.hpp, which includes it.
#ifndef BURIN_BURIN_FORMATS_HPP_
#define BURIN_BURIN_FORMATS_HPP_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "burin/burin.hpp"
#include "burin/formats.h"

namespace burin {

// What the serials of makers look like. Any number of threads may use one. Since 0.1.
class Formats {
 public:
  // The table that the library brings.
  Formats() { Open(nullptr); }
  explicit Formats(const std::string& path) { Open(path.c_str()); }

  std::size_t size() const { return burin_formats_count(handle_.get()); }
  burin_format operator[](std::size_t i) const {
    burin_format format = BURIN_FORMAT_INIT;
    detail::Call(burin_formats_get, handle_.get(), i, &format);
    return format;
  }
  // Numbers of formats, ascending.
  std::vector<std::uint32_t> Match(const Reading& reading) const {
    std::vector<std::uint32_t> fitting(size());
    std::size_t needed = 0;
    detail::Call(burin_formats_match, handle_.get(), reading.get(), fitting.data(), fitting.size(), &needed);
    fitting.resize(needed);
    return fitting;
  }
  std::vector<std::uint32_t> MatchSerial(std::string_view text) const {
    std::vector<std::uint32_t> fitting(size());
    std::size_t needed = 0;
    detail::Call(burin_formats_match_serial, handle_.get(), text.data(), text.size(), fitting.data(), fitting.size(),
                 &needed);
    fitting.resize(needed);
    return fitting;
  }
  burin_maker_verdict Judge(std::span<const std::uint32_t> fitting, std::string_view maker,
                            std::string_view model = {}) const {
    burin_maker_verdict verdict = BURIN_MAKER_VERDICT_INIT;
    detail::Call(burin_formats_judge, handle_.get(), fitting.data(), fitting.size(), detail::View(maker),
                 detail::View(model), &verdict);
    return verdict;
  }
  std::string Explain(std::span<const std::uint32_t> fitting, std::string_view maker,
                      std::string_view model = {}) const {
    std::string text;
    for (std::size_t needed = 0;; text.resize(needed)) {
      detail::Call(burin_formats_explain, handle_.get(), fitting.data(), fitting.size(), detail::View(maker),
                   detail::View(model), text.data(), text.size(), &needed);
      if (needed == text.size()) return text;
    }
  }
  bool IsOf(std::size_t i, std::string_view maker) const {
    return burin_formats_is_of(handle_.get(), i, detail::View(maker)) != 0;
  }
  const burin_formats* get() const { return handle_.get(); }

 private:
  void Open(const char* path) {
    burin_formats* raw = nullptr;
    detail::Call(burin_formats_open, path, &raw);
    handle_.reset(raw);
  }
  detail::Owned<burin_formats, &burin_formats_destroy> handle_;
};

}  // namespace burin

#endif
