// The table of synonyms, keyed by plain forms of names.
#include "src/mark/formats/synonyms.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view synonyms;
}  // namespace data

namespace {

constexpr size_t kColumns = 4;
constexpr std::array<std::string_view, kColumns> kNames = {"attribute", "name", "synonym", "source"};

Status RowError(const std::string& name, uint64_t line, std::string_view column, std::string_view what) {
  std::string message = name + ", line " + std::to_string(line);
  if (!column.empty()) message += ", column " + std::string(column);
  return Status(StatusCode::kBadInput, message + ": " + std::string(what));
}

bool IsLetterOrDigit(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  // Punctuation and symbols of other blocks: Latin-1, general punctuation to dingbats, CJK punctuation, fullwidth
  // forms.
  const bool sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040);
  return !sign;
}

// Runs of letters and digits. An apostrophe and a point join what stands on both sides ("colt's", "7.62"), a sign of
// multiplication is an x.
std::vector<std::u32string> WordsOf(std::u32string_view folded) {
  std::vector<std::u32string> words(1);
  for (const char32_t c : folded) {
    if (c == U'\u00D7' || c == U'*') {
      words.back() += U'x';
    } else if (IsLetterOrDigit(c)) {
      words.back() += c;
    } else if (c != U'\'' && c != U'\u2019' && c != U'.' && c != U',' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// Letters that stand alone are initials: "r w h" is one word.
void JoinInitials(std::vector<std::u32string>* words) {
  std::vector<std::u32string> joined;
  bool initials = false;
  for (std::u32string& word : *words) {
    const bool initial = word.size() == 1 && word[0] > U'9';
    if (initial && initials) {
      joined.back() += word;
    } else {
      joined.push_back(std::move(word));
    }
    initials = initial;
  }
  *words = std::move(joined);
}

std::string Joined(const std::vector<std::u32string>& words) {
  std::string out;
  for (const std::u32string& word : words) out += ToUtf8(word);
  return out;
}

std::string_view TakePiece(std::string_view* rest, char separator) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view piece = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return piece;
}

std::string KeyOf(std::string_view table, std::string_view plain) {
  return std::string(table) + '\t' + std::string(plain);
}

}  // namespace

std::string_view Synonyms::TableOf(std::string_view attribute) {
  return attribute == "brand" || attribute == "importer" ? "maker" : attribute;
}

std::string_view Synonyms::EmbeddedText() { return data::synonyms; }

const Synonyms& Synonyms::Embedded() {
  static const Synonyms* const table = [] {
    auto* made = new Synonyms;
    // The table is part of the library and tested, so it can be read.
    (void)made->Read(data::synonyms, "synonyms.tsv");
    return made;
  }();
  return *table;
}

Result<Synonyms> Synonyms::Parse(std::string_view text, const std::string& name) {
  Synonyms table;
  table.below_ = &Embedded();
  if (Status status = table.Read(text, name); !status.ok()) return status;
  return table;
}

std::string Synonyms::Plain(std::string_view table, std::string_view value) const {
  const std::string folded = FoldValue(value);
  std::u32string text;
  if (!DecodeAll(folded, &text)) return folded;  // Compared byte for byte.
  std::vector<std::u32string> words = WordsOf(text);
  if (table != "maker") return Joined(words);
  JoinInitials(&words);
  if (words.size() > 1 && words[0] == U"the") words.erase(words.begin());
  if (words.size() > 1 && words.back() == U"the") words.pop_back();
  const auto is_ending = [&](const std::u32string& word) {
    const std::string last = ToUtf8(word);
    return endings_.contains(last) || (below_ != nullptr && below_->endings_.contains(last));
  };
  while (words.size() > 1 && is_ending(words.back())) words.pop_back();
  return Joined(words);
}

std::string Synonyms::Form(std::string_view attribute, std::string_view value) const {
  const std::string_view table = TableOf(attribute);
  std::string plain = Plain(table, value);
  for (const Synonyms* names = this; names != nullptr; names = names->below_) {
    const auto found = names->names_.find(KeyOf(table, plain));
    if (found != names->names_.end()) plain = found->second;
  }
  return plain;
}

Status Synonyms::Read(std::string_view text, const std::string& name) {
  if (text.size() > kMaxBytes) {
    return Status(StatusCode::kBadInput, name + ": expected at most " + std::to_string(kMaxBytes >> 20) + " MiB");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  struct Row {
    uint64_t line;
    std::array<std::string_view, kColumns> fields;
  };
  std::vector<Row> rows;
  for (uint64_t line = 1; !text.empty(); ++line) {
    std::string_view rest = TakePiece(&text, '\n');
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    if (rest.empty() || rest[0] == '#') continue;
    if (!IsValidUtf8(rest)) return RowError(name, line, "", "expected valid UTF-8");
    Row row{line, {}};
    size_t count = 0;
    for (; !rest.empty() && count < kColumns; ++count) row.fields[count] = TakePiece(&rest, '\t');
    if (count < kColumns || !rest.empty()) {
      return RowError(name, line, "", "expected 4 columns with tabs between them: attribute, name, synonym, source");
    }
    for (size_t i = 0; i < kColumns; ++i) {
      if (FoldValue(row.fields[i]).empty()) return RowError(name, line, kNames[i], "expected a value");
    }
    rows.push_back(row);
  }
  // Endings first, for they count in every name.
  for (const Row& row : rows) {
    if (row.fields[0] == "ending") endings_.insert(Plain(row.fields[0], row.fields[2]));
  }
  for (const Row& row : rows) {
    if (row.fields[0] == "ending") continue;
    const std::string_view table = row.fields[0];
    if (TableOf(table) != table) {
      return RowError(name, row.line, "attribute", "expected maker, whose rows count for brands and importers too");
    }
    const std::string plain = Plain(table, row.fields[1]), synonym = Plain(table, row.fields[2]);
    if (plain.empty()) return RowError(name, row.line, "name", "expected a letter or a digit");
    if (synonym.empty()) return RowError(name, row.line, "synonym", "expected a letter or a digit");
    const auto [known, is_new] = names_.try_emplace(KeyOf(table, synonym), plain);
    if (!is_new && known->second != plain) {
      return RowError(name, row.line, "synonym",
                      "expected one name for it: it is a synonym of '" + known->second + "' already");
    }
  }
  // A name that stands for others stands for no other: else what it means would depend on the order of asking.
  for (const Row& row : rows) {
    if (row.fields[0] == "ending") continue;
    const std::string plain = Plain(row.fields[0], row.fields[1]);
    const auto [known, is_new] = names_.try_emplace(KeyOf(row.fields[0], plain), plain);
    if (!is_new && known->second != plain) {
      return RowError(name, row.line, "name",
                      "expected a name that is no synonym: it is one of '" + known->second + "'");
    }
  }
  rows_ = rows.size();
  return Status();
}

}  // namespace burin::internal
