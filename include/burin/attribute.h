/* Attributes of records: their types, and the names that are reserved. */
#ifndef BURIN_ATTRIBUTE_H_
#define BURIN_ATTRIBUTE_H_

#include "burin/export.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* What the values of an attribute are. Values are stored in files and never change. Since 0.1. */
enum {
  BURIN_ATTRIBUTE_DEFAULT = 0,  /* The type of the reserved name, else category. Never answered. */
  BURIN_ATTRIBUTE_CATEGORY = 1, /* Text; compared without regard to case, width and surplus white space. */
  BURIN_ATTRIBUTE_INTEGER = 2,  /* A whole number that fits 64 bits. */
  BURIN_ATTRIBUTE_DATE = 3      /* 1990, 1990-05, 1990-05-17, or A..B of these: the whole period. */
};

/* No such attribute. */
#define BURIN_NO_ATTRIBUTE UINT32_MAX

/* "category", "integer", "date"; "" for other values. Static. Since 0.1. */
BURIN_API const char* burin_attribute_type_name(uint32_t type);

/* The type of that name, or BURIN_ATTRIBUTE_DEFAULT if there is none. `name` may be NULL. Since 0.1. */
BURIN_API uint32_t burin_attribute_type_parse(const char* name);

/*
 * The type of a reserved name (weapon, maker, brand, importer, model, calibre, type, country, year, import_country,
 * import_year, component, mark_class, method, location, condition, agency, case, date), or BURIN_ATTRIBUTE_DEFAULT if
 * `name` is not reserved or NULL. Columns with these names are used without being asked for. Since 0.1.
 */
BURIN_API uint32_t burin_attribute_reserved_type(const char* name);

BURIN_END_DECLS

#endif
