#include "processors.h"

#include <malloc.h>

void memory_return_large_blocks(void) {
#ifdef __GLIBC__
  // Setting the threshold also disables its automatic growth when large blocks are freed.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}
