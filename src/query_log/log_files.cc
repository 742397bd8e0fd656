#include "src/query_log/log_files.h"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "src/base/bytes.h"
#include "src/base/sha256.h"
#include "src/query_log/log_beginning.h"

namespace burin::internal {
namespace {

Status MakeLogDirectory(Disk& disk, const std::string& directory, bool durable) {
  if (disk.KindOf(directory) != Disk::Kind::kNothing) return {};
  if (const int code = disk.MakeDirectory(directory); code < 0 && code != -EEXIST) {
    return LogFailure(directory, "create", code);
  }
  if (!durable) return {};
  const int code = disk.SyncDirectory(DirectoryOf(directory));
  return code < 0 ? LogFailure(directory, "sync", code) : Status();
}

// Opening something else, a pipe, could wait for ever.
Status CheckIsFile(Disk& disk, const std::string& path) {
  const Disk::Kind kind = disk.KindOf(path);
  if (kind == Disk::Kind::kNothing || kind == Disk::Kind::kFile) return {};
  return Status(StatusCode::kIo, path + ": is no regular file");
}

}  // namespace

LogFiles::LogFiles(Disk& disk, const std::string& directory, bool durable)
    : disk_(disk),
      durable_(durable),
      chain_path_(directory + "/" + std::string(kChainFile)),
      head_path_(directory + "/" + std::string(kHeadFile)) {}

LogFiles::~LogFiles() {
  if (chain_ >= 0) disk_.Close(chain_);
  if (head_ >= 0) disk_.Close(head_);
}

Result<std::unique_ptr<LogFiles>> LogFiles::Open(Disk& disk, const std::string& directory, std::string_view time,
                                                 bool durable, const LogWait& wait) {
  if (Status status = MakeLogDirectory(disk, directory, durable); !status.ok()) return status;
  std::unique_ptr<LogFiles> files(new LogFiles(disk, directory, durable));
  if (Status status = files->OpenFiles(directory, time, wait); !status.ok()) return status;
  return files;
}

Status LogFiles::OpenFiles(const std::string& directory, std::string_view time, const LogWait& wait) {
  for (const std::string* path : {&head_path_, &chain_path_}) {
    if (Status status = CheckIsFile(disk_, *path); !status.ok()) return status;
  }
  const bool is_new = disk_.KindOf(head_path_) == Disk::Kind::kNothing;
  head_ = disk_.Open(head_path_, O_RDWR | O_CREAT);
  if (head_ < 0) return LogFailure(head_path_, "open", head_);
  if (Status status = Lock(wait); !status.ok()) return status;
  Status status;
  if (disk_.KindOf(chain_path_) == Disk::Kind::kNothing) status = Begin(directory, time);
  if (status.ok()) {
    chain_ = disk_.Open(chain_path_, O_WRONLY | O_APPEND);
    if (chain_ < 0) status = LogFailure(chain_path_, "open", chain_);
  }
  // A chain without a head, or one whose beginning was interrupted.
  if (status.ok()) status = Settle().status();
  if (status.ok() && is_new && durable_) {
    if (const int code = disk_.SyncDirectory(directory); code < 0) status = LogFailure(directory, "sync", code);
  }
  Unlock();
  return status;
}

Status LogFiles::Begin(const std::string& directory, std::string_view time) {
  Result<std::optional<LogHead>> before = ReadHead();
  if (!before.ok()) return before.status();
  const Result<uint64_t> size = SizeOf(head_, head_path_);
  if (!size.ok()) return size.status();
  LogGap gap;
  if (*before) {
    gap.lost = LogGap::Lost{(*before)->state.lines, (*before)->state.sha256};
  } else if (*size > 0) {
    gap.lost = LogGap::Lost{};  // There was a chain; how much of it nobody can say.
  }
  const Result<std::string> text = BeginLog(disk_, directory, time, gap);
  if (!text.ok()) return text.status();
  const std::string path = directory + "/" + std::string(kNewChainFile);
  disk_.Remove(path);  // Of a process that was stopped here.
  chain_ = disk_.Open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND);
  if (chain_ < 0) return LogFailure(path, "create", chain_);
  Status status = WriteChain(*text, durable_);
  if (const int code = disk_.Close(std::exchange(chain_, -1)); code < 0 && status.ok()) {
    status = LogFailure(path, "close", code);
  }
  if (!status.ok()) return status;
  if (const int code = disk_.Rename(path, chain_path_); code < 0) return LogFailure(path, "rename", code);
  if (!durable_) return {};
  const int code = disk_.SyncDirectory(directory);
  return code < 0 ? LogFailure(directory, "sync", code) : Status();
}

