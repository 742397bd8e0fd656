// Joint evidence: burin/joint.h in C++. Part of burin.hpp, which includes it.
#ifndef BURIN_BURIN_JOINT_HPP_
#define BURIN_BURIN_JOINT_HPP_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "burin/burin.hpp"

namespace burin {

// Names that mean the same: the library's table, and a file of one's own before it. Since 0.1.
class Synonyms {
 public:
  Synonyms() : Synonyms(nullptr) {}
  explicit Synonyms(const std::string& path) : Synonyms(path.c_str()) {}
  bool Same(const std::string& attribute, std::string_view a, std::string_view b) const {
    return burin_synonyms_same(get(), attribute.c_str(), {a.data(), a.size()}, {b.data(), b.size()}) != 0;
  }
  const burin_synonyms* get() const { return handle_.get(); }

 private:
  explicit Synonyms(const char* path) {
    burin_synonyms* raw = nullptr;
    detail::Call(burin_synonyms_open, path, &raw);
    handle_.reset(raw);
  }
  detail::Owned<burin_synonyms, &burin_synonyms_destroy> handle_;
};

// Evidence beside a reading, for Search::joint. Since 0.1.
class Joint {
 public:
  Joint() = default;
  Joint(const Joint&) = delete;
  Joint& operator=(const Joint&) = delete;

  // Probability 0: the library's default.
  void Believe(std::string attribute, std::string value, double probability = 0) {
    beliefs_.push_back({std::move(attribute), std::move(value), probability});
  }
  void Use(Synonyms synonyms) { synonyms_.emplace(std::move(synonyms)); }
  // A further mark of the weapon, on another component.
  void Mark(std::string component, Reading reading) { marks_.push_back({std::move(component), std::move(reading)}); }
  // What component the reading of the search is of, with further marks; empty: the control component.
  void SetComponent(std::string component) { component_ = std::move(component); }
  bool has_marks() const { return !marks_.empty(); }
  // A further reading of the mark that the search's reading is of.
  void Also(Reading reading) { also_.push_back(std::move(reading)); }
  // Of a term that is about a mark: its component; empty for the reading, if nothing was said.
  const std::string& ComponentOf(const burin_joint_term& term) const {
    return term.number == 0 ? component_ : marks_[term.number - 1].component;
  }
  // As the C API takes it; valid until this changes.
  const burin_joint_options* get() {
    raw_beliefs_.clear();
    for (const Stated& b : beliefs_) {
      raw_beliefs_.push_back({b.attribute.c_str(), b.value.c_str(), b.probability, nullptr});
    }
    options_.beliefs = raw_beliefs_.data();
    options_.belief_count = raw_beliefs_.size();
    raw_marks_.clear();
    for (const Asked& mark : marks_) raw_marks_.push_back({mark.component.c_str(), mark.reading.get()});
    options_.marks = raw_marks_.data();
    options_.mark_count = raw_marks_.size();
    raw_also_.clear();
    for (const Reading& reading : also_) raw_also_.push_back(reading.get());
    options_.also = raw_also_.data();
    options_.also_count = raw_also_.size();
    options_.component = component_.empty() || marks_.empty() ? nullptr : component_.c_str();
    options_.synonyms = synonyms_ ? synonyms_->get() : nullptr;
    return &options_;
  }

 private:
  struct Stated {
    std::string attribute, value;
    double probability;
  };
  struct Asked {
    std::string component;
    Reading reading;
  };
  std::vector<Stated> beliefs_;
  std::vector<Asked> marks_;
  std::vector<Reading> also_;
  std::string component_;
  std::optional<Synonyms> synonyms_;
  std::vector<burin_belief> raw_beliefs_;
  std::vector<burin_asked_mark> raw_marks_;
  std::vector<const burin_reading*> raw_also_;
  burin_joint_options options_ = BURIN_JOINT_OPTIONS_INIT;
};

// The terms of a match's cost. Since 0.1.
inline std::span<const burin_joint_term> JointTerms(Result* result, std::size_t i) {
  const burin_joint_term* terms = nullptr;
  std::size_t count = 0;
  detail::Call(burin_result_joint, result->get(), i, &terms, &count);
  return {terms, count};
}

}  // namespace burin

#endif
