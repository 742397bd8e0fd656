/* The version of the library: the one source of the number (CMake reads it here). */
#ifndef BURIN_VERSION_H_
#define BURIN_VERSION_H_

#define BURIN_VERSION_MAJOR 0
#define BURIN_VERSION_MINOR 1
#define BURIN_VERSION_PATCH 0
/* 1000000 * major + 1000 * minor + patch. */
#define BURIN_VERSION_NUMBER (1000000 * BURIN_VERSION_MAJOR + 1000 * BURIN_VERSION_MINOR + BURIN_VERSION_PATCH)

#endif
