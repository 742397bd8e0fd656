// The reader against a slow twin that follows the rules one character at a time, on well-formed and on broken tables,
// and against itself however the bytes are cut.
#include <algorithm>
#include <fstream>
#include <random>

#include "tests/table/table_testing.h"

namespace burin::internal {
namespace {

// The rules as an automaton. Knows UTF-8 that is valid, and no limits.
class Twin {
 public:
  Twin(std::string_view text, char separator) : text_(text), separator_(separator) {}

  TestTable Read() {
    TestTable table;
    TestRow header;
    do {
      header = Row();
    } while (raw_.empty());
    table.columns = header.fields;
    columns_ = header.fields.size();
    for (uint64_t number = 1; at_ < text_.size();) {
      TestRow row = Row();
      if (raw_.empty() && row.reason.empty() && table.columns.size() > 1) continue;
      row.row = number++;
      const size_t count = row.fields.size();
      while (row.fields.size() > columns_ && row.fields.back().empty()) row.fields.pop_back();
      if (row.reason.empty() && row.fields.size() != columns_) {
        row.reason = std::to_string(count) + (count == 1 ? " field" : " fields") + ", expected " +
                     std::to_string(table.columns.size());
      }
      if (!row.reason.empty()) row.fields.clear();
      table.rows.push_back(std::move(row));
    }
    return table;
  }

 private:
  enum class State { kBegin, kPlain, kQuoted, kQuoteSeen };

  // Length of the line end at `at`; 0: there is none.
  size_t LineEnd(size_t at) const {
    if (text_.substr(at, 2) == "\r\n") return 2;
    return at < text_.size() && (text_[at] == '\r' || text_[at] == '\n') ? 1 : 0;
  }

  TestRow Lost(TestRow row, size_t begin, std::string reason) {
    at_ = begin;
    while (at_ < text_.size() && LineEnd(at_) == 0) ++at_;
    raw_ = text_.substr(begin, at_ - begin);
    at_ += LineEnd(at_);
    line_ = row.line + 1;
    row.reason = std::move(reason);
    return row;
  }

  // In TSV a quote may be the cell's own.
  TestRow Row() {
    const size_t begin = at_;
    const uint64_t line = line_;
    leads_on_ = false;
    TestRow row = QuotedRow();
    if (separator_ != '\t') return row;
    const size_t behind = at_;
    const uint64_t line_behind = line_;
    const std::string_view raw = raw_;
    const bool lost = !row.reason.empty();
    const bool fits = row.fields.size() == columns_;
    bool rows = true;
    for (size_t i = begin, tabs = 0, bytes = 0; i <= behind; ++i) {
      if (i < behind && LineEnd(i) == 0) {
        ++bytes;
        tabs += text_[i] == '\t' ? 1 : 0;
        continue;
      }
      if (bytes > 0 && tabs + 1 != columns_) rows = false;
      if (!fits) break;
      tabs = bytes = 0;
    }
    const bool doubtful = line_ > line + 1 && columns_ > 0 && rows && (leads_on_ || !fits);
    if (!lost && !doubtful) return row;
    TestRow plain;
    plain.line = line_ = line;
    for (at_ = begin;; ++at_) {
      plain.fields.push_back(PlainCell());
      if (at_ == text_.size() || text_[at_] != '\t') break;
    }
    if (!lost && plain.fields.size() != columns_) {
      at_ = behind;
      line_ = line_behind;
      raw_ = raw;
      return row;
    }
    raw_ = text_.substr(begin, at_ - begin);
    at_ += LineEnd(at_);
    ++line_;
    return plain;
  }

  std::string PlainCell() {
    std::string field;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (size_t i = at_ + 1; i < text_.size() && LineEnd(i) == 0; ++i) {
        if (text_[i] != '"') {
          field.push_back(text_[i]);
        } else if (text_.substr(i, 2) == "\"\"") {
          field.push_back(text_[i++]);
        } else if (i + 1 == text_.size() || text_[i + 1] == '\t' || LineEnd(i + 1) > 0) {
          at_ = i + 1;
          return field;
        } else {
          break;
        }
      }
    }
    field.clear();
    for (; at_ < text_.size() && text_[at_] != '\t' && LineEnd(at_) == 0; ++at_) field.push_back(text_[at_]);
    return field;
  }

  TestRow QuotedRow() {
    TestRow row;
    row.line = line_;
    const size_t begin = at_;
    State state = State::kBegin;
    uint64_t opened = 0;
    std::string field;
    for (;; ++at_) {
      const bool end = at_ == text_.size();
      if (end && state == State::kQuoted) {
        return Lost(row, begin, "quote opened on line " + std::to_string(opened) + " is not closed");
      }
      const char c = end ? 0 : text_[at_];
      if (state == State::kQuoted) {
        if (c == '"') {
          state = State::kQuoteSeen;
          continue;
        }
        if (LineEnd(at_) == 1) ++line_;  // Of CR LF the LF counts.
        field.push_back(c);
        continue;
      }
      if (end || c == separator_ || LineEnd(at_) > 0) {
        const bool several = field.find_first_of("\r\n") != std::string::npos;
        leads_on_ = leads_on_ || (several && field.find(separator_) != std::string::npos);
        row.fields.push_back(std::move(field));
        field.clear();
        state = State::kBegin;
        if (!end && c == separator_) continue;
        break;
      }
      if (state == State::kQuoteSeen && c != '"') {
        return Lost(row, begin, "text after a closing quote; expected a separator or the end of the line");
      }
      if (state == State::kBegin && c == '"') {
        state = State::kQuoted;
        opened = line_;
        continue;
      }
      state = state == State::kQuoteSeen ? State::kQuoted : State::kPlain;
      field.push_back(c);
    }
    raw_ = text_.substr(begin, at_ - begin);
    at_ += LineEnd(at_);
    ++line_;
    return row;
  }

