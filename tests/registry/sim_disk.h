// A disk in memory that fails, or loses its power, at any call: for the tests of what must survive that.
//
// It knows what is visible and what is on the platter. Written bytes are visible at once and safe once the file is
// synced, a file that was written over whole or not at all; names (made, renamed, removed) are visible at once and safe
// once their directory is synced. After a power cut every call fails and nothing changes. Crash() answers the disk as
// somebody may find it afterwards: any choice of what was not safe may have survived.
#ifndef BURIN_TESTS_REGISTRY_SIM_DISK_H_
#define BURIN_TESTS_REGISTRY_SIM_DISK_H_

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/disk.h"

namespace burin::internal {

class SimDisk : public Disk {
 public:
  enum class Fault : uint8_t { kNone, kIoError, kFull, kPowerCut };
  // What of the unsafe survives a crash.
  struct Survivors {
    enum class Names : uint8_t { kFirst, kOnly, kAllBut };
    enum class Bytes : uint8_t { kNone, kHalf, kAll };
    Names names = Names::kFirst;  // The first `number` changes of names of each directory; only that one; all but it.
    size_t number = 0;
    Bytes bytes = Bytes::kNone;
    bool rewritten = false;  // What was written over something.
  };

  SimDisk() { root_->directory = true; }
  // The fault comes at call number `at`, from 0.
  void FailAt(uint64_t at, Fault fault) {
    at_ = at;
    fault_ = fault;
    calls_ = 0;
  }
  uint64_t calls() const { return calls_; }
  bool cut() const { return cut_; }
  // The most changes of names that any directory has pending.
  size_t MostPending() const { return MostPendingOf(*root_); }

  std::unique_ptr<SimDisk> Crash(const Survivors& survivors) const {
    auto disk = std::make_unique<SimDisk>();
    std::map<const Node*, std::shared_ptr<Node>> copies;
    disk->root_ = Survived(*root_, survivors, &copies);
    return disk;
  }
  // As if the process had been killed and the machine not: all that is visible survives, locks do not.
  std::unique_ptr<SimDisk> Killed() const {
    return Crash({Survivors::Names::kFirst, ~size_t{0}, Survivors::Bytes::kAll, true});
  }

