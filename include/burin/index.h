/*
 * The index: one immutable file, opened. Any number of threads may use one index at once, and so may other objects
 * made from it (searchers, results, cursors), which keep it alive: it may be destroyed before them.
 *
 * A file is never trusted: once it is open, no content of it can cause undefined behaviour. What it can cause is a
 * wrong answer, which burin_index_verify rules out.
 */
#ifndef BURIN_INDEX_H_
#define BURIN_INDEX_H_

#include "burin/attribute.h"
#include "burin/export.h"
#include "burin/status.h"
#include "burin/text.h"

BURIN_BEGIN_DECLS

/* Since 0.1. */
typedef struct burin_index burin_index;

/* How a file is opened. Since 0.1. */
typedef struct burin_index_options {
  uint32_t struct_size;
  /* 1: read the file into memory. 0: map it, which costs nothing until bytes are used; but a mapped file that somebody
   * truncates ends the process, so that files of others should be read. */
  uint32_t read_into_memory;
  uint32_t populate; /* 1: touch every page of a map now, so that the first searches do not wait for the disk. */
  /* Of a registry. 1: where its newest state is damaged, opens the newest one that is not; burin_index_warning says
   * what is lost. */
  uint32_t recover;
  /* Of a registry: opens what was pinned under this name, instead of the newest state. Or NULL. */
  const char* pin;
  /* Of a registry: opens the state of this generation, be it the newest or a pinned one; BURIN_STATE: it was erased,
   * and the message says when at the latest. Or NULL. Not together with `pin`. */
  const uint64_t* generation;
  /* Bytes. Of a file (of a registry: each of its segments) that is not larger every checksum is checked before the
   * index is answered: BURIN_CHECKSUM or BURIN_CORRUPT with the file and the section. 0: of none, and opening costs the
   * same for any number of records. UINT64_MAX: of all. Since 0.1. */
  uint64_t check_up_to;
} burin_index_options;
#define BURIN_INDEX_OPTIONS_INIT \
  { sizeof(burin_index_options), 0, 0, 0, NULL, NULL, 0 }

/*
 * Opens an index file, or a registry (burin/registry.h) as it is now; the time does not depend on the number of
 * records, but on that of deleted ones. Messages name the file. BURIN_IO: missing, unreadable, a directory that is no
 * registry, a pipe or a device (which are not waited for). BURIN_VERSION_UNSUPPORTED: an index of a later version.
 * BURIN_CORRUPT, BURIN_CHECKSUM: no index, or one no longer; burin_error_position is the byte. Since 0.1.
 */
BURIN_API burin_status burin_index_open(const char* path, const burin_index_options* options, burin_index** out,
                                        burin_error** error);

/*
 * Opens an index that is in memory. The bytes are borrowed: they must stay, unchanged, until the index and everything
 * made from it are destroyed. Any alignment. Since 0.1.
 */
BURIN_API burin_status burin_index_open_buffer(const void* data, size_t size, burin_index** out, burin_error** error);

/* Releases an index. Since 0.1. */
BURIN_API void burin_index_destroy(burin_index* index);

/* What an index holds. Set struct_size before the call. Since 0.1. */
typedef struct burin_index_info {
  uint32_t struct_size;
  uint32_t format_major;
  uint32_t format_minor;
  uint32_t folding_version; /* Of the rules by which its serials were folded. */
  uint64_t file_bytes;
  uint64_t records; /* Record ids are 1 .. records; in a registry they are what they were when added. */
  uint64_t serials; /* Different ones; in a registry, those of each segment. */
  uint64_t partial_records;
  /* Records without a mark that can be searched, by BURIN_MISSING_...; [0] is 0. */
  uint64_t missing[BURIN_MISSING_KINDS];
} burin_index_info;
#define BURIN_INDEX_INFO_INIT                            \
  {                                                      \
    sizeof(burin_index_info), 0, 0, 0, 0, 0, 0, 0, { 0 } \
  }

/* Fills *info as far as its struct_size goes. Since 0.1. */
BURIN_API burin_status burin_index_get_info(const burin_index* index, burin_index_info* info, burin_error** error);

/* A section of the file. Fixed for ever: 32 bytes. Since 0.1. */
typedef struct burin_section {
  char name[8];   /* Four characters, then zeros. */
  uint64_t bytes; /* Without padding. */
  uint64_t items; /* What they are depends on the section: docs/format.md. */
  uint64_t reserved;
} burin_section;