Result<uint64_t> LogFiles::SizeOf(int file, const std::string& path) {
  const int64_t size = disk_.SizeOf(file, path);
  if (size >= 0) return static_cast<uint64_t>(size);
  if (size != -ESTALE) return LogFailure(path, "read", size);
  return Status(StatusCode::kIo, path + ": was moved or removed while this process has the log open");
}

Result<std::optional<LogHead>> LogFiles::ReadHead() {
  std::string text(kLogHeadBytes + 1, '\0');
  const int64_t size = disk_.ReadAt(head_, 0, std::as_writable_bytes(std::span(text)));
  if (size < 0) return LogFailure(head_path_, "read", size);
  return ReadLogHead(std::string_view(text).substr(0, static_cast<size_t>(size)));
}

Result<LogState> LogFiles::Settle() {
  if (const Result<uint64_t> named = SizeOf(head_, head_path_); !named.ok()) return named.status();
  const Result<uint64_t> size = SizeOf(chain_, chain_path_);
  if (!size.ok()) return size.status();
  Result<std::optional<LogHead>> head = ReadHead();
  if (!head.ok()) return head.status();
  if (*head && (*head)->next.empty() && (*head)->state.bytes == *size) return (*head)->state;
  // Somebody was stopped while writing, or the files were changed: what is there says which.
  MappedFile::Options options;
  options.read_into_memory = true;
  const Result<MappedFile> chain = disk_.Map(chain_path_, options);
  if (!chain.ok()) return chain.status();
  Result<SettledChain> settled = SettleChain(AsText(chain->bytes()), *head);
  if (!settled.ok()) return settled.status();
  LogState state = std::move(settled->state);
  if (settled->rest.empty()) {
    if (Status status = WriteChain("", durable_); !status.ok()) return status;
  } else {
    // To be found by the next one, as it was by this one, if this one is stopped too.
    Result<std::string> hash = Sha256Hex(settled->rest);
    if (!hash.ok()) return hash.status();
    if (Status status = WriteHead(state, *hash, durable_); !status.ok()) return status;
    if (Status status = WriteChain("\n", durable_); !status.ok()) return status;
    if (IsLogLine(settled->rest, state.lines, state.sha256)) {
      state.gap = {};  // It lacked but its end.
    } else {
      state.gap.AddUnfinished(state.sha256);
    }
    state.bytes += settled->rest.size() + 1;
    state.lines += 1;
    state.sha256 = *std::move(hash);
  }
  if (Status status = WriteHead(state, "", durable_); !status.ok()) return status;
  return state;
}

Status LogFiles::Append(const LogState& state, std::string line, bool sync) {
  Result<std::string> hash = Sha256Hex(line);
  if (!hash.ok()) return hash.status();
  line += '\n';
  if (Status status = WriteHead(state, *hash, sync); !status.ok()) return status;
  if (Status status = WriteChain(line, sync); !status.ok()) return status;
  LogState after;
  after.bytes = state.bytes + line.size();
  after.lines = state.lines + 1;
  after.sha256 = *std::move(hash);
  return WriteHead(after, "", false);
}

Status LogFiles::Sync() {
  if (const int code = disk_.Sync(head_); code < 0) return LogFailure(head_path_, "sync", code);
  const int code = disk_.Sync(chain_);
  return code < 0 ? LogFailure(chain_path_, "sync", code) : Status();
}

Status LogFiles::WriteHead(const LogState& state, const std::string& next, bool sync) {
  const std::string text = WriteLogHead({state, next});
  if (const int code = disk_.WriteAt(head_, 0, AsBytes(text)); code < 0) return LogFailure(head_path_, "write", code);
  if (!sync) return {};
  const int code = disk_.Sync(head_);
  return code < 0 ? LogFailure(head_path_, "sync", code) : Status();
}

Status LogFiles::WriteChain(std::string_view text, bool sync) {
  for (ByteSpan left = AsBytes(text); !left.empty();) {
    const int64_t written = disk_.Write(chain_, left);
    if (written < 0) return LogFailure(chain_path_, "write", written);
    left = left.subspan(static_cast<size_t>(written));
  }
  if (!sync) return {};
  const int code = disk_.Sync(chain_);
  return code < 0 ? LogFailure(chain_path_, "sync", code) : Status();
}

}  // namespace burin::internal
