// Reading query logs: every chain checked line by line, against itself and against heads that were deposited elsewhere,
// and the lines of all chains in the order of their time. docs/query-log.md.
//
// A chain proves that no line but the last was changed, and none taken out, moved or put in, by anybody who did not
// write all later lines anew. Against that, and against lines cut off at the end and chains removed as a whole, there
// are the heads: whoever has deposited them where the writer of the log cannot reach needs nothing else.
#ifndef BURIN_SRC_REPORT_AUDIT_H_
#define BURIN_SRC_REPORT_AUDIT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/disk.h"
#include "src/base/mapped_file.h"
#include "src/base/status.h"

namespace burin::internal {

// The state of a chain: its first `lines` lines end in one with this hash.
struct ChainHead {
  std::string chain;
  uint64_t lines = 0;
  std::string sha256;
};

struct AuditedChain {
  ChainHead head;
  bool unfinished = false;  // A last line that has no end follows: its writer was stopped, or is writing it now.
};

// A line of a log, without its end.
struct AuditedLine {
  std::string_view text;
  std::string time;
  uint32_t chain = 0;
  uint64_t line = 0;
};

class Audit {
 public:
  // Reads and checks all chains. kIo: unreadable. kCorrupt: the first thing that is not as a chain is written or as the
  // heads say: one line, "PATH: line N: ..." with lines from 1. `heads` in any order.
  static Result<Audit> Run(Disk& disk, const std::string& directory, const std::vector<ChainHead>& heads);

  const std::vector<AuditedChain>& chains() const { return chains_; }  // In the order of their names.
  // Those of queries, by time; of one time in the order of chains, then of lines. Views, living as long as this.
  const std::vector<AuditedLine>& lines() const { return lines_; }

 private:
  Status Read(Disk& disk, const std::string& path, const std::string& name, const std::vector<ChainHead>& heads);

  std::vector<AuditedChain> chains_;
  std::vector<AuditedLine> lines_;
  std::vector<MappedFile> files_;
};

// What is deposited: a line "SHA256 LINES CHAIN" for each chain.
std::string WriteHeads(const std::vector<AuditedChain>& chains);
// kBadInput: "NAME: line N: expected ...".
Result<std::vector<ChainHead>> ReadHeads(std::string_view text, std::string_view name);

}  // namespace burin::internal

#endif
