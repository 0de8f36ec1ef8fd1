#include "../../Sources/CKernels/byte_dot_arm.h"

#include "checks.h"

#ifdef __aarch64__

typedef void products(byte_dot_operands o, size_t rows);

static void dispatched(byte_dot_operands o, size_t rows) {
  byte_dot(o.sums, o.sums_stride, o.x, o.x_stride, o.panel, rows, o.groups);
}

static void compare(
    products *run, const char *what, const int8_t *x, const int8_t *w, size_t rows, size_t groups) {
  size_t inner = 4 * groups, x_stride = inner + 3, sums_stride = 19;
  int8_t *spread = new_bytes(rows * x_stride), *panel = new_bytes(64 * groups);
  int32_t *sums = random_indices(rows * sums_stride, 1000);
  int32_t *before = memcpy(new_bytes(rows * sums_stride * 4), sums, rows * sums_stride * 4);
  for (size_t r = 0; r < rows; ++r) memcpy(spread + r * x_stride, x + r * inner, inner);
  for (size_t i = 0; i < inner; ++i)
    for (size_t o = 0; o < 16; ++o) panel[i / 4 * 64 + o * 4 + i % 4] = w[o * inner + i];
  run((byte_dot_operands){sums, sums_stride, spread, x_stride, panel, groups}, rows);
  size_t differing = 0;
  for (size_t r = 0; r < rows; ++r)
    for (size_t o = 0; o < sums_stride; ++o) {
      int32_t expected = before[r * sums_stride + o];
      for (size_t i = 0; i < inner && o < 16; ++i) expected += x[r * inner + i] * w[o * inner + i];
      differing += sums[r * sums_stride + o] != expected;
    }
  expect_equal(what, (int64_t)differing, 0);
}

static void compare_all(const int8_t *x, const int8_t *w, size_t rows, size_t groups) {
  compare(byte_dot_base, "wrong sums without the extension", x, w, rows, groups);
  compare(dispatched, "wrong sums with what the processor has", x, w, rows, groups);
  if (byte_dot_is_supported()) compare(byte_dot_by_extension, "wrong sums by the extension", x, w, rows, groups);
}

static int8_t *random_signed_bytes(size_t n) {
  int8_t *x = new_bytes(n);
  for (size_t i = 0; i < n; ++i) x[i] = (int8_t)(random_unit() * 256 - 128);
  return x;
}

static int8_t *signed_bytes(size_t n, int8_t value) { return memset(new_bytes(n), value, n); }

CHECKS_OF(byte_dot_arm.h) {
  static const size_t rows[] = {0, 1, 2, 3, 4, 5, 6, 7, 12, 17}, groups[] = {0, 1, 2, 3, 16, 33};
  EACH(size_t, r, rows)
    EACH(size_t, g, groups) {
      begin_case("byte_dot, rows %zu, groups %zu, extension %d", r, g, byte_dot_is_supported());
      compare_all(random_signed_bytes(r * 4 * g), random_signed_bytes(16 * 4 * g), r, g);
    }
  static const int8_t extremes[] = {-128, -127, 127};
  EACH(int8_t, x, extremes)
    EACH(int8_t, w, extremes) {
      begin_case("byte_dot, bytes %d and %d, extension %d", x, w, byte_dot_is_supported());
      compare_all(signed_bytes(3 * 65536, x), signed_bytes(16 * 65536, w), 3, 16384);
    }
}

#else

CHECKS_OF(byte_dot_arm.h) { skip_checks("it is for arm64 only"); }

#endif
