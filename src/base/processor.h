// Which of the processor's instructions the library uses. Highway compiles some of the code several times, once for
// each target (AVX3, AVX2, ...), and takes the best that the processor has. None of them may change a result; the
// environment variable BURIN_DISABLE_TARGETS takes targets away, to prove that or to work around a machine.
#ifndef BURIN_SRC_BASE_PROCESSOR_H_
#define BURIN_SRC_BASE_PROCESSOR_H_

#include <cstdint>
#include <string_view>

namespace burin::internal {

// Reads BURIN_DISABLE_TARGETS and takes the targets away that it names; only the first call of the process does
// anything, and nothing unless the variable names a target. REQUIRES: called before any code that has targets: whoever
// opens an index or makes a builder calls it. Any thread.
void LimitTargets();

// The name of the target that is used, as Highway spells it. Static. Calls LimitTargets first. Any thread.
const char* TargetInUse();

// The targets, as Highway's bits, that a value of the variable takes away: for each name in a list with commas that
// target and all better ones of its family, which need its instructions; for `all` every one but the baseline. Case and
// blanks around names do not matter. Names that are no target of this machine's family, and the baseline's, mean
// nothing.
int64_t TargetsTakenAway(std::string_view list);

}  // namespace burin::internal

#endif
