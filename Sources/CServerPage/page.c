#include "server_page.h"

#include <stddef.h>

// C23 is all that is needed of it; the compiler accepts `#embed` in older C as an extension.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t html[] = {
#embed "page.html"
};

static const uint8_t style[] = {
#embed "page.css"
};

// One script in several files.
static const uint8_t script[] = {
#embed "script/state.js"
    ,
#embed "script/requests.js"
    ,
#embed "script/lines.js"
    ,
#embed "script/translating.js"
    ,
#embed "script/display.js"
    ,
#embed "script/links.js"
    ,
#embed "script/words.js"
    ,
#embed "script/menu.js"
    ,
#embed "script/languages.js"
    ,
#embed "script/text.js"
    ,
#embed "script/glossary.js"
    ,
#embed "script/files.js"
    ,
#embed "script/start.js"
};

const uint8_t *server_page_bytes(server_page_file file, int64_t *size) {
  switch (file) {
    case SERVER_PAGE_HTML: *size = sizeof html; return html;
    case SERVER_PAGE_STYLE: *size = sizeof style; return style;
    case SERVER_PAGE_SCRIPT: *size = sizeof script; return script;
  }
  *size = 0;
  return NULL;
}
