#include "processors.h"

#include <malloc.h>

void memory_return_large_blocks(void) {
#ifdef __GLIBC__
  // Setting it also turns off that the threshold grows with every large block that is freed.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}
