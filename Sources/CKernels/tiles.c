#include "tiles.h"

// The system gives a process tiles only on request, since they enlarge the state that it saves for each thread.

#ifdef HAS_TILES
#include <cpuid.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REQUEST_PERMISSION 0x1023  // ARCH_REQ_XCOMP_PERM
#define TILE_DATA 18               // XFEATURE_XTILE_DATA
#define SAVED_TILES (3u << 17)     // in XCR0: configuration and data

static int processor_has_tiles(void) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 0;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & SAVED_TILES) != SAVED_TILES) return 0;
  uint32_t needed = 1u << 22 | 1u << 24 | 1u << 25;  // AMX-BF16, AMX-TILE, AMX-INT8
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & needed) == needed;
}

int tiles_are_usable(void) {
  enum { UNKNOWN, NO, YES };
  // Threads that ask at the same time all request, which does no harm: permission is the whole process's.
  static atomic_int known = UNKNOWN;
  int state = atomic_load_explicit(&known, memory_order_acquire);
  if (state == UNKNOWN) {
    int usable = kernels_level() >= 4 && __builtin_cpu_supports("avx512bf16") && processor_has_tiles() &&
                 syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0;
    state = usable ? YES : NO;
    atomic_store_explicit(&known, state, memory_order_release);
  }
  return state == YES;
}

#else

int tiles_are_usable(void) { return 0; }

#endif
