// Products of signed bytes on arm64, in 32-bit integers: exact, so every implementation gives the same bits.
//
// Intrinsics, since the compiler's vector types have no operator for it: one instruction of the dot product extension
// (Armv8.2, in most processors since 2018) multiplies 16 pairs of bytes and adds every four neighbors to one of four
// integers. Older processors multiply into 16-bit integers and add those up.
//
// Weights are packed as panel[group][output][4]: four neighbors along the inner side for each of 16 outputs, 64 bytes a
// group.
#pragma once
#include "versions.h"

#ifdef __aarch64__
#include <arm_neon.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

#define WITH_BYTE_DOT __attribute__((target("dotprod")))
#define INLINE_WITH_BYTE_DOT static inline __attribute__((always_inline, target("dotprod")))

// 6 × 4 sums, four vectors of weights and one of a row: 29 of 32 registers.
#define BYTE_DOT_ROWS 6
// 2 × 8 halves of sums, one vector of weights and two of rows.
#define BYTE_DOT_BASE_ROWS 2

// Whether this processor has the dot product extension. WIDEST_KERNELS 1 leaves it out, as it does for x86-64.
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

// The rows of x and of sums are x_stride bytes and sums_stride integers apart.
typedef struct {
  int32_t *sums;
  size_t sums_stride;
  const int8_t *x;
  size_t x_stride;
  const int8_t *panel;
  size_t groups;
} byte_dot_operands;

// Four bytes of a row, four times.
ALWAYS_INLINE int8x16_t byte_dot_factor(const int8_t *x) {
  int32_t four;
  memcpy(&four, x, sizeof four);
  return vreinterpretq_s8_s32(vdupq_n_s32(four));
}

// height is a constant wherever this is inlined, as in byte_dot_base_tile.
INLINE_WITH_BYTE_DOT void byte_dot_tile(byte_dot_operands o, const int height) {
  int32x4_t sums[BYTE_DOT_ROWS][4];
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < 4; ++c) sums[r][c] = vld1q_s32(o.sums + r * o.sums_stride + 4 * c);
  for (size_t g = 0; g < o.groups; ++g) {
    int8x16_t weights[4];
#pragma clang loop unroll(full)
    for (int c = 0; c < 4; ++c) weights[c] = vld1q_s8(o.panel + 64 * g + 16 * c);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      int8x16_t factor = byte_dot_factor(o.x + r * o.x_stride + 4 * g);
#pragma clang loop unroll(full)
      for (int c = 0; c < 4; ++c) sums[r][c] = vdotq_s32(sums[r][c], weights[c], factor);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < 4; ++c) vst1q_s32(o.sums + r * o.sums_stride + 4 * c, sums[r][c]);
}

ALWAYS_INLINE void byte_dot_base_tile(byte_dot_operands o, const int height) {
  // Of the four products of an output, each half of a register has sums of two, side by side.
  int32x4_t sums[BYTE_DOT_BASE_ROWS][8];
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < 8; ++c) sums[r][c] = vdupq_n_s32(0);
  for (size_t g = 0; g < o.groups; ++g) {
    int8x16_t factors[BYTE_DOT_BASE_ROWS];
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) factors[r] = byte_dot_factor(o.x + r * o.x_stride + 4 * g);
#pragma clang loop unroll(full)
    for (int c = 0; c < 4; ++c) {
      int8x16_t weights = vld1q_s8(o.panel + 64 * g + 16 * c);
#pragma clang loop unroll(full)
      for (int r = 0; r < height; ++r) {
        sums[r][2 * c] = vpadalq_s16(sums[r][2 * c], vmull_s8(vget_low_s8(weights), vget_low_s8(factors[r])));
        sums[r][2 * c + 1] = vpadalq_s16(sums[r][2 * c + 1], vmull_high_s8(weights, factors[r]));
      }
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < 4; ++c) {
      int32_t *to = o.sums + r * o.sums_stride + 4 * c;
      vst1q_s32(to, vaddq_s32(vld1q_s32(to), vpaddq_s32(sums[r][2 * c], sums[r][2 * c + 1])));
    }
}

WITH_BYTE_DOT static inline void byte_dot_by_extension(byte_dot_operands o, size_t rows) {
  for (; rows >= BYTE_DOT_ROWS; rows -= BYTE_DOT_ROWS) {
    byte_dot_tile(o, BYTE_DOT_ROWS);
    o.sums += BYTE_DOT_ROWS * o.sums_stride;
    o.x += BYTE_DOT_ROWS * o.x_stride;
  }
  switch (rows) {
    case 1: byte_dot_tile(o, 1); break;
    case 2: byte_dot_tile(o, 2); break;
    case 3: byte_dot_tile(o, 3); break;
    case 4: byte_dot_tile(o, 4); break;
    case 5: byte_dot_tile(o, 5); break;
  }
}

static inline void byte_dot_base(byte_dot_operands o, size_t rows) {
  for (; rows >= BYTE_DOT_BASE_ROWS; rows -= BYTE_DOT_BASE_ROWS) {
    byte_dot_base_tile(o, BYTE_DOT_BASE_ROWS);
    o.sums += BYTE_DOT_BASE_ROWS * o.sums_stride;
    o.x += BYTE_DOT_BASE_ROWS * o.x_stride;
  }
  if (rows == 1) byte_dot_base_tile(o, 1);
}

// sums[r][o] += the sum over i < 4 * groups of x[r][i] * panel[i / 4][o][i % 4], for 16 outputs o of `rows` rows. The
// sums must fit into 32 bits: those of up to 131,000 products always do.
static inline void byte_dot(
    int32_t *sums, size_t sums_stride, const int8_t *x, size_t x_stride, const int8_t *panel, size_t rows,
    size_t groups) {
  byte_dot_operands o = {
      .sums = sums, .sums_stride = sums_stride, .x = x, .x_stride = x_stride, .panel = panel, .groups = groups};
  if (byte_dot_is_supported()) byte_dot_by_extension(o, rows);
  else byte_dot_base(o, rows);
}

#endif
