/*
 * Burin: exact matching of damaged weapon serial numbers. The whole C API; each header also stands alone. The
 * conventions that hold for all of it are in burin/export.h, the C++ wrapper in burin/burin.hpp.
 */
#ifndef BURIN_BURIN_H_
#define BURIN_BURIN_H_

#include "burin/attribute.h"
#include "burin/batch.h"
#include "burin/builder.h"
#include "burin/channel.h"
#include "burin/estimate.h"
#include "burin/evidence.h"
#include "burin/explain.h"
#include "burin/export.h"
#include "burin/formats.h"
#include "burin/index.h"
#include "burin/joint.h"
#include "burin/query_log.h"
#include "burin/reading.h"
#include "burin/receipt.h"
#include "burin/registry.h"
#include "burin/report.h"
#include "burin/search.h"
#include "burin/status.h"
#include "burin/table.h"
#include "burin/text.h"
#include "burin/train.h"
#include "burin/version.h"

#endif
