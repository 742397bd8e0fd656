/* What a call answers: a status, and on request an error that says in one line what went wrong and where. */
#ifndef BURIN_STATUS_H_
#define BURIN_STATUS_H_

#include <stdint.h>

#include "burin/export.h"

BURIN_BEGIN_DECLS

/* One of the constants below. Later versions may add some: treat every value but BURIN_OK as a failure. Since 0.1. */
typedef int32_t burin_status;

enum {
  BURIN_OK = 0,
  /* 1-9: the caller. */
  BURIN_INVALID_ARGUMENT = 1, /* NULL, a malformed pattern, an unknown column, attribute or channel. */
  BURIN_OUT_OF_RANGE = 2,     /* A number outside its documented range; a buffer that is too small. */
  BURIN_STATE = 3,            /* A call in the wrong order: a builder that was written, a cursor not at a mark. */
  /* 10-19: data. */
  BURIN_CORRUPT = 10,             /* File content that breaks the format; a file of another kind. */
  BURIN_VERSION_UNSUPPORTED = 11, /* A file of a version of the format that this library does not read. */
  BURIN_CHECKSUM = 12,            /* Content that does not match its checksum. */
  BURIN_BAD_INPUT = 13,           /* Bad content of an input table or a channel file. */
  /* 20-29: resources. */
  BURIN_NO_MEMORY = 20,
  BURIN_IO = 21, /* Missing, unreadable, a directory, a full disk. */
  /* 30-39: the caller's own wish. */
  BURIN_CANCELLED = 30, /* A callback asked to stop. */
  /* 90-99: defects. */
  BURIN_INTERNAL = 90 /* A defect of the library. */
};

/*
 * Words for a status, "invalid argument"; "unknown status" for a value that this library has not. Static. Since 0.1.
 */
BURIN_API const char* burin_status_name(burin_status status);

/* Asked now and then while a long call runs; non-zero stops it. Since 0.1. */
typedef int32_t (*burin_cancel_fn)(void* user);

/* What went wrong. Immutable: any number of threads may read one. Since 0.1. */
typedef struct burin_error burin_error;

/* What burin_error_position answers where no position is known. */
#define BURIN_NO_POSITION UINT64_MAX

/* The status of the call that failed; BURIN_OK if `error` is NULL. Since 0.1. */
BURIN_API burin_status burin_error_code(const burin_error* error);

/*
 * One line of English, UTF-8, NUL-terminated, without a full stop or a line break at its end; "" if `error` is NULL.
 * It names the file, the column or the option at fault. Lives as long as the error. Since 0.1.
 */
BURIN_API const char* burin_error_message(const burin_error* error);

/*
 * Where: for a pattern, the column in code points, from 1; for BURIN_CORRUPT and BURIN_CHECKSUM, the byte offset in
 * the file; for a channel that is no JSON, the byte. BURIN_NO_POSITION where none is known or `error` is NULL. Since
 * 0.1.
 */
BURIN_API uint64_t burin_error_position(const burin_error* error);

/* Releases an error. Errors about lack of memory are static, so that reporting them needs none. Since 0.1. */
BURIN_API void burin_error_destroy(burin_error* error);

BURIN_END_DECLS

#endif
