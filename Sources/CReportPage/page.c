#include "report_page.h"

#include <stddef.h>

// C23 is all that is needed of it; the compiler accepts `#embed` in older C as an extension.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t style[] = {
#embed "report.css"
};

// One script in several files.
static const uint8_t script[] = {
#embed "script/tables.js"
    ,
#embed "script/panels.js"
    ,
#embed "script/filter.js"
    ,
#embed "script/attention.js"
};

const uint8_t *report_page_bytes(report_page_file file, int64_t *size) {
  switch (file) {
    case REPORT_PAGE_STYLE: *size = sizeof style; return style;
    case REPORT_PAGE_SCRIPT: *size = sizeof script; return script;
  }
  *size = 0;
  return NULL;
}
