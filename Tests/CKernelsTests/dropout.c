#include "checks.h"

// The masks of two keys, the second with high bits, for rates 1/4 and 1/2. A checkpoint resumed on another processor
// continues with the same masks.
static void check_masks(void) {
  static const struct { float rate; uint64_t key; const char *survives; } masks[] = {
      {0.25f, 1, "11011111101111110101101110110110"}, {0.5f, 0x123456789abcdef0, "01000111111110101100111011100000"}};
  for (size_t m = 0; m < COUNT_OF(masks); ++m) {
    begin_case("dropout_forward, mask of key %llx", (unsigned long long)masks[m].key);
    size_t n = strlen(masks[m].survives);
    float *mask = mask_of(n, masks[m].rate, masks[m].key), *expected = new_floats(n);
    for (size_t i = 0; i < n; ++i) expected[i] = masks[m].survives[i] == '1' ? 1 / (1 - masks[m].rate) : 0;
    expect_same("mask", mask, expected, n);
  }
}

static void check_share(float rate) {
  begin_case("dropout_forward, share of survivors, rate %g", rate);
  const size_t n = 20000;
  float *mask = mask_of(n, rate, 77);
  double survivors = 0, *scales = new_doubles(n);
  for (size_t i = 0; i < n; ++i) {
    scales[i] = mask[i] != 0 ? 1 / (1 - (double)rate) : 0;
    survivors += mask[i] != 0;
  }
  expect_close("mask", mask, scales, n, 1e-6);
  // Four standard deviations.
  double expected = (1 - (double)rate) * (double)n, allowed = 4 * sqrt(expected * (double)rate);
  expect_close_number("survivors", survivors, expected, allowed / expected);
  float *other = mask_of(n, rate, 78);
  size_t differing = 0;
  for (size_t i = 0; i < n; ++i) differing += (mask[i] != 0) != (other[i] != 0);
  expect_close_number("differences of two keys", (double)differing, 2 * expected * (double)rate, 0.1);
}

CHECKS_OF(dropout.c) {
  check_masks();
  check_share(0.1f);
  check_share(0.5f);
  EACH(size_t, n, counts) {
    begin_case("dropout_forward, n %zu", n);
    float *x = random_floats(n, 1), *y = new_floats(n), *mask = mask_of(n, 0.3f, 5), *expected = new_floats(n);
    for (size_t i = 0; i < n; ++i) expected[i] = x[i] * mask[i];
    dropout_forward(y, x, n, 0.3f, 5);
    expect_same("y", y, expected, n);
    dropout_forward(x, x, n, 0.3f, 5);
    expect_same("y in place of x", x, expected, n);

    begin_case("dropout_backward, n %zu", n);
    float *dx = random_floats(n, 1), *dy = random_floats(n, 1);
    mask = mask_of(n, 0.3f, 5);
    double *sum = as_doubles(dx, n);
    for (size_t i = 0; i < n; ++i) sum[i] += (double)dy[i] * mask[i];
    dropout_backward(dx, dy, n, 0.3f, 5);
    expect_close("dx", dx, sum, n, 2e-7);
  }
}
