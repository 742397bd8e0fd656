/*
 * Channels: how readings go wrong. A channel is data, a JSON file (docs/channels.md): some come with the library, users
 * write their own, mostly by extending one of those.
 */
#ifndef BURIN_CHANNEL_H_
#define BURIN_CHANNEL_H_

#include "burin/export.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* Channels that come with the library, and their names, NUL-terminated and static; NULL for no such channel. Since
 * 0.1. */
BURIN_API size_t burin_channel_count(void);
BURIN_API const char* burin_channel_name(size_t i);

/* A channel. Immutable: any number of threads may search with one. Since 0.1. */
typedef struct burin_channel burin_channel;

/*
 * A channel that comes with the library. BURIN_INVALID_ARGUMENT: there is none of this name; the message lists those
 * there are. Since 0.1.
 */
BURIN_API burin_status burin_channel_find(const char* name, burin_channel** out, burin_error** error);

/*
 * Reads a channel from `size` bytes of JSON. BURIN_BAD_INPUT: it is no JSON (burin_error_position is the byte), or
 * breaks a rule of docs/channels.md (the message begins with the path inside the document). BURIN_VERSION_UNSUPPORTED:
 * of a later version of the schema. Since 0.1.
 */
BURIN_API burin_status burin_channel_parse(const char* json, size_t size, burin_channel** out, burin_error** error);

/* Reads a channel from a file; messages begin with its path. BURIN_IO as well. Since 0.1. */
BURIN_API burin_status burin_channel_open_file(const char* path, burin_channel** out, burin_error** error);

/* Releases a channel. Results of searches do not need it. Since 0.1. */
BURIN_API void burin_channel_destroy(burin_channel* channel);

/*
 * What a channel says of itself. Texts are NUL-terminated, "" where there is none, and live as long as the channel. Set
 * struct_size before the call. Since 0.1.
 */
typedef struct burin_channel_info {
  uint32_t struct_size;
  int32_t validated;       /* 1: the channel was tried on a set of readings, which the last members describe. 0: not. */
  const char* name;        /* Of the file's own choice. */
  const char* description; /* For people. */
  const char* parent;      /* The channel that it extends or was trained from. */
  const char* hash;        /* SHA-256 of all its numbers and limits, 64 digits: equal hash, equal results. */
  const char* validated_set;   /* What it was tried on. */
  uint64_t validated_readings; /* How many readings that were. */
  /* log10 likelihood ratios beyond these two were not tried: no claim is made outside them. */
  double log10_lr_low;
  double log10_lr_high;
} burin_channel_info;
#define BURIN_CHANNEL_INFO_INIT \
  { sizeof(burin_channel_info), 0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0 }

/* Since 0.1. */
BURIN_API burin_status burin_channel_get_info(const burin_channel* channel, burin_channel_info* info,
                                              burin_error** error);

/*
 * The JSON text that the channel was made from, byte for byte, NUL-terminated; *size, unless NULL, receives the bytes.
 * Lives as long as the channel. NULL: `channel` is. Since 0.1.
 */
BURIN_API const char* burin_channel_source(const burin_channel* channel, size_t* size);

/*
 * The channel with every number written out, as a JSON file that extends no other: what it is on its own, whatever
 * becomes of the channel that it extended. Writes at most `capacity` bytes, without a terminator; *needed is the size
 * (about 60,000). BURIN_OUT_OF_RANGE: it does not fit; nothing is written. Since 0.1.
 */
BURIN_API burin_status burin_channel_expand(const burin_channel* channel, char* buffer, size_t capacity, size_t* needed,
                                            burin_error** error);

/*
 * Writes the text that the channel was made from (burin_channel_source) to a file: to a temporary file beside `path`,
 * flushed to disk and renamed, so that it is there whole or not at all. BURIN_IO. Since 0.1.
 */
BURIN_API burin_status burin_channel_write(const burin_channel* channel, const char* path, burin_error** error);

BURIN_END_DECLS

#endif
