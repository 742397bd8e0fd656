/*
 * The registry: a directory of indexes that grows. One writer at a time adds, replaces and deletes rows by source and
 * key, and commits; any number of readers in any process open it with burin_index_open, which answers a snapshot that
 * never changes. docs/durability.md says what is promised.
 *
 * A row is replaced under a new record id; ids are never given twice. A row that is there already, the same in
 * everything, stays as it is.
 */
#ifndef BURIN_REGISTRY_H_
#define BURIN_REGISTRY_H_

#include "burin/builder.h"
#include "burin/export.h"
#include "burin/index.h"
#include "burin/status.h"
#include "burin/table.h"

BURIN_BEGIN_DECLS

/* The writer of a registry. One thread at a time. Since 0.1. */
typedef struct burin_registry burin_registry;

/* Every field may be 0. Since 0.1. */
typedef struct burin_registry_options {
  uint32_t struct_size;
  uint32_t create;  /* 1: a registry that is not there is made, empty. */
  uint32_t recover; /* 1: where the newest state is damaged, goes on from the newest one that is not;
                     * burin_registry_warning says what is lost. */
  uint32_t profile; /* BURIN_PROFILE_... of new segments. */
  uint32_t threads; /* As in burin_builder_options. */
  /* Commits merge segments when there are more than so many. 0: 5. */
  uint32_t most_segments;
  /* As in burin_builder_options. The rejects file is at its path after a commit. */
  const char* unreadable;
  const char* rejects_path;
  burin_reject_fn on_reject;
  void* reject_user;
  burin_cancel_fn cancel; /* Asked while segments are written and merged, or NULL. */
  void* cancel_user;
  uint32_t values; /* BURIN_VALUES_..., as in burin_builder_options. */
  uint32_t reserved;
  uint64_t check_up_to;  /* As in burin_index_options. Since 0.1. */
  const char* sentinels; /* As in burin_builder_options. */
} burin_registry_options;
#define BURIN_REGISTRY_OPTIONS_INIT \
  { sizeof(burin_registry_options), 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL }

/*
 * Opens a registry for writing and locks it; the lock ends with the writer, or with the process. What a crash left is
 * removed. BURIN_IO: another writer is at work, no such directory, not writable. BURIN_CORRUPT, BURIN_CHECKSUM: no
 * registry, or a damaged one; the message names the file. Since 0.1.
 */
BURIN_API burin_status burin_registry_open(const char* path, const burin_registry_options* options,
                                           burin_registry** out, burin_error** error);

/* Releases a writer; what was not committed is gone. Since 0.1. */
BURIN_API void burin_registry_destroy(burin_registry* registry);

/* What a recovery gave up, one line; NULL if there was none. Lives as long as the writer. Since 0.1. */
BURIN_API const char* burin_registry_warning(const burin_registry* registry);

/*
 * As burin_builder_add_attribute. BURIN_INVALID_ARGUMENT too: the registry has the attribute with another type.
 * Since 0.1.
 */
BURIN_API burin_status burin_registry_add_attribute(burin_registry* registry, const char* name, uint32_t type,
                                                    uint32_t* number, burin_error** error);

/* What became of a row. Since 0.1. */
enum {
  BURIN_PUT_ADDED = 0,
  BURIN_PUT_REPLACED = 1, /* There was one of its source and key. */
  BURIN_PUT_UNCHANGED = 2 /* It was there already. */
};

/*
 * Adds a row, or puts it in the place of that with its source and key. The key is needed. *outcome, unless NULL, is
 * BURIN_PUT_.... Errors as of burin_builder_add_row; then nothing was changed. BURIN_VERSION_UNSUPPORTED: the registry
 * has records of an earlier folding, which no new ones can join: burin_registry_refold. Since 0.1.
 */
BURIN_API burin_status burin_registry_put_row(burin_registry* registry, const burin_row* row, uint32_t* outcome,
                                              burin_error** error);

/*
 * Puts the rows of a table, as burin_builder_add_table adds them. Without a column for the key, a row's key is made of
 * the checksum of the file and its number, so that the same file changes nothing and no other replaces a row of it; a
 * table that is no regular file needs the column (BURIN_INVALID_ARGUMENT). BURIN_VERSION_UNSUPPORTED as above. Since
 * 0.1.
 */
