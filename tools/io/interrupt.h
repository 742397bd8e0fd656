// Signals: SIGINT, SIGTERM and SIGHUP end a command wherever it is, within a tenth of a second.
//
// A signal sets a flag, which commands and the library look at where they can stop with everything in order. Whoever
// has not stopped after kPatience (opening a FIFO, waiting for a pipe, in the middle of a sort) is ended from a thread
// that does nothing but wait for this: it removes temporary files, says "interrupted" and leaves. Only a call that the
// system does not interrupt, such as an fsync under way, can hold that up.
#ifndef BURIN_TOOLS_IO_INTERRUPT_H_
#define BURIN_TOOLS_IO_INTERRUPT_H_

#include <cstdint>
#include <mutex>
#include <string>

namespace burin::tool {

// Once, before anything else: signals are caught, and a write to a closed pipe or beyond a limit on files fails instead
// of ending the process.
void CatchInterrupts();
// The signal that came, or 0.
int Interrupted();
// The same as a function that the library asks whether to give up.
int32_t OnCancel(void*);
// Throws if one came.
void CheckInterrupt();

// What is written to `path` goes through temporary files beside it, or in it if it is a directory: those of this
// process are removed when it is ended from outside. Any thread.
void RemoveTemporariesOf(const std::string& path);

// Whether the caller is the one who says how the process ends. False: another thread does so at this moment.
bool ClaimEnd();

// Held while the one step is made that decides whether a command has done its work: either it is made and the command
// succeeds, or a signal comes first and it is not. Throws if a signal came.
class PointOfNoReturn {
 public:
  PointOfNoReturn();
  PointOfNoReturn(const PointOfNoReturn&) = delete;
  PointOfNoReturn& operator=(const PointOfNoReturn&) = delete;
  // From now on signals end nothing: only to be called when nothing is left that could take time.
  void Passed();

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_INTERRUPT_H_
