// exp and log of doubles, the same bits on every machine: what reaches an output goes through these and not through
// libm, whose last digits differ from one system to the next.
//
// Both are IEEE +, -, * and / alone, in one order, with exact scaling by powers of two. src/CMakeLists.txt keeps the
// compiler from fusing a * b + c. Errors are below 2^-51 relative (exp) and 2^-51 of the larger of |log x| and 2^-4
// (log), which tests/base/exp_log_test.cc compares with long double. Some ten nanoseconds each.
#ifndef BURIN_SRC_BASE_EXP_LOG_H_
#define BURIN_SRC_BASE_EXP_LOG_H_

namespace burin::internal {

// e^x. 0 below -745, infinite above 709.78; not a number gives 0. Results below 2^-1022 are rounded twice.
double Exp(double x);
// The natural logarithm. Minus infinity for 0 and below, and for what is not a number.
double Log(double x);
double Log10(double x);

}  // namespace burin::internal

#endif