/* The number of sections, and section `i` in the order of the file. BURIN_OUT_OF_RANGE: there is none. Since 0.1. */
BURIN_API size_t burin_index_section_count(const burin_index* index);
BURIN_API burin_status burin_index_get_section(const burin_index* index, size_t i, burin_section* section,
                                               burin_error** error);

/*
 * Checks every checksum, once in the life of the index: what was checked when it was opened costs nothing more. Finds
 * every changed bit, at some GB/s; not what a writer did wrong. BURIN_CHECKSUM, BURIN_CORRUPT: the first fault found,
 * with its file, section and byte. Since 0.1.
 */
BURIN_API burin_status burin_index_check(const burin_index* index, burin_error** error);

/*
 * Reads the whole file and checks everything: all checksums, every rule of docs/format.md; of a registry also those of
 * docs/registry-format.md, in its directory too. BURIN_CORRUPT, BURIN_CHECKSUM: the first fault found, with its section
 * and byte. Since 0.1.
 */
BURIN_API burin_status burin_index_verify(const burin_index* index, burin_error** error);

/* The number of attributes, "source" among them. They are numbered from 0 in ascending order of name. Since 0.1. */
BURIN_API uint32_t burin_index_attribute_count(const burin_index* index);

/* The name of an attribute, NUL-terminated; NULL if there is none. Lives as long as the index. Since 0.1. */
BURIN_API const char* burin_index_attribute_name(const burin_index* index, uint32_t attribute);

/* The type of an attribute, BURIN_ATTRIBUTE_...; BURIN_ATTRIBUTE_DEFAULT if there is none. Since 0.1. */
BURIN_API uint32_t burin_index_attribute_type(const burin_index* index, uint32_t attribute);

/* The number of the attribute of that name, or BURIN_NO_ATTRIBUTE. Since 0.1. */
BURIN_API uint32_t burin_index_find_attribute(const burin_index* index, const char* name);

/*
 * A record's value of an attribute, as recorded: *size bytes, not NUL-terminated. NULL and 0: absent, or no such
 * record or attribute. It lies in the file: it lives as long as the index. Since 0.1.
 */
BURIN_API const char* burin_index_attribute_text(const burin_index* index, uint64_t record_id, uint32_t attribute,
                                                 size_t* size);

/*
 * A record's value of an integer attribute: 1 and *value; or 0 and *value = 0: absent, of another type, or no such
 * record or attribute. Since 0.1.
 */
BURIN_API int32_t burin_index_attribute_integer(const burin_index* index, uint64_t record_id, uint32_t attribute,
                                                int64_t* value);

/*
 * A record's key, at most BURIN_MAX_KEY_BYTES bytes, written to `buffer` without a terminator; *needed receives its
 * size. BURIN_OUT_OF_RANGE: there is no such record, or the buffer is too small, and then nothing is written. Since
 * 0.1.
 */
BURIN_API burin_status burin_index_key(const burin_index* index, uint64_t record_id, char* buffer, size_t capacity,
                                       size_t* needed, burin_error** error);

/*
 * burin_fold by the folding that made the serials of this index, which may be an earlier one than burin_fold's. Since
 * 0.1.
 */
BURIN_API burin_status burin_index_fold(const burin_index* index, const char* text, size_t size, char* buffer,
                                        size_t capacity, size_t* needed, burin_error** error);

/* What burin_index_lookup answers for a serial that no record carries. */
#define BURIN_NO_MARK UINT64_MAX

/*
 * Exact lookup of many serials at once: marks[i] becomes the mark (burin_mark.number) whose serial is serials[i], or
 * BURIN_NO_MARK. Serials are UTF-8 as burin_index_fold gives them: a text that was not folded is not found. Partial
 * records are not looked at. Nothing is allocated. BURIN_INVALID_ARGUMENT: a serial that is NULL with a size, or not
 * UTF-8; every mark is BURIN_NO_MARK then. Since 0.1.
 */
BURIN_API burin_status burin_index_lookup(const burin_index* index, const burin_view* serials, size_t count,
                                          uint64_t* marks, burin_error** error);