  int Open(const std::string& path, int flags) override {
    if (const int code = Call()) return code;
    Node* const parent = Find(DirectoryOf(path));
    if (parent == nullptr) return -ENOENT;
    std::shared_ptr<Node>& node = parent->names[NameOf(path)];
    if (node == nullptr) {
      if ((flags & O_CREAT) == 0) {
        parent->names.erase(NameOf(path));
        return -ENOENT;
      }
      node = std::make_shared<Node>();
      parent->pending.push_back({{NameOf(path), node}});
    } else if ((flags & O_EXCL) != 0) {
      return -EEXIST;
    }
    files_[next_file_] = node;
    return next_file_++;
  }
  int64_t Write(int file, std::span<const std::byte> bytes) override {
    const int code = Call();
    // A failing write may have written some of it.
    if (code != 0 && (!failing_ || !files_.count(file))) return code;
    const size_t count = code == 0 ? bytes.size() : bytes.size() / 2;
    files_[file]->bytes += AsText(bytes.first(count));
    return code != 0 ? code : static_cast<int64_t>(count);
  }
  // Whole or not at all: what is written so is short.
  int WriteAt(int file, uint64_t offset, std::span<const std::byte> bytes) override {
    if (const int code = Call()) return code;
    Node& node = *files_[file];
    node.rewritten = true;
    if (node.bytes.size() < offset + bytes.size()) node.bytes.resize(offset + bytes.size());
    node.bytes.replace(offset, bytes.size(), AsText(bytes));
    return 0;
  }
  int64_t ReadAt(int file, uint64_t offset, std::span<std::byte> bytes) override {
    if (const int code = Call()) return code;
    const std::string& content = files_[file]->bytes;
    const size_t count = offset >= content.size() ? 0 : std::min(bytes.size(), content.size() - offset);
    std::memcpy(bytes.data(), content.data() + (count == 0 ? 0 : offset), count);
    return static_cast<int64_t>(count);
  }
  int64_t SizeOf(int file, const std::string& path) override {
    if (const int code = Call()) return code;
    return Find(path) == files_[file].get() ? static_cast<int64_t>(files_[file]->bytes.size()) : -ESTALE;
  }
  int Sync(int file) override {
    if (const int code = Call()) return code;
    files_[file]->safe_bytes = files_[file]->bytes;
    return 0;
  }
  int Close(int file) override {
    if (files_.count(file) != 0 && files_[file]->locked_by == file) files_[file]->locked_by = -1;
    files_.erase(file);
    return Call();
  }
  int Lock(int file) override {
    if (const int code = Call()) return code;
    Node& node = *files_[file];
    if (node.locked_by >= 0 && node.locked_by != file) return -EWOULDBLOCK;
    node.locked_by = file;
    return 0;
  }
  int Unlock(int file) override {
    if (files_.count(file) != 0 && files_[file]->locked_by == file) files_[file]->locked_by = -1;
    return Call();
  }
  int Rename(const std::string& from, const std::string& to) override {
    if (const int code = Call()) return code;
    Node* const source = Find(DirectoryOf(from));
    Node* const target = Find(DirectoryOf(to));
    if (source == nullptr || source != target || source->names.count(NameOf(from)) == 0) return -ENOENT;
    const std::shared_ptr<Node> node = source->names[NameOf(from)];
    const auto there = source->names.find(NameOf(to));
    if (there != source->names.end() && there->second->directory && !there->second->names.empty()) return -ENOTEMPTY;
    source->names.erase(NameOf(from));
    source->names[NameOf(to)] = node;
    source->pending.push_back({{NameOf(from), nullptr}, {NameOf(to), node}});
    return 0;
  }
  int Remove(const std::string& path) override { return Drop(path, false); }
  int RemoveDirectory(const std::string& path) override { return Drop(path, true); }
  int MakeDirectory(const std::string& path) override {
    if (const int code = Call()) return code;
    Node* const parent = Find(DirectoryOf(path));
    if (parent == nullptr) return -ENOENT;
    if (parent->names.count(NameOf(path)) != 0) return -EEXIST;
    auto node = std::make_shared<Node>();
    node->directory = true;
    parent->names[NameOf(path)] = node;
    parent->pending.push_back({{NameOf(path), node}});
    return 0;
  }
  int SyncDirectory(const std::string& path) override {
    if (const int code = Call()) return code;
    Node* const node = Find(path);
    if (node == nullptr) return -ENOENT;
    node->safe_names = node->names;
    node->pending.clear();
    return 0;
  }
  int List(const std::string& path, std::vector<std::string>* names) override {
    names->clear();
    if (const int code = Call()) return code;
    const Node* const node = Find(path);
    if (node == nullptr) return -ENOENT;
    if (!node->directory) return -ENOTDIR;
    for (const auto& name : node->names) names->push_back(name.first);
    return 0;
  }
  Kind KindOf(const std::string& path) override {
    const Node* const node = Find(path);
    if (node == nullptr) return Kind::kNothing;
    return node->directory ? Kind::kDirectory : Kind::kFile;
  }
  Result<MappedFile> Map(const std::string& path, const MappedFile::Options&) override {
    const Node* const node = Find(path);
    const int code = Call();
    if (code == 0 && node != nullptr) return MappedFile::OfBytes(AsBytes(node->bytes));
    return Status(StatusCode::kIo, path + ": cannot open: " + ErrnoText(code != 0 ? -code : ENOENT));
  }
  std::string& BytesOf(const std::string& path) { return Find(path)->bytes; }

