#include "src/report/audit.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>
#include <utility>

#include "src/base/bytes.h"
#include "src/base/sha256.h"
#include "src/channel/strict_json.h"
#include "src/report/canonical_json.h"
#include "src/report/log_chain.h"
#include "src/report/query_log.h"

namespace burin::internal {
namespace {

constexpr size_t kHashDigits = 64;

// One chain, read from its first byte on.
class ChainReader {
 public:
  ChainReader(std::string_view bytes, const std::string& path, const std::string& name, uint32_t number)
      : bytes_(bytes), path_(path), name_(name), number_(number) {}

  Status Run(const std::map<uint64_t, std::string>& heads, AuditedChain* chain, std::vector<AuditedLine>* lines) {
    chain->head.chain = name_;
    while (!bytes_.empty()) {
      const size_t end = bytes_.find('\n');
      if (end == std::string_view::npos) break;
      const std::string_view text = bytes_.substr(0, end);
      bytes_.remove_prefix(end + 1);
      if (Status status = ReadLine(text, lines); !status.ok()) return status;
      Result<std::string> hash = Sha256Hex(text);
      if (!hash.ok()) return hash.status();
      previous_ = *std::move(hash);
      ++line_;
      const auto head = heads.find(line_);
      if (head != heads.end() && head->second != previous_) {
        return Corrupt(line_,
                       "is not the line that was deposited: its hash is " + previous_ + " instead of " + head->second);
      }
    }
    chain->head.lines = line_;
    chain->head.sha256 = previous_;
    chain->unfinished = !bytes_.empty() || line_ == 0;
    if (!heads.empty() && heads.rbegin()->first > line_) {
      return Corrupt(line_ + 1, "is not there: " + std::to_string(heads.rbegin()->first) + " lines were deposited");
    }
    return {};
  }

 private:
  // `line`: from 1.
  Status Corrupt(uint64_t line, const std::string& what) const {
    return Status(StatusCode::kCorrupt, path_ + ": line " + std::to_string(line) + ": " + what);
  }

  Status ReadLine(std::string_view text, std::vector<AuditedLine>* lines) {
    const std::string where = path_ + ": line " + std::to_string(line_ + 1);
    const Result<Json> json = ParseStrictJson(text, kMaxLogLine, where);
    if (!json.ok()) return Status(StatusCode::kCorrupt, json.status().message());
    const auto text_of = [&](const char* member) {
      const auto at = json->is_object() ? json->find(member) : json->end();
      return at != json->end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    if (!json->is_object() || CanonicalJson(*json) != text) {
      return Corrupt(line_ + 1, "is not as a query log writes it");
    }
    const auto number = json->find("line");
    if (number == json->end() || !number->is_number_unsigned() || number->get<uint64_t>() != line_) {
      return Corrupt(line_ + 1, "has another number than its place: lines are missing, moved or put in");
    }
    const auto previous = json->find("previous");
    if (previous == json->end() || !previous->is_string() || previous->get<std::string>() != previous_) {
      if (line_ == 0) return Corrupt(1, "is no beginning of a chain");
      return Corrupt(line_, "was changed: the line behind carries another hash");
    }
    if (line_ > 0) {
      lines->push_back({text, text_of("time"), number_, line_});
    } else if (text_of("format") != kChainFormat) {
      return Corrupt(1, "is no beginning of a chain");
    } else if (text_of("chain") != name_) {
      return Corrupt(1, "is the beginning of " + text_of("chain"));
    }
    return {};
  }

  std::string_view bytes_;
  const std::string& path_;
  const std::string& name_;
  const uint32_t number_;
  std::string previous_;
  uint64_t line_ = 0;
};

}  // namespace

Result<Audit> Audit::Run(Disk& disk, const std::string& directory, const std::vector<ChainHead>& heads) {
  std::vector<std::string> names;
  if (const int code = disk.List(directory, &names); code < 0) {
    return Status(StatusCode::kIo, directory + ": cannot read: " + ErrnoText(-code));
  }
  std::erase_if(names, [](const std::string& name) { return !IsChainName(name); });
  std::sort(names.begin(), names.end());
  for (const ChainHead& head : heads) {
    if (!std::binary_search(names.begin(), names.end(), head.chain)) {
      return Status(StatusCode::kCorrupt, directory + "/" + head.chain + ": is not there: " +
                                              std::to_string(head.lines) + " lines of it were deposited");
    }
  }
  Audit audit;
  for (const std::string& name : names) {
    if (Status status = audit.Read(disk, directory + "/" + name, name, heads); !status.ok()) return status;
  }
  std::sort(audit.lines_.begin(), audit.lines_.end(), [](const AuditedLine& a, const AuditedLine& b) {
    return std::tie(a.time, a.chain, a.line) < std::tie(b.time, b.chain, b.line);
  });
  return audit;
}

Status Audit::Read(Disk& disk, const std::string& path, const std::string& name, const std::vector<ChainHead>& heads) {
  MappedFile::Options options;
  options.read_into_memory = true;  // Somebody may be writing to it.
  Result<MappedFile> file = disk.Map(path, options);
  if (!file.ok()) return file.status();
  std::map<uint64_t, std::string> own;
  for (const ChainHead& head : heads) {
    if (head.chain != name) continue;
    const auto [at, is_new] = own.emplace(head.lines, head.sha256);
    if (!is_new && at->second != head.sha256) {
      return Status(StatusCode::kBadInput, name + ": two different heads of " + std::to_string(head.lines) + " lines");
    }
  }
  files_.push_back(*std::move(file));
  const std::string_view bytes = AsText(files_.back().bytes());
  const auto number = static_cast<uint32_t>(chains_.size());
  return ChainReader(bytes, path, name, number).Run(own, &chains_.emplace_back(), &lines_);
}

std::string WriteHeads(const std::vector<AuditedChain>& chains) {
  std::string text;
  for (const AuditedChain& chain : chains) {
    if (chain.head.lines == 0) continue;
    text += chain.head.sha256 + " " + std::to_string(chain.head.lines) + " " + chain.head.chain + "\n";
  }
  return text;
}

Result<std::vector<ChainHead>> ReadHeads(std::string_view text, std::string_view name) {
  std::vector<ChainHead> heads;
  for (uint64_t line = 1; !text.empty(); ++line) {
    std::string_view rest = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), rest.size() + 1));
    if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
    if (rest.empty()) continue;
    ChainHead head;
    const size_t first = rest.find(' '), second = first == rest.npos ? rest.npos : rest.find(' ', first + 1);
    bool good = first == kHashDigits && second != rest.npos &&
                rest.substr(0, first).find_first_not_of("0123456789abcdef") == rest.npos;
    if (good) {
      head.sha256 = rest.substr(0, first);
      head.chain = rest.substr(second + 1);
      const char* const end = rest.data() + second;
      const auto [stop, error] = std::from_chars(rest.data() + first + 1, end, head.lines);
      good = stop == end && error == std::errc() && head.lines > 0 && IsChainName(head.chain) &&
             head.chain.find('/') == head.chain.npos;
    }
    if (!good) {
      return Status(StatusCode::kBadInput, std::string(name) + ": line " + std::to_string(line) +
                                               ": expected a hash, a number of lines and the name of a chain");
    }
    heads.push_back(std::move(head));
  }
  return heads;
}

}  // namespace burin::internal
