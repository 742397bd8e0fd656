#include "src/query_log/audit.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "src/base/bytes.h"
#include "src/base/sha256.h"
#include "src/query_log/log_chain.h"

namespace burin::internal {
namespace {

constexpr size_t kHashDigits = 64;

bool IsHash(std::string_view text) {
  return text.size() == kHashDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

Result<MappedFile> ReadFile(Disk& disk, const std::string& path) {
  const Disk::Kind kind = disk.KindOf(path);
  if (kind != Disk::Kind::kFile && kind != Disk::Kind::kNothing) {
    return Status(StatusCode::kIo, path + ": is no regular file");
  }
  MappedFile::Options options;
  options.read_into_memory = true;  // Somebody may be writing to it.
  return disk.Map(path, options);
}

Status Corrupt(const std::string& path, const std::string& what) {
  return Status(StatusCode::kCorrupt, path + ": " + what);
}

std::string LinesOf(uint64_t count) { return std::to_string(count) + (count == 1 ? " line" : " lines"); }

// The current chain and its head, as they were at one moment; nothing where there is no such file.
struct LogContent {
  std::optional<MappedFile> chain;
  std::optional<std::string> head;
};

Status ReadLocked(Disk& disk, const std::string& directory, int file, LogContent* content) {
  if (file >= 0) {
    std::string head(kLogHeadBytes + 1, '\0');
    const int64_t size = disk.ReadAt(file, 0, std::as_writable_bytes(std::span(head)));
    if (size < 0) return LogFailure(directory + "/" + std::string(kHeadFile), "read", size);
    head.resize(static_cast<size_t>(size));
    content->head = std::move(head);
  }
  const std::string path = directory + "/" + std::string(kChainFile);
  if (disk.KindOf(path) == Disk::Kind::kNothing) return {};
  Result<MappedFile> chain = ReadFile(disk, path);
  if (!chain.ok()) return chain.status();
  content->chain = *std::move(chain);
  return {};
}

Result<LogContent> ReadLog(Disk& disk, const std::string& directory, const LogWait& wait) {
  const std::string path = directory + "/" + std::string(kHeadFile);
  const Disk::Kind kind = disk.KindOf(path);
  LogContent content;
  int file = -ENOENT;
  if (kind != Disk::Kind::kNothing) {
    if (kind != Disk::Kind::kFile) return Status(StatusCode::kIo, path + ": is no regular file");
    file = disk.Open(path, O_RDONLY);
    if (file < 0) return LogFailure(path, "open", file);
    // Where a reader cannot lock (some file systems), it reads what is there.
    Status status;
    if (disk.Lock(file) == -EWOULDBLOCK) status = LockLog(disk, file, path, wait);
    if (status.ok()) status = ReadLocked(disk, directory, file, &content);
    disk.Close(file);
    if (!status.ok()) return status;
    return content;
  }
  if (Status status = ReadLocked(disk, directory, -1, &content); !status.ok()) return status;
  return content;
}

}  // namespace

// Heads of the caller.
struct Audit::Wanted {
  std::map<std::string, std::map<uint64_t, std::string>> of_chains;
  std::set<std::string> anywhere;
};

Result<Audit> Audit::Run(Disk& disk, const std::string& directory, const std::vector<ChainHead>& heads,
                         const LogWait& wait) {
  const Result<std::vector<std::string>> names = OldChains(disk, directory);
  if (!names.ok()) return names.status();
  Result<LogContent> content = ReadLog(disk, directory, wait);
  if (!content.ok()) return content.status();
  Wanted wanted;
  for (const ChainHead& head : heads) {
    if (head.chain.empty()) {
      wanted.anywhere.insert(head.sha256);
      continue;
    }
    const bool is_there = head.chain == kChainFile ? content->chain.has_value()
                                                   : std::binary_search(names->begin(), names->end(), head.chain);
    if (!is_there) {
      return Corrupt(directory + "/" + head.chain, "is not there: " + LinesOf(head.lines) + " of it were deposited");
    }
    const auto [at, is_new] = wanted.of_chains[head.chain].emplace(head.lines, head.sha256);
    if (!is_new && at->second != head.sha256) {
      return Status(StatusCode::kBadInput, head.chain + ": two different heads of " + LinesOf(head.lines));
    }
  }
  Audit audit;
  for (const std::string& name : *names) {
    if (Status status = audit.ReadOld(disk, directory, name, &wanted); !status.ok()) return status;
  }
  if (content->chain) {
    audit.files_.push_back(*std::move(content->chain));
    audit.has_head_ = true;
    const std::string_view bytes = AsText(audit.files_.back().bytes());
    if (Status status = audit.ReadCurrent(bytes, content->head.value_or(""), directory, &wanted); !status.ok()) {
      return status;
    }
  } else if (content->head && !content->head->empty()) {
    return Corrupt(directory + "/" + std::string(kChainFile), "is not there, but its head is");
  } else if (names->empty()) {
    return Corrupt(directory, "holds no query log");
  } else {
    audit.notes_.push_back(directory +
                           ": written by an earlier version: the last line of each chain, and whole chains, " +
                           "are proved by deposited heads alone");
  }
  if (!wanted.anywhere.empty()) {
    return Corrupt(directory, "no line has the hash " + *wanted.anywhere.begin() +
                                  ": lines were cut off, put back or changed, or files removed");
  }
  std::sort(audit.lines_.begin(), audit.lines_.end(), [](const AuditedLine& a, const AuditedLine& b) {
    return std::tie(a.time, a.chain, a.line) < std::tie(b.time, b.chain, b.line);
  });
  return audit;
}

Status Audit::ReadOld(Disk& disk, const std::string& directory, const std::string& name, Wanted* wanted) {
  const std::string path = directory + "/" + name;
  Result<MappedFile> file = ReadFile(disk, path);
  if (!file.ok()) return file.status();
  files_.push_back(*std::move(file));
  const std::string_view bytes = AsText(files_.back().bytes());
  ChainReader reader(bytes, kOldFormat, path, name, static_cast<uint32_t>(chains_.size()));
  if (Status status = reader.Run(wanted->of_chains[name], &wanted->anywhere, &lines_); !status.ok()) return status;
  Result<LogLink> link = LinkOf(name, bytes);
  if (!link.ok()) return link.status();
  old_.push_back(*std::move(link));
  const bool unfinished = !reader.rest().empty() || reader.end().lines == 0;
  chains_.push_back({{name, reader.end().lines, reader.end().sha256}, unfinished});
  if (unfinished) {
    notes_.push_back(path + ": line " + std::to_string(reader.end().lines + 1) +
                     ": has no end: its writer was stopped, or is writing it");
  }
  return {};
}

Status Audit::ReadCurrent(std::string_view bytes, std::string_view head, const std::string& directory, Wanted* wanted) {
  const std::string name(kChainFile), path = directory + "/" + name;
  ChainReader reader(bytes, kLogFormat, path, name, static_cast<uint32_t>(chains_.size()));
  if (Status status = reader.Run(wanted->of_chains[name], &wanted->anywhere, &lines_); !status.ok()) return status;
  if (Status status = CheckLinks(reader.links(), directory); !status.ok()) return status;
  if (Status status = CheckHead(reader, head, directory); !status.ok()) return status;
  if (Status status = CheckGaps(reader, path); !status.ok()) return status;
  chains_.push_back({{name, reader.end().lines, reader.end().sha256}, !reader.rest().empty()});
  return {};
}

// A line that says what is wrong before it is an error, until somebody who has noted a head behind it knows of it.
Status Audit::CheckGaps(const ChainReader& reader, const std::string& path) {
  for (const auto& [line, gap] : reader.gaps()) {
    if (gap.unfinished > 0) {
      notes_.push_back(path + ": line " + std::to_string(line + 1) + ": before it, " + LinesOf(gap.unfinished) +
                       " whose writer was stopped");
    }
    std::string what;
    if (gap.lost && gap.lost->sha256.empty()) {
      what = "says that the log before it was lost or removed";
    } else if (gap.lost) {
      what = "says that of " + LinesOf(gap.lost->lines) + " before it, up to the hash " + gap.lost->sha256 +
             ", some were lost or removed";
    } else if (gap.found) {
      what = "says that the lines before it from line " + std::to_string(*gap.found + 1) + " on were in no head";
    }
    if (what.empty()) continue;
    if (line >= reader.vouched()) return reader.Corrupt(line + 1, what);
    notes_.push_back(path + ": line " + std::to_string(line + 1) + ": " + what + "; a head behind it was noted");
  }
  return {};
}

Status Audit::CheckHead(const ChainReader& reader, std::string_view text, const std::string& directory) {
  const std::string path = directory + "/" + std::string(kHeadFile);
  if (text.empty()) return Corrupt(path, "is not there: it was removed, or the log was just being begun");
  const std::optional<LogHead> head = ReadLogHead(text);
  if (!head) return Corrupt(path, "is not as a query log writes it");
  const LogState& state = head->state;
  const auto is_at = [&state](const ChainPlace& place) {
    return place.lines == state.lines && place.bytes == state.bytes && place.sha256 == state.sha256;
  };
  const uint64_t lines = reader.end().lines;
  if (lines < state.lines) {
    return reader.Corrupt(lines + 1, "is not there: the head says " + LinesOf(state.lines));
  }
  const bool written = is_at(reader.before_last()) && reader.end().sha256 == head->next && reader.rest().empty();
  if (!written) {
    if (lines > state.lines) return reader.Corrupt(state.lines + 1, "is behind the line that the head names");
    if (!is_at(reader.end())) return reader.Corrupt(lines, "is not the line that the head names");
    if (!reader.rest().empty() && head->next.empty()) {
      return reader.Corrupt(lines + 1, "has no end, and no writer was stopped there");
    }
  }
  if (state.gap.lost || state.gap.found) {
    return reader.Corrupt(lines + 1, "is not there, which would say that lines before it were lost, or are in no head");
  }
  // A whole line has said what was before it; another one adds to that.
  const uint64_t most = state.gap.unfinished + (written ? 1 : 0);
  if (reader.unfinished() > 0 && reader.unfinished() != most) return reader.Unfinished();
  if (state.gap.unfinished > 0 && reader.unfinished() > 0 && reader.unfinished_after() != state.gap.after) {
    return reader.Corrupt(lines - reader.unfinished(), "was changed: the head carries another hash");
  }
  if (!written && reader.unfinished() != state.gap.unfinished) {
    return Corrupt(path, "says that a line is none, and it is one");
  }
  if (reader.unfinished() > 0 || !reader.rest().empty()) {
    notes_.push_back(reader.path() + ": line " + std::to_string(lines + (reader.rest().empty() ? 0 : 1)) +
                     ": has no end: its writer was stopped, and no answer shown");
  } else if (!head->next.empty()) {
    notes_.push_back(reader.path() + ": line " + std::to_string(lines + (written ? 0 : 1)) +
                     ": its writer was stopped " + (written ? "behind it" : "before it") + ", and no answer shown");
  }
  return {};
}

Status Audit::CheckLinks(const std::vector<LogLink>& links, const std::string& directory) const {
  const auto unlinked = [&](const std::string& name) {
    return Corrupt(directory + "/" + name,
                   "is not linked: an earlier version wrote it beside the log, or somebody put it there");
  };
  size_t i = 0;
  for (const LogLink& link : links) {
    if (i < old_.size() && old_[i].chain < link.chain) return unlinked(old_[i].chain);
    if (i == old_.size() || old_[i].chain != link.chain) {
      return Corrupt(directory + "/" + link.chain, "is not there: the log links " + LinesOf(link.lines) + " of it");
    }
    if (old_[i] != link) {
      return Corrupt(directory + "/" + link.chain,
                     "is not what the log links: it was changed, or an earlier version went on writing to it");
    }
    ++i;
  }
  return i == old_.size() ? Status() : unlinked(old_[i].chain);
}

std::string Audit::Heads() const {
  std::string text;
  for (size_t i = has_head_ ? chains_.size() - 1 : 0; i < chains_.size(); ++i) {
    const ChainHead& head = chains_[i].head;
    if (head.lines > 0) text += head.sha256 + " " + std::to_string(head.lines) + " " + head.chain + "\n";
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
    if (rest.size() == kHashDigits && IsHash(rest)) {
      heads.push_back({"", 0, std::string(rest)});
      continue;
    }
    const size_t first = rest.find(' '), second = first == rest.npos ? rest.npos : rest.find(' ', first + 1);
    bool good = first == kHashDigits && second != rest.npos && IsHash(rest.substr(0, first));
    if (good) {
      head.sha256 = rest.substr(0, first);
      head.chain = rest.substr(second + 1);
      const char* const end = rest.data() + second;
      const auto [stop, error] = std::from_chars(rest.data() + first + 1, end, head.lines);
      good = stop == end && error == std::errc() && head.lines > 0 && head.chain.find('/') == head.chain.npos &&
             (head.chain == kChainFile || IsOldChainName(head.chain));
    }
    if (!good) {
      return Status(StatusCode::kBadInput,
                    std::string(name) + ": line " + std::to_string(line) +
                        ": expected a hash, a number of lines and the name of a chain, or a hash");
    }
    heads.push_back(std::move(head));
  }
  return heads;
}

}  // namespace burin::internal