BURIN_API burin_status burin_registry_put_table(burin_registry* registry, burin_table* table,
                                                const burin_mapping* mapping, burin_error** error);

/* Deletes a row. *found, unless NULL: 1 if it was there, else 0. Since 0.1. */
BURIN_API burin_status burin_registry_delete(burin_registry* registry, burin_view source, burin_view key,
                                             int32_t* found, burin_error** error);

/*
 * Deletes the rows of the last commit with a record that meets all conditions (as of burin_search_options.where; at
 * least one). *deleted, unless NULL: how many rows. BURIN_INVALID_ARGUMENT: a condition that cannot be understood.
 * Since 0.1.
 */
BURIN_API burin_status burin_registry_delete_where(burin_registry* registry, const char* const* where,
                                                   size_t where_count, uint64_t* deleted, burin_error** error);

/* How much of a source may vanish at once. Since 0.1. */
typedef struct burin_sync_options {
  uint32_t struct_size;
  uint32_t empty_tables; /* 1: a table without rows, which is more often a failed export, is no error. */
  /* So many rows, or so large a part of those that the source has (0 .. 1), whichever is more. */
  uint64_t most_rows;
  double most_share;
} burin_sync_options;
#define BURIN_SYNC_OPTIONS_INIT \
  { sizeof(burin_sync_options), 0, 0, 0.2 }

/* Since 0.1. */
typedef struct burin_sync_counts {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t rows;    /* Of the source, at the last commit. */
  uint64_t unseen;  /* Of these, those that nothing put since, nor rejected by their key, nor deleted. */
  uint64_t unread;  /* Rows rejected since whose source or key cannot be read: each may be an unseen one. */
  uint64_t deleted; /* By this call. */
} burin_sync_counts;
#define BURIN_SYNC_COUNTS_INIT \
  { sizeof(burin_sync_counts), 0, 0, 0, 0, 0 }

/*
 * Deletes the rows of a source that were there at the last commit and that nothing gave since: those that vanished from
 * it. So whatever the source has is put between two commits, in as many tables and rows as it takes, and this is called
 * before the second. What was given and could not be put is there nonetheless: a rejected row, of a table or of
 * burin_registry_put_row, keeps the one with its key. If its key or source cannot be read, nothing is deleted: counts
 * say so (`unread`), the call succeeds.
 *
 * BURIN_BAD_INPUT: a table had no rows; more would be deleted than the options allow (NULL: a fifth of the source; as
 * many as `unread` are not counted). BURIN_STATE: reading a table failed half-way. Then nothing is deleted, and the
 * caller may commit what was put, or abort. *counts, unless NULL, is filled in any case but a wrong argument; set its
 * struct_size before the call. BURIN_OUT_OF_RANGE: most_share. Since 0.1.
 */
BURIN_API burin_status burin_registry_sync(burin_registry* registry, burin_view source,
                                           const burin_sync_options* options, burin_sync_counts* counts,
                                           burin_error** error);

/* burin_registry_sync without options. *deleted, unless NULL: how many rows. Since 0.1. */
BURIN_API burin_status burin_registry_delete_unseen(burin_registry* registry, burin_view source, uint64_t* deleted,
                                                    burin_error** error);

/* What happened since the writer was opened, aborted changes included. Set struct_size before the call. Since 0.1. */
typedef struct burin_registry_counts {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t rows;     /* Put, rejected ones included. */
  uint64_t rejected; /* Rows of tables. */
  uint64_t added;
  uint64_t replaced;
  uint64_t unchanged;
  uint64_t deleted;                      /* Rows. */
  uint64_t records;                      /* Of the rows that were put, one for each mark. */
  uint64_t partial_records;              /* Among them. */
  uint64_t missing[BURIN_MISSING_KINDS]; /* Among them, by BURIN_MISSING_...; [0] is 0. */
} burin_registry_counts;
#define BURIN_REGISTRY_COUNTS_INIT                                     \
  {                                                                    \
    sizeof(burin_registry_counts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0 } \
  }

/* Fills *counts as far as its struct_size goes. Since 0.1. */
BURIN_API burin_status burin_registry_get_counts(const burin_registry* registry, burin_registry_counts* counts,
                                                 burin_error** error);

/*
 * Values of attributes that could not be read, in what was added so far. The number of attributes that have some. Since
 * 0.1.
 */
BURIN_API size_t burin_registry_unread_count(const burin_registry* registry);

