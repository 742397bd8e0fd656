// UTF-8 is passed through as it is (the reader checks it row by row). Everything else goes through iconv, which knows
// no state in the encodings allowed here, so that it can be taken up again behind any byte that it refuses.
#include "src/table/byte_source.h"

#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "src/table/file_kind.h"

namespace burin::internal {
namespace {

struct Encoding {
  std::string_view name;
  const char* iconv_name;  // nullptr: UTF-8, which is not converted.
};
constexpr std::string_view kUnicode = "unicode";  // UTF-8, or UTF-16 if a byte order mark says so.
constexpr Encoding kEncodings[] = {
    {"utf-8", nullptr},           {"utf8", nullptr},
    {"utf-16", "UTF-16LE"},       {"utf16", "UTF-16LE"},  // Unless a byte order mark says otherwise.
    {"utf-16le", "UTF-16LE"},     {"utf-16be", "UTF-16BE"},
    {"cp1250", "CP1250"},         {"windows-1250", "CP1250"},
    {"cp1251", "CP1251"},         {"windows-1251", "CP1251"},
    {"cp1252", "CP1252"},         {"windows-1252", "CP1252"},
    {"cp1256", "CP1256"},         {"windows-1256", "CP1256"},
    {"iso-8859-5", "ISO-8859-5"}, {"iso8859-5", "ISO-8859-5"},
    {kUnicode, nullptr},
};

const iconv_t kNoConverter = reinterpret_cast<iconv_t>(-1);

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

const Encoding* FindEncoding(const std::string& name) {
  const auto* found = std::find_if(std::begin(kEncodings), std::end(kEncodings),
                                   [&](const Encoding& encoding) { return encoding.name == name; });
  return found == std::end(kEncodings) ? nullptr : found;
}

std::string ErrnoText(int code) { return std::generic_category().message(code); }

// Raw bytes: from a descriptor or from memory.
class Input {
 public:
  Input(int fd, bool owned, uint64_t total, std::string path, std::function<bool()> cancelled)
      : fd_(fd), owned_(owned), total_(total), path_(std::move(path)), cancelled_(std::move(cancelled)) {}
  Input(std::string_view memory, size_t chunk, std::string name)
      : memory_(memory),
        total_(memory.size()),
        piece_(std::max<size_t>(1, std::min(chunk, memory.size()))),
        path_(std::move(name)) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() {
    if (owned_) ::close(fd_);
  }

  // The most that is worth offering to Read.
  size_t piece() const { return piece_; }

  // Number of bytes read, 0 at the end. kBadInput: the first ones are those of no table.
  Result<size_t> Read(char* to, size_t room) {
    Result<size_t> taken = ReadSome(to, room);
    if (!taken.ok() || *taken == 0 || first_.size() >= kFirstBytes) return taken;
    first_.append(to, std::min(*taken, kFirstBytes));
    if (first_.size() >= 4 && IsOtherFile(first_)) {
      first_.append(to + std::min(*taken, kFirstBytes), *taken - std::min(*taken, kFirstBytes));
      return Refuse();
    }
    return taken;
  }

  // The first two bytes, which Read will give too; fewer if there are no more.
  Result<std::string> FirstTwo() {
    if (fd_ < 0) return std::string(memory_.substr(0, 2));
    std::string first(2, 0);
    for (size_t got = 0; got < first.size();) {
      Result<size_t> taken = ReadSome(first.data() + got, first.size() - got);
      if (!taken.ok()) return taken.status();
      if (*taken == 0) first.resize(got);
      got += *taken;
    }
    ahead_ = first;
    return first;
  }

  uint64_t bytes_read() const { return read_; }
  uint64_t total() const { return total_; }

 private:
  static constexpr size_t kFirstBytes = 32;  // More than tell that a file is no table.

  // Which kind of file it is takes more bytes, however they come.
  Status Refuse() {
    char more[kKindBytes];
    while (first_.size() < kKindBytes) {
      const Result<size_t> taken = ReadSome(more, sizeof more);
      if (!taken.ok()) return taken.status();
      if (*taken == 0) break;
      first_.append(more, *taken);
    }
    return Status(StatusCode::kBadInput,
                  path_ + ": " + std::string(KindOfFile(std::string_view(first_).substr(0, kKindBytes))));
  }

  Result<size_t> ReadSome(char* to, size_t room) {
    if (fd_ < 0) {
      const size_t taken = std::min({room, piece_, memory_.size()});
      std::copy_n(memory_.data(), taken, to);
      memory_.remove_prefix(taken);
      read_ += taken;
      return taken;
    }
    if (!ahead_.empty()) {
      const size_t taken = std::min(room, ahead_.size());
      std::copy_n(ahead_.data(), taken, to);
      ahead_.erase(0, taken);
      return taken;
    }
    for (;;) {
      // What never ends (a device, a pipe) can be given up too.
      if (cancelled_ && cancelled_()) return Status(StatusCode::kCancelled, path_ + ": cancelled");
      const ssize_t taken = ::read(fd_, to, room);
      if (taken >= 0) {
        read_ += static_cast<uint64_t>(taken);
        return static_cast<size_t>(taken);
      }
      if (errno != EINTR) return Status(StatusCode::kIo, path_ + ": cannot read: " + ErrnoText(errno));
    }
  }

  std::string first_;  // Bytes of the input, until it is known to be no other file.
  int fd_ = -1;
  bool owned_ = false;
  std::string ahead_;  // Of a descriptor: read, and not given yet.
  std::string_view memory_;
  uint64_t total_ = 0;
  uint64_t read_ = 0;
  size_t piece_ = ByteSource::kChunk;
  std::string path_;
  std::function<bool()> cancelled_;
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
  explicit PlainSource(std::unique_ptr<Input> input) : Source(std::move(input), "utf-8") {}

