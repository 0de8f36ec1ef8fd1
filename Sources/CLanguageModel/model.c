#include "language_model.h"

// C23 is all that is needed of it; the compiler accepts `#embed` in older C as an extension.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t bytes[] = {
#embed "languages.bin"
};

const uint8_t *language_model_bytes(void) { return bytes; }

int64_t language_model_size(void) { return sizeof bytes; }
