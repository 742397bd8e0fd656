// Training of channels: burin/train.h in C++. Part of burin.hpp, which includes it.
#ifndef BURIN_BURIN_TRAIN_HPP_
#define BURIN_BURIN_TRAIN_HPP_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "burin/burin.hpp"
#include "burin/train.h"

namespace burin {

// Pairs in, a channel out. Since 0.1.
class Trainer {
 public:
  explicit Trainer(const burin_trainer_options& options = BURIN_TRAINER_OPTIONS_INIT) {
    burin_trainer* raw = nullptr;
    detail::Call(burin_trainer_create, &options, &raw);
    handle_.reset(raw);
  }

  // A reading, and its mark or another reading.
  void AddPair(std::string_view read, std::string_view other, double weight = 1) {
    detail::Call(burin_trainer_add_pair, handle_.get(), detail::View(read), detail::View(other), weight);
  }
  void AddTable(Table& table, const burin_mapping& mapping = BURIN_MAPPING_INIT) {
    detail::Call(burin_trainer_add_table, handle_.get(), table.get(), &mapping);
  }
  Channel Run(burin_training_report* report = nullptr) {
    burin_channel* raw = nullptr;
    detail::Call(burin_trainer_run, handle_.get(), &raw, report);
    return Channel(raw);
  }
  // What was held at limits; live as long as the trainer.
  std::vector<std::string_view> notes() const {
    std::vector<std::string_view> all;
    while (const char* note = burin_trainer_note(handle_.get(), all.size())) all.emplace_back(note);
    return all;
  }
  double related(std::size_t i) const { return burin_trainer_related(handle_.get(), i); }
  void WritePairs(const std::string& path) const {
    detail::Call(burin_trainer_write_pairs, handle_.get(), path.c_str());
  }

 private:
  detail::Owned<burin_trainer, &burin_trainer_destroy> handle_;
};

}  // namespace burin

#endif
