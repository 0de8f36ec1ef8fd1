// Products of signed bytes from -127 to 127 on arm64, added up in 32-bit integers: exact, so all have the same bits.
//
// Intrinsics, since the compiler's vector types have no operator for it.
#pragma once
#include "versions.h"

#ifdef __aarch64__
#include <arm_neon.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

#define BYTE_DOT_TARGET __attribute__((target("dotprod")))

// Whether this processor has the dot product extension (optional in Armv8.2, in most processors since 2018).
// WIDEST_KERNELS 1 leaves it out, as it leaves out all extensions of x86-64.
ALWAYS_INLINE int byte_dot_is_supported(void) {
#if WIDEST_KERNELS <= 1
  return 0;
#elif defined(__ARM_FEATURE_DOTPROD)
  return 1;
#elif defined(__linux__)
  return (getauxval(AT_HWCAP) >> 20 & 1) != 0;  // HWCAP_ASIMDDP
#else
  return 0;
#endif
}

// Lane l of the result is sums[l] + x[4 l] * w[4 l] + … + x[4 l + 3] * w[4 l + 3]. One instruction.
BYTE_DOT_TARGET static inline __attribute__((always_inline)) int32x4_t byte_dot(
    int32x4_t sums, int8x16_t x, int8x16_t w) {
  return vdotq_s32(sums, x, w);
}

// The same without the extension, in four instructions. Two products fit into 16 bits.
ALWAYS_INLINE int32x4_t byte_dot_base(int32x4_t sums, int8x16_t x, int8x16_t w) {
  int16x8_t low = vmull_s8(vget_low_s8(x), vget_low_s8(w)), high = vmull_high_s8(x, w);
  return vpadalq_s16(sums, vpaddq_s16(low, high));
}

#endif