 private:
  struct Node;
  // Names that one call changed together, and what they stand for since; nullptr: nothing.
  using Change = std::vector<std::pair<std::string, std::shared_ptr<Node>>>;
  struct Node {
    bool directory = false;
    bool rewritten = false;  // Ever: then all of it survives or nothing.
    int locked_by = -1;
    std::string bytes, safe_bytes;
    std::map<std::string, std::shared_ptr<Node>> names, safe_names;
    std::vector<Change> pending;
  };

  static std::string NameOf(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  // 0, or what the call answers instead of being carried out.
  int Call() {
    failing_ = false;
    if (cut_) return -EIO;
    if (calls_++ != at_ || fault_ == Fault::kNone) return 0;
    failing_ = true;
    cut_ = fault_ == Fault::kPowerCut;
    return fault_ == Fault::kFull ? -ENOSPC : -EIO;
  }
  Node* Find(const std::string& path) const {
    if (path == "." || path.empty()) return root_.get();
    Node* const parent = Find(path.find('/') == std::string::npos ? "" : DirectoryOf(path));
    if (parent == nullptr) return nullptr;
    const auto at = parent->names.find(NameOf(path));
    return at == parent->names.end() ? nullptr : at->second.get();
  }
  int Drop(const std::string& path, bool directory) {
    if (const int code = Call()) return code;
    Node* const parent = Find(DirectoryOf(path));
    const Node* const node = Find(path);
    if (parent == nullptr || node == nullptr) return -ENOENT;
    if (node->directory != directory) return directory ? -ENOTDIR : -EISDIR;
    if (directory && !node->names.empty()) return -ENOTEMPTY;
    parent->names.erase(NameOf(path));
    parent->pending.push_back({{NameOf(path), nullptr}});
    return 0;
  }
  static size_t MostPendingOf(const Node& node) {
    size_t most = node.pending.size();
    for (const auto& name : node.names) most = std::max(most, MostPendingOf(*name.second));
    return most;
  }
  static bool Survives(size_t i, const Survivors& survivors) {
    switch (survivors.names) {
      case Survivors::Names::kFirst:
        return i < survivors.number;
      case Survivors::Names::kOnly:
        return i == survivors.number;
      case Survivors::Names::kAllBut:
        return i != survivors.number;
    }
    return false;
  }
  static std::shared_ptr<Node> Survived(const Node& node, const Survivors& survivors,
                                        std::map<const Node*, std::shared_ptr<Node>>* copies) {
    std::shared_ptr<Node>& known = (*copies)[&node];
    if (known != nullptr) return known;
    auto copy = std::make_shared<Node>();
    known = copy;
    copy->directory = node.directory;
    const size_t unsafe = node.bytes.size() - node.safe_bytes.size();
    const size_t kept = survivors.bytes == Survivors::Bytes::kNone   ? 0
                        : survivors.bytes == Survivors::Bytes::kHalf ? unsafe / 2
                                                                     : unsafe;
    if (node.rewritten) {
      copy->bytes = copy->safe_bytes = survivors.rewritten ? node.bytes : node.safe_bytes;
    } else {
      copy->bytes = copy->safe_bytes = node.bytes.substr(0, node.safe_bytes.size() + kept);
    }
    std::map<std::string, std::shared_ptr<Node>> names = node.safe_names;
    for (size_t i = 0; i < node.pending.size(); ++i) {
      if (!Survives(i, survivors)) continue;
      for (const auto& [name, target] : node.pending[i]) {
        if (target == nullptr) {
          names.erase(name);
        } else {
          names[name] = target;
        }
      }
    }
    for (auto& [name, target] : names) copy->names[name] = Survived(*target, survivors, copies);
    copy->safe_names = copy->names;
    return copy;
  }

  std::shared_ptr<Node> root_ = std::make_shared<Node>();
  std::map<int, std::shared_ptr<Node>> files_;
  int next_file_ = 1000;
  uint64_t calls_ = 0, at_ = ~uint64_t{0};
  Fault fault_ = Fault::kNone;
  bool cut_ = false, failing_ = false;
};

}  // namespace burin::internal

#endif