/*
 * Attribute `i` of these, in order of name: its name, NUL-terminated; *rows, unless NULL, is how many rows have no
 * value for it because theirs could not be read. NULL: there is none. Lives until the next row is added. Since 0.1.
 */
BURIN_API const char* burin_registry_unread(const burin_registry* registry, size_t i, uint64_t* rows);

/*
 * Text `j` of that attribute, in order of spelling, as it is kept in NAME_recorded, NUL-terminated; *rows, unless NULL,
 * is how many rows have it. The first 1000 different ones are known. NULL: there is none. Lives until the next row is
 * added. Since 0.1.
 */
BURIN_API const char* burin_registry_unread_text(const burin_registry* registry, size_t i, size_t j, uint64_t* rows);

/* As burin_builder_sentinel_count and burin_builder_sentinel, of the rows that were put. Since 0.1. */
BURIN_API size_t burin_registry_sentinel_count(const burin_registry* registry);
BURIN_API const char* burin_registry_sentinel(const burin_registry* registry, size_t i, uint64_t* records,
                                              uint32_t* missing);

/* Rules of a registry, as bits; further ones may come. Since 0.1. */
enum {
  BURIN_RULE_NEEDS_CASE = 1 /* A search says for which case it is (burin_search_options.case_number), or is refused. */
};

/*
 * Makes these the rules of the registry, from the next commit on; burin_registry_state.rules answers them.
 * BURIN_OUT_OF_RANGE: there is no such rule. Since 0.1.
 */
BURIN_API burin_status burin_registry_set_rules(burin_registry* registry, uint64_t rules, burin_error** error);

/*
 * From here on the registry is what was put and deleted, on disk and for every reader that opens it. `bytes` (at most
 * 1 MiB) go with it, burin_index_caller_bytes answers them; NULL keeps those of the last commit. Without changes
 * nothing is written. BURIN_BAD_INPUT: rows were rejected and the options name nowhere for them to go, or rows were
 * given since the last commit and not one could be used; nothing is committed. BURIN_CHECKSUM, BURIN_CORRUPT: a segment
 * that would be merged is damaged, and the message names it; nothing is committed, and the changes wait. After another
 * failure the writer answers BURIN_STATE to everything: open the registry again to see whether the commit took place.
 * Since 0.1.
 */
BURIN_API burin_status burin_registry_commit(burin_registry* registry, const void* bytes, size_t size,
                                             burin_error** error);

/* Back to the last commit. Since 0.1. */
BURIN_API burin_status burin_registry_abort(burin_registry* registry, burin_error** error);

/*
 * Merges segments until there are at most so many, and rewrites each that has deletions: what is deleted is in no file
 * of the newest state, but where a hold keeps it. The state before and pins still have it (burin_registry_remains).
 * Readers are not disturbed. BURIN_STATE: there are changes to commit first. BURIN_CANCELLED; BURIN_CHECKSUM,
 * BURIN_CORRUPT: a segment is damaged, and the message names it. All is as before then. Since 0.1.
 */
BURIN_API burin_status burin_registry_compact(burin_registry* registry, uint32_t most_segments, burin_error** error);

/* What a refolding did. Set struct_size before the call. Since 0.1. */
typedef struct burin_refold_counts {
  uint32_t struct_size;
  uint32_t folding_before; /* burin_index_info.folding_version before it. */
  uint64_t rows;           /* Read anew; 0: the registry was of the present folding. */
  uint64_t changed;        /* Of them, those of which some record says something else now. */
  uint64_t renumbered;     /* Of these, those whose records have new ids. */
} burin_refold_counts;
#define BURIN_REFOLD_COUNTS_INIT \
  { sizeof(burin_refold_counts), 0, 0, 0, 0 }

/*
 * Reads the recorded texts of a registry of an earlier folding (burin_folding_version) anew, under a commit of its own;
 * one of the present folding stays as it is. Kept are keys, sources, texts, attributes, deletions, rules, the caller's
 * bytes, and the ids of the records of each row that gives as many records as before; other rows get new ids. States
 * that are pinned stay what they are. The options' `unreadable` counts, but for texts that were taken for whole
 * serials. *counts, unless NULL, is filled as far as its struct_size goes. BURIN_STATE: there are changes to commit
 * first, or holds keep deleted records, which this would remove. BURIN_CHECKSUM, BURIN_CORRUPT: a file is damaged, and
 * nothing was written. BURIN_CANCELLED: all is as before. Since 0.1.
 */
