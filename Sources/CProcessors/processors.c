#define _GNU_SOURCE
#include "processors.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

static int32_t processors_online(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 1 ? (int32_t)count : 1;
}

int32_t processors_available(void) {
  // The kernel rejects a set that is smaller than its own, which can be larger than the number of processors.
  for (int capacity = CPU_SETSIZE; capacity <= 1 << 20; capacity *= 2) {
    cpu_set_t *set = CPU_ALLOC(capacity);
    if (!set) break;
    size_t size = CPU_ALLOC_SIZE(capacity);
    int failed = sched_getaffinity(0, size, set), code = errno;
    int count = failed ? 0 : CPU_COUNT_S(size, set);
    CPU_FREE(set);
    if (count > 0) return count;
    if (code != EINVAL) break;
  }
  return processors_online();
}
