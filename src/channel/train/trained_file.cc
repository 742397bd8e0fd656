#include "src/channel/train/trained_file.h"

#include <charconv>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "src/channel/file/channel_write.h"

namespace burin::internal {
namespace {

constexpr size_t kMaxTextBytes = 2000;

// With one decimal, or as short as it goes.
std::string Rounded(double number) {
  char text[64];
  return {text, std::to_chars(text, std::end(text), number, std::chars_format::fixed, 1).ptr};
}
std::string Shortest(double number) {
  char text[64];
  return {text, std::to_chars(text, std::end(text), number).ptr};
}

double Sum(const double* numbers, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += numbers[i];
  return sum;
}
double Sum(const std::vector<double>& numbers) { return Sum(numbers.data(), numbers.size()); }

bool SameAffix(const Affix& a, const Affix& b) { return a.p == b.p && a.counts == b.counts; }
bool SameStructure(const Structure& a, const Structure& b) {
  return SameAffix(a.prefix_lost, b.prefix_lost) && SameAffix(a.suffix_lost, b.suffix_lost) &&
         SameAffix(a.prefix_added, b.prefix_added) && SameAffix(a.suffix_added, b.suffix_added) &&
         SameAffix(a.zeros_added, b.zeros_added) && a.zeros_lost == b.zeros_lost && a.last_four == b.last_four &&
         a.letters_lost == b.letters_lost && a.blocks_swapped == b.blocks_swapped;
}
bool SameRewrites(const std::vector<Rewrite>& a, const std::vector<Rewrite>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].p != b[i].p) return false;
  }
  return true;
}

class Provenance {
 public:
  Provenance(const ChannelFile& parent, const TrainingResult& result, std::string common)
      : result_(result), common_(std::move(common)), texts_(parent.provenance) {
    // The file states what came of these.
    texts_.erase("rate");
    texts_.erase("shares");
  }
  void Add(const std::string& member, bool same, const std::string& seen) {
    if (same) return;
    std::string text = common_ + ": " + seen + ".";
    const std::string begin = member + ": ";
    for (const std::string& line : result_.limited) {
      if (line.compare(0, begin.size(), begin) == 0) text += " Note: " + line.substr(begin.size()) + ".";
    }
    if (text.size() > kMaxTextBytes) text.resize(kMaxTextBytes);
    texts_[member] = text;
  }
  std::map<std::string, std::string> Take() { return std::move(texts_); }

 private:
  const TrainingResult& result_;
  std::string common_;
  std::map<std::string, std::string> texts_;
};

std::string Of(double some, const char* what, double all, const char* of) {
  return Rounded(some) + " " + what + " in " + Rounded(all) + " " + of;
}

}  // namespace

Result<ChannelFile> MakeTrainedFile(const ChannelFile& parent, const TrainingResult& result,
                                    const TrainingOptions& options, const TrainingNames& names, uint64_t pairs) {
  ChannelFile file;
  file.channel = result.channel;
  file.channel.name = names.channel;
  file.parent = parent.channel.name;
  file.description = "Trained from " + parent.channel.name + ".";
  const std::string kind = options.pairs == PairsAre::kReadings ? " pairs of readings of one mark"
                           : options.pairs == PairsAre::kErrors ? " pairs of a wrong reading and its mark"
                                                                : " pairs of a reading and its mark";
  std::string common = "Expected in training on " + std::to_string(pairs) + kind;
  if (!names.set.empty()) common += " (" + names.set + ")";
  if (!names.date.empty()) common += ", " + names.date;
  common += ", smoothed towards " + parent.channel.name + " (weight " + Shortest(options.weight) + ")";
  if (common.size() > kMaxTextBytes / 2) {
    return Status(StatusCode::kInvalidArgument, "the set and the date are longer than 1000 bytes together");
  }

  Provenance provenance(parent, result, common);
  const Channel &before = parent.channel, &now = file.channel;
  const MoveCounts& c = result.expected;
  const double symbols = c.erased + c.swapped + c.rest;
  provenance.Add("insert", now.insert == before.insert, Of(c.inserted, "added", c.gaps, "gaps"));
  provenance.Add("erase", now.erase == before.erase, Of(c.erased, "lost", symbols, "symbols"));
  provenance.Add("swap", now.swap == before.swap, Of(c.swapped, "swapped", symbols, "symbols"));
  std::string misread;
  for (size_t doubt = 0; doubt < kDoubts; ++doubt) {
    constexpr const char* kNames[] = {"certain", "probable", "possible"};
    const double wrong = Sum(&c.wrong[doubt * kChannelSymbols * kChannelSymbols], kChannelSymbols * kChannelSymbols);
    const double right = Sum(&c.right[doubt * kChannelSymbols], kChannelSymbols);
    misread +=
        (doubt == 0 ? "" : ", ") + std::string(kNames[doubt]) + " " + Of(wrong, "misread", wrong + right, "read");
  }
  provenance.Add("misread", now.error == before.error, misread);
  provenance.Add("confusion", now.confusion == before.confusion, Rounded(Sum(c.wrong)) + " misread");
  provenance.Add("rewrites", SameRewrites(now.rewrites, before.rewrites), Rounded(Sum(c.rewritten)) + " rewritten");
  const double happened = Sum(c.structure.data(), kNothingHappened);
  provenance.Add("structure", SameStructure(now.structure, before.structure),
                 Of(happened, "mistakes", happened + c.structure[kNothingHappened], "marks"));
  file.provenance = provenance.Take();
  Result<std::string> hash = HashChannel(file.channel, file.validated_by);
  if (!hash.ok()) return hash.status();
  file.hash = *std::move(hash);
  // What is not as a file must be, such as the name, is found by reading it.
  const Result<ChannelFile> read =
      ParseChannelFile(WriteChannelFile(file), "channel", [](std::string_view) { return std::nullopt; });
  if (!read.ok()) return Status(StatusCode::kInvalidArgument, read.status().message());
  return read;
}

}  // namespace burin::internal