  // Through a buffer, so that a pipe that gives little costs little.
  Status Read(std::string* text) override {
    if (raw_.empty()) raw_.resize(std::min(kChunk, input_->piece()));
    Result<size_t> taken = input_->Read(raw_.data(), raw_.size());
    if (taken.ok()) text->append(raw_.data(), *taken);
    return taken.status();
  }

 private:
  std::vector<char> raw_;
};

class DecodingSource : public Source {
 public:
  DecodingSource(std::unique_ptr<Input> input, std::string encoding, iconv_t converter)
      : Source(std::move(input), std::move(encoding)),
        converter_(converter),
        utf16_(encoding_.starts_with("utf-16") || encoding_.starts_with("utf16")),
        ordered_(encoding_ != "utf-16" && encoding_ != "utf16"),
        raw_(std::min(kRaw, input_->piece() + 4)) {}
  ~DecodingSource() override { iconv_close(converter_); }

  Status Read(std::string* text) override {
    const size_t before = text->size();
    while (text->size() == before && !(at_end_ && pending_ == 0)) {
      Result<size_t> taken = input_->Read(raw_.data() + pending_, raw_.size() - pending_);
      if (!taken.ok()) return taken.status();
      at_end_ = *taken == 0;
      pending_ += *taken;
      if (!ordered_) {
        if (pending_ < 2 && !at_end_) continue;
        SetByteOrder();
      }
      Convert(text);
    }
    return Status();
  }

 private:
  // A letter of one byte may become three: what one Read appends stays below kChunk.
  static constexpr size_t kRaw = kChunk / 4;

  // A byte order mark outranks the default. It stays in the text as U+FEFF, which the reader drops.
  void SetByteOrder() {
    ordered_ = true;
    if (pending_ < 2 || raw_[0] != '\xFE' || raw_[1] != '\xFF') return;
    const iconv_t big_endian = iconv_open("UTF-8", "UTF-16BE");
    if (big_endian == kNoConverter) return;
    iconv_close(converter_);
    converter_ = big_endian;
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
      // What the encoding does not allow, or the beginning of a character at the end.
      const size_t unit = utf16_ ? std::min<size_t>(2, left) : 1;
      text->push_back(kInvalid);
      in += unit;
      left -= unit;
    }
    std::memmove(raw_.data(), in, left);
    pending_ = left;
  }

  iconv_t converter_;
  const bool utf16_;
  bool ordered_;  // The byte order is known.
  std::vector<char> raw_;
  size_t pending_ = 0;  // Bytes at the front of raw_ that are not converted yet.
  bool at_end_ = false;
};

Result<std::unique_ptr<ByteSource>> Decode(std::unique_ptr<Input> input, const std::string& path,
                                           const Encoding& encoding) {
  const std::string name(encoding.name);
  if (name == kUnicode) {
    const Result<std::string> first = input->FirstTwo();
    if (!first.ok()) return first.status();
    const bool utf16 = *first == "\xFF\xFE" || *first == "\xFE\xFF";
    return Decode(std::move(input), path, *FindEncoding(utf16 ? "utf-16" : "utf-8"));
  }
  if (encoding.iconv_name == nullptr) {
    return std::unique_ptr<ByteSource>(new PlainSource(std::move(input)));
  }
  const iconv_t converter = iconv_open("UTF-8", encoding.iconv_name);
  if (converter == kNoConverter) {
    return Status(StatusCode::kInvalidArgument, path + ": this system cannot convert from " + name);
  }
  return std::unique_ptr<ByteSource>(new DecodingSource(std::move(input), name, converter));
}

Status UnknownEncoding(const std::string& path, const std::string& encoding) {
  return Status(
      StatusCode::kInvalidArgument,
      path + ": unknown encoding '" + encoding +
          "'; expected utf-8, unicode, utf-16, utf-16le, utf-16be, cp1250, cp1251, cp1252, cp1256 or iso-8859-5");
}

}  // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::OpenFile(const std::string& path, const std::string& encoding,
                                                         std::function<bool()> cancelled) {
  const std::string shown = path == "-" ? "standard input" : path;
  const Encoding* known = FindEncoding(Lower(encoding));
  if (known == nullptr) return UnknownEncoding(shown, encoding);
  const bool standard = path == "-";
  int fd = STDIN_FILENO;
  while (!standard) {
    fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd >= 0 || errno != EINTR) break;
    // A FIFO that nobody writes to.
    if (cancelled && cancelled()) return Status(StatusCode::kCancelled, path + ": cancelled");
  }
  if (fd < 0) return Status(StatusCode::kIo, path + ": cannot open: " + ErrnoText(errno));
  struct stat info = {};
  const bool told = ::fstat(fd, &info) == 0;
  const uint64_t total = told && S_ISREG(info.st_mode) ? static_cast<uint64_t>(info.st_size) : 0;
  auto input = std::make_unique<Input>(fd, !standard, total, shown, std::move(cancelled));
  if (told && S_ISDIR(info.st_mode)) return Status(StatusCode::kIo, shown + ": is a directory");
  return Decode(std::move(input), shown, *known);
}

Result<std::unique_ptr<ByteSource>> ByteSource::OpenMemory(std::string_view bytes, const std::string& name,
                                                           const std::string& encoding, size_t chunk) {
  const Encoding* known = FindEncoding(Lower(encoding));
  if (known == nullptr) return UnknownEncoding(name, encoding);
  return Decode(std::make_unique<Input>(bytes, chunk, name), name, *known);
}

}  // namespace burin::internal
