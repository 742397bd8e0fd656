// Reading query logs: every line checked, against the one before, against the head beside the chain and against heads
// that were noted elsewhere; and the lines of all chains in the order of their time. docs/query-log.md.
//
// The chain and its head prove that nobody changed, took out or put in a line, or cut lines off, who did not write both
// files anew. Against that, and against both removed, there are the heads that somebody noted where the writer of the
// log cannot reach. Chains of an earlier version, one for each process, have no head beside them until a log goes on
// behind them.
#ifndef BURIN_SRC_QUERY_LOG_AUDIT_H_
#define BURIN_SRC_QUERY_LOG_AUDIT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/disk.h"
#include "src/base/mapped_file.h"
#include "src/base/status.h"
#include "src/query_log/chain_reader.h"
#include "src/query_log/log_lock.h"

namespace burin::internal {

// The state of a chain: its first `lines` lines end in one with this hash. Without a chain, and 0: a line of any chain
// has it.
struct ChainHead {
  std::string chain;
  uint64_t lines = 0;
  std::string sha256;
};

struct AuditedChain {
  ChainHead head;
  bool unfinished = false;  // A last line that has no end follows: its writer was stopped, or is writing it now.
};

class Audit {
 public:
  // Reads and checks all of a log, having its lock while it reads. kIo: unreadable. kCorrupt: the first thing that is
  // not as a log is written or as the heads say: one line, "PATH: line N: ..." with lines from 1. `heads` in any order.
  // kCancelled: of `wait`.
  static Result<Audit> Run(Disk& disk, const std::string& directory, const std::vector<ChainHead>& heads,
                           const LogWait& wait = {});

  // In the order of their names: those of earlier versions, then the one that the log goes on with.
  const std::vector<AuditedChain>& chains() const { return chains_; }
  // Those of queries, by time; of one time in the order of chains, then of lines. Views, living as long as this.
  const std::vector<AuditedLine>& lines() const { return lines_; }
  // What is no damage and somebody should know: one line each, "PATH: line N: ...".
  const std::vector<std::string>& notes() const { return notes_; }
  // What to note elsewhere: of a log that has a head, the one chain that links all others.
  std::string Heads() const;

 private:
  struct Wanted;
  Status ReadOld(Disk& disk, const std::string& directory, const std::string& name, Wanted* wanted);
  Status ReadCurrent(std::string_view bytes, std::string_view head, const std::string& directory, Wanted* wanted);
  Status CheckGaps(const ChainReader& reader, const std::string& path);
  Status CheckHead(const ChainReader& reader, std::string_view text, const std::string& directory);
  Status CheckLinks(const std::vector<LogLink>& links, const std::string& directory) const;

  bool has_head_ = false;
  std::vector<AuditedChain> chains_;
  std::vector<LogLink> old_;  // What the old ones are now.
  std::vector<AuditedLine> lines_;
  std::vector<std::string> notes_;
  std::vector<MappedFile> files_;
};

// What Heads says: lines "SHA256 LINES CHAIN", or "SHA256" alone, which a line of any chain may have. kBadInput: "NAME:
// line N: expected ...".
Result<std::vector<ChainHead>> ReadHeads(std::string_view text, std::string_view name);

}  // namespace burin::internal

#endif