  std::string_view text_;
  char separator_;
  std::string_view raw_;
  size_t at_ = 0;
  uint64_t line_ = 1;
  size_t columns_ = 0;     // 0: not known yet.
  bool leads_on_ = false;  // A quoted field of the last row has a line end and a separator.
};

// What the twin does not say.
TestTable WithoutTexts(TestTable table) {
  for (TestRow& row : table.rows) row.text.clear();
  return table;
}

std::string RandomTable(std::mt19937* random, char separator) {
  static constexpr const char* kPieces[] = {"a",        "77",
                                            "Ж",        "\"",
                                            "\"",       "\"\"",
                                            "\n",       "\n",
                                            "\r",       "\r\n",
                                            " ",        "\"x\"",
                                            "\\",       "\xF0\x9D\x84\x9E",
                                            ";",        "a long enough text",
                                            "\"y\nz\"", "\"\"\"\""};
  std::string text;
  const size_t columns = 1 + (*random)() % 4;
  for (size_t i = 0; i < columns; ++i) {
    if (i > 0) text += separator;
    text += "c" + std::to_string(i);
  }
  text += "\n";
  for (size_t n = (*random)() % 30; n > 0; --n) {
    if ((*random)() % 3 == 0) {
      text += separator;
    } else {
      text += kPieces[(*random)() % std::size(kPieces)];
    }
  }
  return text;
}

TEST(TableTwin, AgreesHoweverTheBytesAreCut) {
  std::mt19937 random(20240607);
  for (int round = 0; round < 10000; ++round) {
    TableOptions options;
    options.separator = ",;\t"[random() % 3];
    const std::string text = RandomTable(&random, options.separator);
    const TestTable whole = ReadAll(text, options);
    ASSERT_EQ(whole.error, "") << text;
    ASSERT_EQ(WithoutTexts(whole).rows, Twin(text, options.separator).Read().rows) << text;
    for (size_t chunk = 1 + static_cast<size_t>(round % 2); chunk <= 17; chunk += 2) {
      ASSERT_EQ(ReadAll(text, options, chunk), whole) << chunk << "\n" << text;
    }
  }
}

TEST(TableTwin, AgreesOnEveryShortText) {
  constexpr std::string_view kAlphabet = "a,\"\n\r";
  for (size_t length = 0, count = 1; length <= 6; ++length, count *= kAlphabet.size()) {
    for (size_t number = 0; number < count; ++number) {
      std::string text = "c,d\n";
      for (size_t i = 0, rest = number; i < length; ++i, rest /= kAlphabet.size()) {
        text.push_back(kAlphabet[rest % kAlphabet.size()]);
      }
      const TestTable whole = ReadAll(text, {',', "utf-8", true});
      ASSERT_EQ(WithoutTexts(whole).rows, Twin(text, ',').Read().rows) << text;
      ASSERT_EQ(ReadAll(text, {',', "utf-8", true}, 1), whole) << text;
    }
  }
}

// Real chunks end at every place of a row: rows of many lengths, several MiB of them, from a file.
TEST(TableTwin, AgreesOnAFileOfManyChunks) {
  std::mt19937 random(7);
  std::string text = "a,b,c\n";
  while (text.size() < (size_t{5} << 20)) {
    text += std::string(random() % 50, 'x') + ",\"" + (random() % 4 == 0 ? "\"\"q\n" : "Ж,") + "\"," +
            std::string(random() % (random() % 200 == 0 ? 100000 : 20), 'y') + (random() % 2 == 0 ? "\n" : "\r\n");
    if (random() % 50 == 0) text += "\"z\" stray\n\n1,2\n";
  }
  const std::string path = testing::TempDir() + "/table_twin_test.csv";
  std::ofstream(path, std::ios::binary) << text;
  const TestTable table = ReadAll(TableReader::Open(path, {}));
  EXPECT_TRUE(WithoutTexts(table).rows == Twin(text, ',').Read().rows);
  EXPECT_TRUE(table == ReadAll(text, {}, 4099));
  std::remove(path.c_str());
}

TEST(TableTwin, BytesOfEveryEncodingReadTheSameHoweverTheyAreCut) {
  static constexpr const char* kEncodings[] = {"utf-8",  "utf-16", "utf-16le", "utf-16be",  "cp1250",
                                               "cp1251", "cp1252", "cp1256",   "iso-8859-5"};
  std::mt19937 random(99);
  constexpr char kOften[] = {'"', ',', '\n', '\r', '\0', '\xD8', '\xDC', 'a'};
  for (int round = 0; round < 4000; ++round) {
    std::string bytes = "a,b\n";
    for (size_t n = random() % 60; n > 0; --n) {
      bytes.push_back(random() % 2 == 0 ? kOften[random() % std::size(kOften)] : static_cast<char>(random()));
    }
    TableOptions options;
    options.encoding = kEncodings[random() % std::size(kEncodings)];
    options.header = random() % 4 != 0;
    const TestTable whole = ReadAll(bytes, options);
    for (size_t chunk = 1; chunk <= 17; ++chunk) ASSERT_EQ(ReadAll(bytes, options, chunk), whole) << chunk;
  }
}

}  // namespace
}  // namespace burin::internal
