// A file that a command makes in two steps: all of it is on disk before anything is said about it, and only its name is
// missing; the name is given once all that was to be said is said. So a command that fails in between, on a closed
// standard output for one, leaves what was there before.
#ifndef BURIN_TOOLS_IO_PENDING_FILE_H_
#define BURIN_TOOLS_IO_PENDING_FILE_H_

#include <string>
#include <string_view>

namespace burin::tool {

class PendingFile {
 public:
  // Takes a place beside `path` at once, so that a directory where nothing can be written is known from the start;
  // throws a Failure then, or if it is a directory. What is there and is no regular file (a pipe, /dev/null) is written
  // directly. Empty: there is none, and nothing below does anything.
  explicit PendingFile(const std::string& path);
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  // Without Commit nothing remains.
  ~PendingFile();

  // Where to write it, whole and synced; empty if there is none.
  const std::string& place() const { return place_; }
  // What the library says of place(), said of the path.
  std::string Told(std::string_view message) const;
  // It is no regular file and is written directly.
  bool direct() const { return direct_; }
  // It is at its path, and that is on disk.
  void Commit();

 private:
  std::string path_, target_, place_;
  bool direct_ = true;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_PENDING_FILE_H_
