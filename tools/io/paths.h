// What a command reads and what it writes, said before it begins: nothing that is written may be something that is
// read, or something else that is written.
//
// Files are compared by device and inode, so that links of either kind are seen through; one that is not there yet by
// the directory that it will be in and its name. A directory of Burin's own (a registry, a query log) belongs to it
// with all that is in it. Devices, pipes and terminals are never the same.
#ifndef BURIN_TOOLS_IO_PATHS_H_
#define BURIN_TOOLS_IO_PATHS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace burin::tool {

class Paths {
 public:
  // `command` is for messages. Standard output is one of the files that are written.
  explicit Paths(std::string_view command);

  // What `option` names, as the user knows it: "IN", "--queries". An empty path: the option was not given. "-" is
  // standard input.
  Paths& Reads(std::string_view option, const std::string& path);
  Paths& Reads(std::string_view option, const std::vector<std::string>& paths);
  // "-" is refused: there is one standard output, and it has its own text.
  Paths& Writes(std::string_view option, const std::string& path);
  // "-" is standard output, which then holds nothing else.
  Paths& WritesText(std::string_view option, const std::string& path);
  // An index or a registry that is read; one that is written; the directory of a query log.
  Paths& ReadsIndex(std::string_view option, const std::string& path);
  Paths& WritesDirectory(std::string_view option, const std::string& path);

  // Throws a usage failure that names both files. What is written is known to RemoveTemporariesOf from now on.
  void Check() const;

 private:
  struct File {
    std::string name;  // "--rejects bad.csv", "standard output".
    std::string path;  // "": a descriptor.
    bool written = false;
    bool holds_others = false;  // A directory of Burin's own.
    bool exists = false;        // As a regular file or a directory.
    bool special = false;       // A device, a pipe, a terminal.
    uint64_t device = 0, inode = 0;
    uint64_t parent_device = 0, parent_inode = 0;  // Of a path that is not there.
    std::string last;
  };
  static File FileAt(std::string_view option, const std::string& path);
  static File FileOf(std::string_view name, int descriptor);
  static bool Same(const File& a, const File& b);
  static bool LiesIn(const File& file, const File& directory);
  void Refuse(const File& written, const File& other, std::string_view how) const;

  std::string command_;
  std::vector<File> files_;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_PATHS_H_
