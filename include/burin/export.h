/*
 * Marks what the library exports, and what little every header shares.
 *
 * Conventions of the whole C API, said once:
 *  1. Names are burin_<type>_<verb>; constants are BURIN_<GROUP>_<NAME> with fixed values that never change.
 *  2. Arguments come in the order object, inputs, outputs, error. Outputs that give ownership are set to NULL on
 *     failure. burin_<type>_destroy releases an object and nothing else does; destroying NULL does nothing.
 *  3. Text is UTF-8 in (pointer, size) without need of a terminator, except where `const char*` stands alone: that is
 *     NUL-terminated. Texts that are answered belong to the object asked; each comment says how long they live.
 *  4. Functions that can fail return a burin_status. BURIN_OK is success; "nothing found" is success with nothing in
 *     it. `burin_error** error` may be NULL; else it receives NULL, or on failure an error that the caller destroys.
 *  5. Option structs begin with `struct_size`, which the caller sets to sizeof the struct (BURIN_..._INIT does it).
 *     Zero in any other member means the default, and a NULL pointer to options means all defaults. Structs only grow
 *     at the end. A struct larger than the library knows is accepted if what it does not know is zero.
 *  6. An index, a reading, a channel, a burin_recorded, a burin_formats and an error are immutable: any number of
 *     threads may use one at once. Every other object belongs to one thread at a time. The library starts no threads
 *     but those that a call is told to use (`threads`), which end with it, and keeps no global state; one environment
 *     variable is read once, which changes no answer: burin_cpu_target.
 *  7. Callbacks come with a `user` pointer that is handed back. They must return (no longjmp, no C++ exception) and
 *     must not destroy the object at work.
 */
#ifndef BURIN_EXPORT_H_
#define BURIN_EXPORT_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(BURIN_SHARED)
#ifdef BURIN_BUILDING
#define BURIN_API __declspec(dllexport)
#else
#define BURIN_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define BURIN_API __attribute__((visibility("default")))
#else
#define BURIN_API
#endif

#ifdef __cplusplus
#define BURIN_BEGIN_DECLS extern "C" {
#define BURIN_END_DECLS }
#else
#define BURIN_BEGIN_DECLS
#define BURIN_END_DECLS
#endif

BURIN_BEGIN_DECLS

/*
 * Borrowed text: `size` bytes at `data`, not necessarily NUL-terminated. {NULL, 0} is empty text. Used where texts
 * come in arrays. Fixed for ever. Since 0.1.
 */
typedef struct burin_view {
  const char* data;
  size_t size;
} burin_view;

/* Threads of one call, at most. */
#define BURIN_MAX_THREADS 1024

BURIN_END_DECLS

#endif
