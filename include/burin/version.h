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

BURIN_END_DECLS

#endif
