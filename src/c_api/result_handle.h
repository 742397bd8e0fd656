// A result of the C API: the matches, and what is made of each when it is asked for.
#ifndef BURIN_SRC_C_API_RESULT_HANDLE_H_
#define BURIN_SRC_C_API_RESULT_HANDLE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "burin/search.h"
#include "src/c_api/reading_content.h"
#include "src/channel/channel_file.h"
#include "src/index/index.h"
#include "src/search/priced_reading.h"
#include "src/search/search.h"

struct burin_result {
  struct Texts {
    std::optional<std::string> serial, text, key, source;
    std::optional<std::vector<burin_move>> moves;
  };

  // `under` is nullptr with unit costs.
  burin_result(std::shared_ptr<const burin::internal::Index> searched,
               std::shared_ptr<const burin::internal::ChannelFile> under,
               std::shared_ptr<const burin::internal::ReadingContent> read,
               burin::internal::PricedReading priced_reading, const burin::internal::SearchResult& found);

  // A result that grows: one more match; then what the search says of all of them.
  void Add(const burin::internal::Hit& hit);
  void Finish(const burin::internal::SearchResult& found);

  std::u32string Items(const burin_match& match) const;
  // The number of a match's record in the index.
  uint64_t RecordOf(size_t i) const;
  Texts& TextsOf(size_t i);
  const std::string& Serial(size_t i);
  const std::string& Text(size_t i);
  const std::string& Key(size_t i);
  const std::string& Source(size_t i);
  const std::vector<burin_move>& Moves(size_t i);

  std::shared_ptr<const burin::internal::Index> index;
  std::shared_ptr<const burin::internal::ChannelFile> channel;
  std::shared_ptr<const burin::internal::ReadingContent> reading;
  burin::internal::PricedReading priced;  // Borrows the reading's lattice and the channel.
  std::vector<burin_match> matches;
  bool complete;
  uint32_t certificate;
  uint64_t work;
  uint64_t not_searched;
  std::vector<std::unique_ptr<Texts>> texts;  // By match; empty until one is asked for.
};

#endif