BURIN_API burin_status burin_registry_refold(burin_registry* registry, burin_refold_counts* counts,
                                             burin_error** error);

/*
 * Compacts to one segment, then removes every state but the newest one, and the files that only they named, and makes
 * sure that a loss of power does not bring them back: what is deleted is in no file, but where pins and holds keep it
 * (burin_registry_remains). There is nothing older left to recover then. What other processes have opened, they keep
 * until they close it. `override_reason`, unless NULL: holds keep nothing this time; the reason and the number of held
 * records are logged (burin_index_get_hold_event). Errors as of burin_registry_compact; BURIN_IO: something could not
 * be removed, and the next call goes on; BURIN_INVALID_ARGUMENT: an empty reason. Beside a pin that is damaged nothing
 * is written or removed. Since 0.1.
 */
BURIN_API burin_status burin_registry_purge(burin_registry* registry, const char* override_reason, burin_error** error);

/* Why files hold records that the registry holds no more. Since 0.1. */
enum {
  BURIN_REMAINS_STATE = 0, /* They are of a state before the newest one, and go with the next commit. */
  BURIN_REMAINS_PIN = 1,   /* They are pinned. */
  BURIN_REMAINS_HELD = 2   /* They are of the newest state, and a hold keeps the records. */
};

/* Such a state. Set struct_size before the call. Since 0.1. */
typedef struct burin_remains {
  uint32_t struct_size;
  uint32_t why;    /* BURIN_REMAINS_... */
  const char* pin; /* Until the next call of burin_registry_remains; or NULL. */
  uint64_t generation;
  uint64_t committed_at; /* Seconds since 1970-01-01 UTC. */
  uint64_t records;      /* UINT64_MAX: not known, for the state cannot be opened. */
} burin_remains;
#define BURIN_REMAINS_INIT \
  { sizeof(burin_remains), 0, NULL, 0, 0, 0 }

/*
 * Looks for such states; *count, unless NULL, is their number. Costs a look at each record of files that the newest
 * state does not name. Since 0.1.
 */
BURIN_API burin_status burin_registry_remains(burin_registry* registry, size_t* count, burin_error** error);

/* Number `i` of those that were found last. BURIN_OUT_OF_RANGE: there is none. Since 0.1. */
BURIN_API burin_status burin_registry_get_remains(const burin_registry* registry, size_t i, burin_remains* remains,
                                                  burin_error** error);

/*
 * A legal hold, or a rule of retention: deleted records that it says stay in the files, whoever compacts or purges,
 * until it is released, or over, or overridden. It does not keep records from being deleted or replaced: what was there
 * stays in the files, and in no answer. Records that no file of the newest state has any more are beyond it. Set
 * struct_size before a call. Since 0.1.
 */
typedef struct burin_hold {
  uint32_t struct_size;
  uint32_t where_count;
  const char* name;   /* As of a pin. */
  const char* source; /* Of the key; NULL is "". */
  const char* key;    /* Records of the row with this key. NULL: of any. */
  /* Conditions, as of burin_search_options.where, all of which hold. At least one, or a key. */
  const char* const* where;
  const char* reason; /* Not empty. */
  uint64_t until;     /* Seconds since 1970-01-01 UTC, from when on it holds nothing; 0: until it is released. */
  uint64_t placed_at; /* An answer: set by the call. */
} burin_hold;
#define BURIN_HOLD_INIT \
  { sizeof(burin_hold), 0, NULL, NULL, NULL, NULL, NULL, 0, 0 }

/*
 * Places a hold, from the next commit on. BURIN_INVALID_ARGUMENT: no name, or one that is taken; no reason; nothing
 * that is held; a condition that cannot be understood. Since 0.1.
 */
BURIN_API burin_status burin_registry_place_hold(burin_registry* registry, const burin_hold* hold, burin_error** error);

/* Releases a hold, from the next commit on. BURIN_INVALID_ARGUMENT: there is none; no reason. Since 0.1. */
BURIN_API burin_status burin_registry_release_hold(burin_registry* registry, const char* name, const char* reason,
                                                   burin_error** error);

/*
 * The holds of the registry that an index was opened on, in ascending order of name; of a file there are none. Texts
 * live as long as the index; `where` of an answer is NULL, conditions are asked for one by one (NULL: there is none).
 * Set struct_size before the call. BURIN_OUT_OF_RANGE: there is no such hold. Since 0.1.
 */
