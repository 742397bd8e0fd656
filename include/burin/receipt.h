/*
 * Receipts: what was asked, of which index and under which channel, and every number of the answer, in one JSON
 * document with a hash, so that anybody can make the same search again and see the same answer. The format is
 * docs/receipts.md.
 */
#ifndef BURIN_RECEIPT_H_
#define BURIN_RECEIPT_H_

#include "burin/export.h"
#include "burin/index.h"
#include "burin/reading.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* A reading fixed before any search, with who read it and how, and a hash of all that. Immutable. Since 0.1. */
typedef struct burin_seal burin_seal;

/* What is sealed beside the reading. Texts may be NULL: not said. Borrowed for the call. Since 0.1. */
typedef struct burin_seal_options {
  uint32_t struct_size;
  uint32_t reserved;
  const char* examiner;
  const char* exhibit;
  const char* case_number;
  const char* method; /* How the mark was made readable: "by eye", "etched with Fry's reagent". */
  const char* time;   /* When it was read, as the caller writes times: the library has no clock. */
} burin_seal_options;
#define BURIN_SEAL_OPTIONS_INIT \
  { sizeof(burin_seal_options), 0, NULL, NULL, NULL, NULL, NULL }

/* Seals a reading that was parsed from a pattern. BURIN_INVALID_ARGUMENT: it was built as a lattice. Since 0.1. */
BURIN_API burin_status burin_seal_create(const burin_reading* reading, const burin_seal_options* options,
                                         burin_seal** out, burin_error** error);

/*
 * Reads a seal. BURIN_BAD_INPUT: it is none, or its content has another hash than it says: one line, with the byte or
 * the path inside the document. `name` stands at its beginning. Since 0.1.
 */
BURIN_API burin_status burin_seal_parse(const char* json, size_t size, const char* name, burin_seal** out,
                                        burin_error** error);
BURIN_API burin_status burin_seal_open(const char* path, burin_seal** out, burin_error** error);

/* Since 0.1. */
BURIN_API void burin_seal_destroy(burin_seal* seal);

/* The document, and the SHA-256 of its content: NUL-terminated, living as long as the seal. Since 0.1. */
BURIN_API const char* burin_seal_text(const burin_seal* seal, size_t* size);
BURIN_API const char* burin_seal_hash(const burin_seal* seal);

/* Writes the document, whole or not at all. Since 0.1. */
BURIN_API burin_status burin_seal_write(const burin_seal* seal, const char* path, burin_error** error);

/* The pattern of the sealed reading; as long as the seal. NULL if `seal` is. Since 0.1. */
BURIN_API const char* burin_seal_pattern(const burin_seal* seal, size_t* size);

/* Fills *options with what was known beside the pattern, as far as its struct_size goes. Since 0.1. */
BURIN_API burin_status burin_seal_reading_options(const burin_seal* seal, burin_reading_options* options,
                                                  burin_error** error);

/*
 * The sealed reading, parsed again. BURIN_BAD_INPUT: it is no pattern, or is not taken to mean what the seal says.
 * Since 0.1.
 */
BURIN_API burin_status burin_seal_reading(const burin_seal* seal, burin_reading** out, burin_error** error);

/* A receipt of one index, channel and set of options, and any number of readings. One thread at a time. Since 0.1. */
typedef struct burin_receipt burin_receipt;

