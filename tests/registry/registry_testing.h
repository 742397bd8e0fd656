// Helpers of the registry's tests: rows by hand, and what a snapshot holds as lines of text, one a record.
#ifndef BURIN_TESTS_REGISTRY_REGISTRY_TESTING_H_
#define BURIN_TESTS_REGISTRY_REGISTRY_TESTING_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "src/mark/cells/recorded.h"
#include "src/mark/fold/symbol.h"
#include "src/registry/change/registry_writer.h"
#include "src/text/utf8.h"

namespace burin::internal {

// Takes what a Result holds; ends the program where there is nothing.
template <typename T>
T Take(Result<T> result) {
  if (!result.ok()) {
    ADD_FAILURE() << result.status().message();
    std::abort();
  }
  return *std::move(result);
}

struct TestRow {
  std::string source, key, text;
  std::vector<std::string> values;  // Of the attributes, in order.
};

inline Status PutRow(RegistryWriter* writer, const TestRow& given, PutOutcome* outcome = nullptr,
                     PutMode mode = PutMode::kReplace) {
  std::vector<RecordedMark> marks;
  if (!ReadRecorded(given.text, {}, &marks)) return Status(StatusCode::kInvalidArgument, "not UTF-8");
  std::vector<std::string_view> values(given.values.begin(), given.values.end());
  Row row;
  row.source = given.source;
  row.key = given.key;
  row.text = given.text;
  row.marks = marks;
  row.attributes = values;
  PutOutcome ignored;
  int attribute = -1;
  return writer->Put(row, mode, outcome != nullptr ? outcome : &ignored, &attribute);
}

// The mark of each record, by way of the postings.
inline std::map<uint64_t, std::string> MarksOf(const Index& index) {
  std::map<uint64_t, std::string> marks;
  for (const auto& group : index.groups()) {
    for (uint64_t key = 0; key < group->size(); ++key) {
      uint16_t codes[kMaxMarkSymbols];
      group->Read(key, key + 1, codes);
      std::u32string serial;
      KeySymbols(*group, codes, &serial);
      const uint64_t rank = group->first_rank() + key;
      for (uint64_t i = 0; i < index.postings_size(rank); ++i) marks[index.posting(rank, i)] = ToUtf8(serial);
    }
  }
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    std::u32string items;
    index.partial_items(i, &items);
    for (Symbol& item : items) item = item == kUnreadable ? U'?' : item == kGap ? U'*' : item;
    marks[index.partial_record(i)] = "partial " + ToUtf8(items);
  }
  for (uint64_t i = 0; i < index.missing_count(); ++i) {
    marks[index.missing_record(i)] = "missing " + std::string(MissingName(index.missing_kind(i)));
  }
  return marks;
}

// Every live record in order of id: id, source, key, mark, text, attributes.
inline std::vector<std::string> RecordsOf(const Snapshot& snapshot, bool with_ids = true) {
  std::map<uint64_t, std::string> lines;
  for (const Segment& segment : snapshot.segments()) {
    const Index& index = *segment.index;
    std::map<uint64_t, std::string> marks = MarksOf(index);
    for (uint64_t record = 0; record < index.record_count(); ++record) {
      if (segment.IsDeleted(record)) continue;
      std::string line, text;
      index.AppendKey(record, &line);
      line += '|' + marks[record] + '|';
      line += index.AppendText(record, &text) ? text : marks[record];
      for (const auto& column : index.attributes()) {
        const std::string_view value = column->text(column->code(record));
        if (!value.empty()) line += '|' + column->name() + '=' + std::string(value);
      }
      const uint64_t id = index.record_id(record);
      EXPECT_EQ(index.FindId(id), record);
      EXPECT_EQ(lines.count(id), 0u) << "two records have the id " << id;
      lines[id] = line;
    }
  }
  std::vector<std::string> all;
  for (const auto& [id, line] : lines) all.push_back(with_ids ? std::to_string(id) + '|' + line : line);
  return all;
}

// All that a registry promises to keep.
inline std::string StateOf(const Snapshot& snapshot) {
  std::string state = "bytes " + snapshot.manifest().caller_bytes + '\n';
  for (const std::string& line : RecordsOf(snapshot)) state += line + '\n';
  return state;
}

inline std::shared_ptr<const Snapshot> OpenSnapshot(Disk& disk, const std::string& directory) {
  return Take(Snapshot::Open(disk, directory, {}));
}

inline std::unique_ptr<RegistryWriter> OpenWriter(Disk& disk, const std::string& directory, bool create = true) {
  WriterOptions options;
  options.create = create;
  return Take(RegistryWriter::Open(disk, directory, options));
}

}  // namespace burin::internal

#endif
