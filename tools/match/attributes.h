// The attributes of records, as match and dump write them: all of the index but the source.
#ifndef BURIN_TOOLS_MATCH_ATTRIBUTES_H_
#define BURIN_TOOLS_MATCH_ATTRIBUTES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "burin/burin.hpp"

namespace burin::tool {

class Attributes {
 public:
  explicit Attributes(const Index& index);

  // Appends `,NAME,NAME...` for the header of a CSV; a name that is one of `taken` becomes attribute.NAME.
  void AppendCsvHeader(const std::vector<std::string>& taken, std::string* out) const;
  // Appends `,VALUE,VALUE...`; absent is empty.
  void AppendCsv(uint64_t record_id, std::string* out) const;
  // Appends {"NAME":VALUE,...}: integers as numbers, everything else as recorded; absent ones are left out.
  void AppendJson(uint64_t record_id, std::string* out) const;
  // "maker Astra, year 1951" for people.
  std::string Words(uint64_t record_id) const;

 private:
  struct Attribute {
    std::string name;
    std::string json_name;  // "name":
    uint32_t number;
    bool integer;
  };
  const Index* index_;
  std::vector<Attribute> attributes_;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_ATTRIBUTES_H_