BURIN_API size_t burin_index_hold_count(const burin_index* index);
BURIN_API burin_status burin_index_get_hold(const burin_index* index, size_t i, burin_hold* hold, burin_error** error);
BURIN_API const char* burin_index_hold_condition(const burin_index* index, size_t i, size_t condition);

/* What was done to holds. Since 0.1. */
enum { BURIN_HOLD_PLACED = 1, BURIN_HOLD_RELEASED = 2, BURIN_HOLD_OVERRIDDEN = 3 };

/* An entry of the log of holds, which is a part of each state. Set struct_size before the call. Since 0.1. */
typedef struct burin_hold_event {
  uint32_t struct_size;
  uint32_t act;      /* BURIN_HOLD_... */
  uint64_t at;       /* Seconds since 1970-01-01 UTC. */
  uint64_t records;  /* Overridden: how many held records left the files. */
  const char* names; /* Of the holds, with blanks between. */
  const char* reason;
} burin_hold_event;
#define BURIN_HOLD_EVENT_INIT \
  { sizeof(burin_hold_event), 0, 0, 0, NULL, NULL }

/* The log, in the order of time. As of burin_index_get_hold. Since 0.1. */
BURIN_API size_t burin_index_hold_event_count(const burin_index* index);
BURIN_API burin_status burin_index_get_hold_event(const burin_index* index, size_t i, burin_hold_event* event,
                                                  burin_error** error);

/*
 * Keeps the state of the last commit under a name (letters, digits, `-`, `_` and `.`, at most 100), with all its files,
 * until it is unpinned; burin_index_options.pin opens it. BURIN_INVALID_ARGUMENT: another name, or one that is taken.
 * Since 0.1.
 */
BURIN_API burin_status burin_registry_pin(burin_registry* registry, const char* name, burin_error** error);

/* BURIN_INVALID_ARGUMENT: there is no such pin. Since 0.1. */
BURIN_API burin_status burin_registry_unpin(burin_registry* registry, const char* name, burin_error** error);

/*
 * Copies the registry as it was when the index was opened to a new directory, whole or not at all; writers may be at
 * work meanwhile. Pins are not copied. BURIN_INVALID_ARGUMENT: the index is a file. BURIN_IO: the directory is there
 * and not empty, the disk is full. BURIN_CHECKSUM, BURIN_CORRUPT: a file is damaged, and the message names it;
 * nothing is written. What is deleted and not compacted yet is copied too. Since 0.1.
 */
BURIN_API burin_status burin_index_back_up(const burin_index* index, const char* path, burin_error** error);

/* What an index that was opened on a registry is. Set struct_size before the call. Since 0.1. */
typedef struct burin_registry_state {
  uint32_t struct_size;
  uint32_t segments;
  uint64_t generation;     /* Of the commit, from 0. */
  uint64_t committed_at;   /* Seconds since 1970-01-01 UTC. */
  uint64_t deleted;        /* Records that are deleted and still in the files. */
  uint64_t next_record_id; /* Ids given out are below. */
  uint64_t rules;          /* BURIN_RULE_... */
} burin_registry_state;
#define BURIN_REGISTRY_STATE_INIT \
  { sizeof(burin_registry_state), 0, 0, 0, 0, 0, 0 }

/* BURIN_INVALID_ARGUMENT: the index is a file. Since 0.1. */
BURIN_API burin_status burin_index_get_registry_state(const burin_index* index, burin_registry_state* state,
                                                      burin_error** error);

/*
 * The caller's bytes of the commit that the index was opened on; *size, unless NULL, is their number. NULL: the index
 * is a file, or there are none. Live as long as the index. Since 0.1.
 */
BURIN_API const void* burin_index_caller_bytes(const burin_index* index, size_t* size);

/* What a recovery gave up, one line; NULL if there was none. Lives as long as the index. Since 0.1. */
BURIN_API const char* burin_index_warning(const burin_index* index);

/*
 * *newer is 1 if the registry has a newer commit than the index, else 0; open it again then. Of a file always 0.
 * Costs a look at the directory. Since 0.1.
 */
BURIN_API burin_status burin_index_has_newer(const burin_index* index, int32_t* newer, burin_error** error);

BURIN_END_DECLS

#endif
