#include "src/table/byte_source.h"

#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace burin::internal {
namespace {

struct Encoding {
  std::string_view name;
  const char* iconv_name;  // nullptr: UTF-8, which is not converted.
};
constexpr Encoding kEncodings[] = {
    {"utf-8", nullptr},         {"utf8", nullptr},
    {"utf-16", "UTF-16LE"},     {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},   {"cp1250", "CP1250"},
    {"windows-1250", "CP1250"}, {"cp1251", "CP1251"},
    {"windows-1251", "CP1251"}, {"cp1252", "CP1252"},
    {"windows-1252", "CP1252"}, {"cp1256", "CP1256"},
    {"windows-1256", "CP1256"}, {"iso-8859-5", "ISO-8859-5"},
};

// Raw bytes: from a descriptor or from memory.
class Input {
 public:
  Input(int fd, bool owned, uint64_t total, std::string path)
      : fd_(fd), owned_(owned), total_(total), path_(std::move(path)) {}
  Input(std::string_view memory, size_t chunk) : memory_(memory), total_(memory.size()), chunk_(chunk) {}
  Input(const Input&) = delete;
  ~Input() {
    if (owned_) close(fd_);
  }
  // 0 at the end.
  Result<size_t> Read(char* to, size_t room) {
    if (fd_ < 0) {
      const size_t n = std::min({room, chunk_, memory_.size()});
      std::copy_n(memory_.data(), n, to);
      memory_.remove_prefix(n);
      read_ += n;
      return n;
    }
    for (;;) {
      const ssize_t n = read(fd_, to, room);
      if (n >= 0) {
        read_ += static_cast<uint64_t>(n);
        return static_cast<size_t>(n);
      }
      if (errno != EINTR) return Status(StatusCode::kIo, path_ + ": cannot read: " + std::strerror(errno));
    }
  }
  uint64_t bytes_read() const { return read_; }
  uint64_t total() const { return total_; }

 private:
  int fd_ = -1;
  bool owned_ = false;
  std::string_view memory_;
  uint64_t total_ = 0, read_ = 0;
  size_t chunk_ = ByteSource::kChunk;
  std::string path_;
};

class Source : public ByteSource {
 public:
  Source(std::unique_ptr<Input> input, std::string encoding)
      : input_(std::move(input)), encoding_(std::move(encoding)) {}
  uint64_t bytes_read() const override { return input_->bytes_read(); }
  uint64_t bytes_total() const override { return input_->total(); }
  const std::string& encoding() const override { return encoding_; }

 protected:
  std::unique_ptr<Input> input_;
  std::string encoding_;
};

class PlainSource : public Source {
 public:
  using Source::Source;
  Status Read(std::string* text) override {
    if (raw_.empty()) raw_.resize(kChunk);
    Result<size_t> n = input_->Read(raw_.data(), raw_.size());
    if (n.ok()) text->append(raw_.data(), *n);
    return n.status();
  }

 private:
  std::vector<char> raw_;
};

class DecodingSource : public Source {
 public:
  DecodingSource(std::unique_ptr<Input> input, std::string encoding, iconv_t converter)
      : Source(std::move(input), std::move(encoding)), converter_(converter), raw_(kChunk / 4) {}
  ~DecodingSource() override { iconv_close(converter_); }

  Status Read(std::string* text) override {
    const size_t before = text->size();
    while (text->size() == before && !(at_end_ && pending_ == 0)) {
      Result<size_t> n = input_->Read(raw_.data() + pending_, raw_.size() - pending_);
      if (!n.ok()) return n.status();
      at_end_ = *n == 0;
      pending_ += *n;
      if (!ordered_ && !SetByteOrder()) continue;
      Convert(text);
    }
    return Status();
  }

 private:
  // A byte order mark of UTF-16 outranks the default. False: too little has come in to tell.
  bool SetByteOrder() {
    if (encoding_ == "utf-16" && pending_ < 2 && !at_end_) return false;
    ordered_ = true;
    if (encoding_ == "utf-16" && pending_ >= 2 && raw_[0] == '\xFE' && raw_[1] == '\xFF') {
      const iconv_t big_endian = iconv_open("UTF-8", "UTF-16BE");
      if (big_endian != reinterpret_cast<iconv_t>(-1)) {
        iconv_close(converter_);
        converter_ = big_endian;
      }
    }
    return true;
  }

  void Convert(std::string* text) {
    char* in = raw_.data();
    size_t left = pending_;
    while (left > 0) {
      char out[4096];
      char* to = out;
      size_t room = sizeof out;
      const size_t done = iconv(converter_, &in, &left, &to, &room);
      const int why = errno;
      text->append(out, sizeof out - room);
      if (done != static_cast<size_t>(-1) || why == E2BIG) continue;
      if (why == EINVAL && !at_end_) break;  // The rest of a character is still to come.
      // Bytes that the encoding does not allow, or the beginning of a character at the end.
      const size_t unit = encoding_.starts_with("utf-16") ? std::min<size_t>(2, left) : 1;
      text->push_back('\xFF');
      in += unit;
      left -= unit;
    }
    std::memmove(raw_.data(), in, left);
    pending_ = left;
  }

  iconv_t converter_;
  std::vector<char> raw_;
  size_t pending_ = 0;
  bool at_end_ = false;
  bool ordered_ = false;
};

Result<std::unique_ptr<ByteSource>> Decode(std::unique_ptr<Input> input, const std::string& encoding) {
  std::string name;
  for (char c : encoding) name.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  for (const Encoding& e : kEncodings) {
    if (e.name != name) continue;
    if (e.iconv_name == nullptr) return std::unique_ptr<ByteSource>(new PlainSource(std::move(input), "utf-8"));
    const iconv_t converter = iconv_open("UTF-8", e.iconv_name);
    if (converter == reinterpret_cast<iconv_t>(-1)) break;
    return std::unique_ptr<ByteSource>(new DecodingSource(std::move(input), name, converter));
  }
  return Status(
      StatusCode::kInvalidArgument,
      "unknown encoding '" + encoding + "'; expected utf-8, utf-16, cp1250, cp1251, cp1252, cp1256 or iso-8859-5");
}

}  // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::OpenFile(const std::string& path, const std::string& encoding) {
  if (path == "-") return Decode(std::make_unique<Input>(STDIN_FILENO, false, 0, "standard input"), encoding);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Status(StatusCode::kIo, path + ": cannot open: " + std::strerror(errno));
  struct stat what {};
  const bool known = fstat(fd, &what) == 0;
  const uint64_t total = known && S_ISREG(what.st_mode) ? static_cast<uint64_t>(what.st_size) : 0;
  auto input = std::make_unique<Input>(fd, true, total, path);
  if (known && S_ISDIR(what.st_mode)) return Status(StatusCode::kIo, path + ": is a directory");
  return Decode(std::move(input), encoding);
}

Result<std::unique_ptr<ByteSource>> ByteSource::OpenMemory(std::string_view bytes, const std::string& encoding,
                                                           size_t chunk) {
  return Decode(std::make_unique<Input>(bytes, chunk), encoding);
}

}  // namespace burin::internal
