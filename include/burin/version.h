/* The version of the library: the one source of the number (CMake reads it here). */
#ifndef BURIN_VERSION_H_
#define BURIN_VERSION_H_

#include <stdint.h>

#include "burin/export.h"

#define BURIN_VERSION_MAJOR 0
#define BURIN_VERSION_MINOR 1
#define BURIN_VERSION_PATCH 0
/* 1000000 * major + 1000 * minor + patch. */
#define BURIN_VERSION_NUMBER (1000000 * BURIN_VERSION_MAJOR + 1000 * BURIN_VERSION_MINOR + BURIN_VERSION_PATCH)
/* Whether these headers are of version a.b.c or later. */
#define BURIN_VERSION_CHECK(a, b, c) (BURIN_VERSION_NUMBER >= 1000000 * (a) + 1000 * (b) + (c))
/* Rises only when a program that was linked with an earlier library would no longer run with a later one. */
#define BURIN_ABI_VERSION 1

BURIN_BEGIN_DECLS

/* BURIN_VERSION_NUMBER of the library that runs, which may be later than these headers. Cannot fail. Since 0.1. */
BURIN_API uint32_t burin_version_number(void);

/* The same as text, "0.1.0". Static. Since 0.1. */
BURIN_API const char* burin_version_string(void);

/* BURIN_ABI_VERSION of the library that runs. Since 0.1. */
BURIN_API uint32_t burin_abi_version(void);

/*
 * Major versions of the index format that this library reads: oldest .. newest, and it writes the newest. Either
 * pointer may be NULL. Since 0.1.
 */
BURIN_API void burin_format_range(uint32_t* oldest, uint32_t* newest);

/*
 * Some code of the library exists for several targets: sets of instructions, named as Highway names them. The best that
 * the processor has is used, and none of them changes an answer or a byte of an index.
 *
 * The environment variable BURIN_DISABLE_TARGETS takes targets away, to prove that or to work around a machine: a list
 * with commas, such as AVX3,SSE4, in which a name stands for that target and all better ones of its family, or `all`
 * for all but the baseline. Case does not matter; other names mean nothing. It is read once in a process, when the
 * first index is opened, builder made or target asked for, and it is Highway's own switch: where the program uses the
 * same shared library of Highway, it holds there too and replaces what hwy::DisableTargets was given before.
 *
 * burin_cpu_target answers the target that is used now: "AVX3", "AVX2", "SSE4", "SSSE3", "NEON" or another name;
 * "SCALAR" or "EMU128" is code for any processor. Static. Cannot fail. Any thread. Since 0.1.
 */
BURIN_API const char* burin_cpu_target(void);

BURIN_END_DECLS

#endif
