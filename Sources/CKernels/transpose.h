// Sixteen rows of sixteen 32-bit elements become sixteen columns.
#pragma once
#include "versions.h"

#define UNPACK(A, B, I, J) \
  __builtin_shufflevector(A, B, I, J, I + 1, J + 1, I + 4, J + 4, I + 5, J + 5, I + 8, J + 8, I + 9, J + 9, I + 12, \
      J + 12, I + 13, J + 13)
#define UNPACK_TWO(A, B, I) \
  __builtin_shufflevector(A, B, I, I + 1, I + 16, I + 17, I + 4, I + 5, I + 20, I + 21, I + 8, I + 9, I + 24, I + 25, \
      I + 12, I + 13, I + 28, I + 29)
#define SHUFFLE_FOUR(A, B, I) \
  __builtin_shufflevector(A, B, I, I + 1, I + 2, I + 3, I + 8, I + 9, I + 10, I + 11, I + 16, I + 17, I + 18, I + 19, \
      I + 24, I + 25, I + 26, I + 27)
// In place. The shuffles are those that AVX-512 has an instruction for.
ALWAYS_INLINE void transpose_pairs(uint16x *r) {
  uint16x s[16];
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i += 2) {
    s[i] = UNPACK(r[i], r[i + 1], 0, 16);
    s[i + 1] = UNPACK(r[i], r[i + 1], 2, 18);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i += 4) {
    r[i] = UNPACK_TWO(s[i], s[i + 2], 0);
    r[i + 1] = UNPACK_TWO(s[i], s[i + 2], 2);
    r[i + 2] = UNPACK_TWO(s[i + 1], s[i + 3], 0);
    r[i + 3] = UNPACK_TWO(s[i + 1], s[i + 3], 2);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; ++i) {
    uint16x a = SHUFFLE_FOUR(r[i], r[i + 4], 0), b = SHUFFLE_FOUR(r[i], r[i + 4], 4);
    uint16x c = SHUFFLE_FOUR(r[i + 8], r[i + 12], 0), d = SHUFFLE_FOUR(r[i + 8], r[i + 12], 4);
    s[i] = SHUFFLE_FOUR(a, c, 0);
    s[i + 4] = SHUFFLE_FOUR(b, d, 0);
    s[i + 8] = SHUFFLE_FOUR(a, c, 4);
    s[i + 12] = SHUFFLE_FOUR(b, d, 4);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; ++i) r[i] = s[i];
}