/*
 * The records that carry the serial of a mark, by ascending id, written to `record_ids`; *needed receives their
 * number, at least 1. BURIN_OUT_OF_RANGE: there is no such mark; or there are more than `capacity`, and then nothing is
 * written. With capacity 0 it is BURIN_OK and only their number is asked for. Since 0.1.
 */
BURIN_API burin_status burin_index_mark_records(const burin_index* index, uint64_t mark, uint64_t* record_ids,
                                                size_t capacity, size_t* needed, burin_error** error);

/* Records found by their recorded text. Immutable. Since 0.1. */
typedef struct burin_text_records burin_text_records;

/*
 * The records whose recorded text is one of `texts`, as it was written but for white space at its ends: those of
 * texts[i] are found i. So a record is found by its whole cell, whatever that was read as: a serial, several, a partial
 * record, no number. A text that is a serial and nothing else costs a lookup, others together a pass over the records
 * without a whole serial; over all records in an index of an earlier folding. A text that is not UTF-8 is none.
 * BURIN_INVALID_ARGUMENT: a text that is NULL with a size. Since 0.1.
 */
BURIN_API burin_status burin_index_find_texts(const burin_index* index, const burin_view* texts, size_t count,
                                              burin_text_records** out, burin_error** error);

/* Releases what was found. Since 0.1. */
BURIN_API void burin_text_records_destroy(burin_text_records* records);

/* How many records text i has; 0 for a text that was not asked for. Since 0.1. */
BURIN_API size_t burin_text_records_count(const burin_text_records* records, size_t i);

/* The id of record j of text i, by ascending id; 0 if there is none. Since 0.1. */
BURIN_API uint64_t burin_text_records_id(const burin_text_records* records, size_t i, size_t j);

/*
 * Its serial, or what a partial record says with `?` and `*`; "" for a record without a mark, NULL if there is none.
 * *size, unless NULL, is its size. Lives as long as `records`. Since 0.1.
 */
BURIN_API const char* burin_text_records_serial(const burin_text_records* records, size_t i, size_t j, size_t* size);

/* Walks over all marks of an index. Keeps the index alive. One thread at a time. Since 0.1. */
typedef struct burin_cursor burin_cursor;

/* What a mark is. Since 0.1. */
enum {
  BURIN_MARK_SERIAL = 1,
  BURIN_MARK_PARTIAL = 2, /* Some of it is unreadable. */
  BURIN_MARK_MISSING = 3  /* There is none that can be searched. */
};

/* One record's mark. Fixed for ever: 32 bytes. Since 0.1. */
typedef struct burin_mark {
  uint64_t record_id;
  uint64_t number;  /* Of the serial in order of serials, or of the partial or missing mark among its kind; from 0. */
  uint32_t kind;    /* BURIN_MARK_... */
  uint32_t missing; /* BURIN_MISSING_... */
  uint64_t reserved;
} burin_mark;

/* A cursor before the first mark. Since 0.1. */
BURIN_API burin_status burin_cursor_create(const burin_index* index, burin_cursor** out, burin_error** error);

/* Releases a cursor. Since 0.1. */
BURIN_API void burin_cursor_destroy(burin_cursor* cursor);

/*
 * Moves to the next mark: serials in their order (length in symbols, then code points; records of one serial by id),
 * then partial records by id, then records without a mark by id. *more is 1 and *mark the mark, or 0 at the end. Each
 * record comes once. `mark` may be NULL. Since 0.1.
 */
BURIN_API burin_status burin_cursor_next(burin_cursor* cursor, burin_mark* mark, int32_t* more, burin_error** error);

/*
 * Of the mark at the cursor: the serial (of a partial record its items, with `?` for one unreadable character and `*`
 * for any number; "" if the mark is missing), the text as recorded, the record's key and source. NUL-terminated;
 * *size, unless NULL, receives the bytes. NULL if the cursor is at no mark. Live until the cursor moves. Since 0.1.
 */
BURIN_API const char* burin_cursor_serial(burin_cursor* cursor, size_t* size);
BURIN_API const char* burin_cursor_text(burin_cursor* cursor, size_t* size);
BURIN_API const char* burin_cursor_key(burin_cursor* cursor, size_t* size);
BURIN_API const char* burin_cursor_source(burin_cursor* cursor, size_t* size);

BURIN_END_DECLS

#endif
