// Reading queries.
#include "queries.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "burin/burin.hpp"
#include "failure.h"
#include "mapping.h"
#include "output.h"

namespace burin::tool {
namespace {

std::string NameOf(const std::string& path) { return path == "-" ? "standard input" : path; }

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : fd_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)), owned_(path != "-") {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (owned_ && fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

std::string ReadWhole(const std::string& path) {
  const Descriptor file(path);
  if (file.fd() < 0) throw SystemFailure(NameOf(path), errno);
  std::string text;
  std::vector<char> buffer(size_t{1} << 16);
  for (;;) {
    const ssize_t size = ::read(file.fd(), buffer.data(), buffer.size());
    if (size == 0) return text;
    if (size > 0) {
      text.append(buffer.data(), static_cast<size_t>(size));
      continue;
    }
    if (errno != EINTR) throw SystemFailure(NameOf(path), errno);
    CheckInterrupt();
  }
}

size_t FindColumn(const std::vector<std::string_view>& columns, const std::string& name, const std::string& path) {
  std::string names;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name) return i;
    names += (i == 0 ? "" : ", ") + std::string(columns[i]);
  }
  throw Failure(kUsage, NameOf(path) + ": no column '" + name + "'; columns: " + names);
}

struct QueryColumns {
  std::string pattern;
  std::string id;
};

QueryColumns ParseColumns(const std::string& map) {
  QueryColumns columns;
  for (const MappedColumn& column : ParseMap("--queries-map", map)) {
    if (column.name != "pattern" && column.name != "id") {
      throw Failure(kUsage, "--queries-map: '" + column.name + "' is neither pattern nor id");
    }
    std::string& mine = column.name == "pattern" ? columns.pattern : columns.id;
    if (!mine.empty()) throw Failure(kUsage, "--queries-map: '" + column.name + "' is mapped twice");
    mine = column.column;
  }
  if (columns.pattern.empty()) throw Failure(kUsage, "--queries-map: no column is mapped to pattern");
  return columns;
}

}  // namespace

std::vector<Query> ReadQueryLines(const std::string& path) {
  const std::string text = ReadWhole(path);
  std::string_view left = text;
  if (left.starts_with("\xEF\xBB\xBF")) left.remove_prefix(3);
  std::vector<Query> queries;
  while (!left.empty()) {
    const size_t end = left.find('\n');
    std::string_view line = left.substr(0, end);
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string number = Number(queries.size() + 1);
    queries.push_back({number, std::string(line), NameOf(path) + ", line " + number, ""});
  }
  return queries;
}

std::vector<Query> ReadQueryTable(const std::string& path, const std::string& map) {
  const QueryColumns names = ParseColumns(map);
  Table table(path);
  const auto columns = table.columns();
  const size_t pattern = FindColumn(columns, names.pattern, path);
  const size_t id = names.id.empty() ? columns.size() : FindColumn(columns, names.id, path);
  std::vector<Query> queries;
  while (const uint32_t state = table.Next()) {
    CheckInterrupt();
    Query query;
    query.id = Number(table.line());
    query.where = NameOf(path) + ", line " + query.id;
    if (state == BURIN_ROW_BAD) {
      query.pattern = table.bad_text();
      query.error = table.bad_reason();
      if (!table.bad_column().empty()) query.error = "column '" + std::string(table.bad_column()) + "': " + query.error;
    } else {
      const auto fields = table.fields();
      query.pattern = detail::View(fields[pattern]);
      if (id < fields.size() && fields[id].size > 0) query.id = detail::View(fields[id]);
    }
    queries.push_back(std::move(query));
  }
  return queries;
}

}  // namespace burin::tool
