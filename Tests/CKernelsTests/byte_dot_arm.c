#include "../../Sources/CKernels/byte_dot_arm.h"

#include "checks.h"

#ifdef __aarch64__

BYTE_DOT_TARGET static void by_extension(int32_t *sums, const int8_t *x, const int8_t *w) {
  vst1q_s32(sums, byte_dot(vld1q_s32(sums), vld1q_s8(x), vld1q_s8(w)));
}

static void without_extension(int32_t *sums, const int8_t *x, const int8_t *w) {
  vst1q_s32(sums, byte_dot_base(vld1q_s32(sums), vld1q_s8(x), vld1q_s8(w)));
}

static void compare(const int8_t *x, const int8_t *w, const int32_t *before) {
  int32_t base[4], extension[4];
  memcpy(base, before, sizeof base);
  memcpy(extension, before, sizeof extension);
  without_extension(base, x, w);
  if (byte_dot_is_supported()) by_extension(extension, x, w);
  for (size_t l = 0; l < 4; ++l) {
    int32_t expected = before[l];
    for (size_t i = 4 * l; i < 4 * l + 4; ++i) expected += x[i] * w[i];
    expect_equal("a sum without the extension", base[l], expected);
    if (byte_dot_is_supported()) expect_equal("a sum by the extension", extension[l], expected);
  }
}

CHECKS_OF(byte_dot_arm.h) {
  begin_case("byte_dot, random bytes");
  int8_t x[16], w[16];
  for (size_t round = 0; round < 100; ++round) {
    for (size_t i = 0; i < 16; ++i) {
      x[i] = (int8_t)(random_unit() * 255 - 127);
      w[i] = (int8_t)(random_unit() * 255 - 127);
    }
    compare(x, w, random_indices(4, 1 << 30));
  }
  static const int8_t extremes[] = {-127, -1, 0, 127};
  static const int32_t sums[] = {-2000000000, 0, 1, 2000000000};
  EACH(int8_t, of_x, extremes)
    EACH(int8_t, of_w, extremes) {
      begin_case("byte_dot, bytes %d and %d", of_x, of_w);
      memset(x, of_x, sizeof x);
      memset(w, of_w, sizeof w);
      compare(x, w, sums);
    }
}

#else

CHECKS_OF(byte_dot_arm.h) { skip_checks("it is for arm64 only"); }

#endif
