#include "tools/io/paths.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "tools/io/failure.h"

namespace burin::tool {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;

fs::path ParentOf(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

// Where a file would come to be: a link that leads nowhere is followed.
fs::path Followed(fs::path path) {
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(path, error); ++i) {
    const fs::path target = fs::read_symlink(path, error);
    if (error) break;
    path = target.is_absolute() ? target : ParentOf(path) / target;
  }
  return path;
}

std::string LastOf(const fs::path& path) {
  return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

}  // namespace

Paths::Paths(std::string_view command) : command_(command) {
  files_.push_back(FileOf("standard output", STDOUT_FILENO));
  files_.back().written = true;
}

Paths::File Paths::FileOf(std::string_view name, int descriptor) {
  File file;
  file.name = name;
  struct stat info = {};
  file.exists = ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
  file.special = !file.exists;
  file.device = info.st_dev;
  file.inode = info.st_ino;
  return file;
}

Paths::File Paths::FileAt(std::string_view option, const std::string& path) {
  File file;
  file.name = std::string(option) + " " + path;
  file.path = path;
  struct stat info = {};
  if (::stat(path.c_str(), &info) == 0) {
    file.exists = S_ISREG(info.st_mode) || S_ISDIR(info.st_mode);
    file.special = !file.exists;
    file.device = info.st_dev;
    file.inode = info.st_ino;
    return file;
  }
  const fs::path followed = Followed(path);
  file.last = LastOf(followed);
  if (::stat(ParentOf(followed).c_str(), &info) == 0) {
    file.parent_device = info.st_dev;
    file.parent_inode = info.st_ino;
  } else {
    file.special = true;  // Nothing can come to be there.
  }
  return file;
}

bool Paths::Same(const File& a, const File& b) {
  if (a.special || b.special || a.exists != b.exists) return false;
  if (a.exists) return a.device == b.device && a.inode == b.inode;
  return a.parent_device == b.parent_device && a.parent_inode == b.parent_inode && a.last == b.last;
}

// Whether a directory above the file, links followed, is this one.
bool Paths::LiesIn(const File& file, const File& directory) {
  if (file.special || file.path.empty() || !directory.exists || !fs::is_directory(directory.path)) return false;
  std::error_code error;
  const fs::path whole = file.exists ? fs::canonical(file.path, error) : fs::absolute(Followed(file.path), error);
  if (error) return false;
  fs::path above = fs::canonical(ParentOf(whole), error);
  if (error) return false;
  for (;; above = above.parent_path()) {
    struct stat info = {};
    if (::stat(above.c_str(), &info) == 0 && info.st_dev == directory.device && info.st_ino == directory.inode) {
      return true;
    }
    if (!above.has_relative_path()) return false;
  }
}

Paths& Paths::Reads(std::string_view option, const std::string& path) {
  if (path.empty()) return *this;
  files_.push_back(path == "-" ? FileOf("standard input", STDIN_FILENO) : FileAt(option, path));
  return *this;
}

Paths& Paths::Reads(std::string_view option, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) Reads(option, path);
  return *this;
}

Paths& Paths::Writes(std::string_view option, const std::string& path) {
  if (path == "-") {
    throw Failure(kUsage, command_ + ": " + std::string(option) + " - is standard output, where this cannot go; " +
                              "expected the name of a file (./- if it is called so)");
  }
  return WritesText(option, path);
}

Paths& Paths::WritesText(std::string_view option, const std::string& path) {
  if (path.empty() || path == "-") return *this;
  files_.push_back(FileAt(option, path));
  files_.back().written = true;
  return *this;
}

Paths& Paths::ReadsIndex(std::string_view option, const std::string& path) {
  if (path.empty()) return *this;
  files_.push_back(FileAt(option, path));
  files_.back().holds_others = true;
  return *this;
}

Paths& Paths::WritesDirectory(std::string_view option, const std::string& path) {
  if (path.empty()) return *this;
  ReadsIndex(option, path);
  files_.back().written = true;
  return *this;
}

void Paths::Refuse(const File& written, const File& other, std::string_view how) const {
  throw Failure(kUsage, command_ + ": " + written.name + " " + std::string(how) + " " + other.name +
                            ", which would be overwritten; expected another file");
}

void Paths::Check() const {
  for (size_t i = 0; i < files_.size(); ++i) {
    for (size_t j = 0; j < files_.size(); ++j) {
      const File &written = files_[i], &other = files_[j];
      if (i == j || !written.written) continue;
      if ((j > i || !other.written) && Same(written, other)) Refuse(written, other, "is the same file as");
      if (other.holds_others && LiesIn(written, other)) Refuse(written, other, "lies in");
    }
  }
  for (const File& file : files_) {
    if (file.written && !file.path.empty()) RemoveTemporariesOf(file.path);
  }
}

}  // namespace burin::tool