/* What goes beside the answer and is never compared. Texts may be NULL. Borrowed for the call. Since 0.1. */
typedef struct burin_receipt_options {
  uint32_t struct_size;
  uint32_t reserved;
  const char* time;
  const char* examiner;
  const char* case_number;
  const char* exhibit;
  const char* purpose;
  const char* index_path;
  const char* channel_path;
} burin_receipt_options;
#define BURIN_RECEIPT_OPTIONS_INIT \
  { sizeof(burin_receipt_options), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

/* A receipt without an answer yet. Hashes the whole index file: about a second for each gigabyte. Since 0.1. */
BURIN_API burin_status burin_receipt_create(const burin_index* index, const burin_receipt_options* options,
                                            burin_receipt** out, burin_error** error);

/*
 * Adds an answer: a result of burin_search or burin_search_batch over the receipt's index, with the same options as
 * those before it. `id`: the caller's name of the question. `seal`: of this reading, or NULL. Joint options
 * (burin/joint.h) are kept with all their readings, and a caller's table of synonyms whole. BURIN_INVALID_ARGUMENT:
 * another index or other options, a stream, an explanation, a search among visible records, a reading that was built
 * as a lattice, a seal of another reading, or a search that its deadline or cancel function stopped: nobody could make
 * it again. Since 0.1.
 */
BURIN_API burin_status burin_receipt_add(burin_receipt* receipt, const char* id, burin_result* result,
                                         const burin_seal* seal, burin_error** error);

/* Reads a receipt, as burin_seal_parse reads a seal. Since 0.1. */
BURIN_API burin_status burin_receipt_parse(const char* json, size_t size, const char* name, burin_receipt** out,
                                           burin_error** error);
BURIN_API burin_status burin_receipt_open(const char* path, burin_receipt** out, burin_error** error);

/* Since 0.1. */
BURIN_API void burin_receipt_destroy(burin_receipt* receipt);

/*
 * The document as it stands: NUL-terminated; *size, unless NULL, receives the bytes. Lives until the next
 * burin_receipt_add. Since 0.1.
 */
BURIN_API burin_status burin_receipt_text(burin_receipt* receipt, const char** json, size_t* size, burin_error** error);

/* Writes the document, whole or not at all. Since 0.1. */
BURIN_API burin_status burin_receipt_write(burin_receipt* receipt, const char* path, burin_error** error);

/* What a receipt is of. Texts are NUL-terminated and live until the next burin_receipt_add. Since 0.1. */
typedef struct burin_receipt_info {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t queries;
  const char* hash;         /* SHA-256 of the result, in canonical form. */
  const char* version;      /* Of the library that made it. */
  const char* index_hash;   /* SHA-256 of the index file, or of a registry's state. */
  const char* index_path;   /* From the context; "". */
  const char* channel_name; /* "" with unit costs. */
  const char* channel_hash;
  const uint64_t* generation; /* Of the registry's state; NULL: the index was a file. */
} burin_receipt_info;
#define BURIN_RECEIPT_INFO_INIT \
  { sizeof(burin_receipt_info), 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL }
BURIN_API burin_status burin_receipt_get_info(burin_receipt* receipt, burin_receipt_info* info, burin_error** error);

/* Told how far a replay is: `done` of `total` records scored. Non-zero stops it. Since 0.1. */
typedef int32_t (*burin_replay_fn)(void* user, uint64_t done, uint64_t total);

/* Since 0.1. */
typedef struct burin_replay_options {
  uint32_t struct_size;
  /* 1: besides, every record of the index is scored against each reading by the plain scorer, which proves or refutes
   * that no record was missed. Takes microseconds for each record. Several readings of one mark are scored by their
   * joint cost; several marks of a weapon are refused with BURIN_INVALID_ARGUMENT. */
  uint32_t exhaustive;
  burin_replay_fn progress; /* Of the exhaustive part; NULL: nobody is told. */
  void* progress_user;
} burin_replay_options;
#define BURIN_REPLAY_OPTIONS_INIT \
  { sizeof(burin_replay_options), 0, NULL, NULL }

/* What came of a replay. Since 0.1. */
typedef struct burin_replay {
  uint32_t struct_size;
  uint32_t same;    /* 1: the result is the same, byte for byte, and nothing contradicts it. */
  uint64_t queries; /* That were searched for again. */
  uint64_t scored;  /* Records that were scored, over all queries; 0 unless exhaustive. */
  /* Not the same: one line with the first member that differs, or the record that contradicts the claim. Else "". As
   * long as the receipt, until the next replay. */
  const char* difference;
} burin_replay;
#define BURIN_REPLAY_INIT \
  { sizeof(burin_replay), 0, 0, 0, NULL }

/*
 * Makes the searches of a receipt again and compares. BURIN_CHECKSUM: this is not the receipt's index, or the channel
 * that this library has under the name, or its table of synonyms, is not the receipt's. The version of the library is
 * not compared. Since 0.1.
 */
BURIN_API burin_status burin_receipt_replay(burin_receipt* receipt, const burin_index* index,
                                            const burin_replay_options* options, burin_replay* replay,
                                            burin_error** error);

BURIN_END_DECLS

#endif
