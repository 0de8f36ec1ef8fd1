#include "checks.h"

// The first of the greatest results of product_packed that are not excluded.
static int32_t best_of(const float *y, size_t outer, uint16_t excluded) {
  int32_t best = -1;
  for (size_t o = 0; o < outer; ++o) {
    if (o < 16 && (excluded >> o & 1)) continue;
    if (best < 0 ? y[o] > -INFINITY : y[o] > y[best]) best = (int32_t)o;
  }
  return best >= 0 && isfinite(y[best]) ? best : -1;
}

// Whether w can be screened; packed has room for it.
static int pack(void *packed, const float *w, size_t outer, size_t inner) {
  int8_t *bytes = new_bytes(outer * inner);
  float *scales = new_floats(outer);
  return int8_round(bytes, scales, w, outer, inner) && screening_pack(packed, w, bytes, scales, outer, inner);
}

static void compare_with(
    const float *bias, const float *x, const float *w, size_t rows, size_t outer, size_t inner,
    const uint16_t *excluded) {
  void *packed = new_bytes(screening_packed_size(outer, inner)), *scratch = new_bytes(screening_scratch(inner));
  float *panels = new_floats(product_packed_size(outer, inner)), *y = new_floats(rows * outer);
  int32_t *best = new_bytes(rows * sizeof *best);
  product_pack(panels, w, outer, inner);
  product_packed(y, x, panels, bias, rows, outer, inner);
  expect_equal("whether the matrix can be screened", pack(packed, w, outer, inner), 1);
  expect_equal(
      "whether the rows are screened",
      screening_best(best, x, packed, w, bias, rows, outer, inner, excluded, scratch), 1);
  for (size_t r = 0; r < rows; ++r)
    expect_equal("the best output", best[r], best_of(y + r * outer, outer, excluded[r]));
}

// Without a bias, with one of the size of the products, and with a great one that hides most of them.
static void compare(
    const float *x, const float *w, size_t rows, size_t outer, size_t inner, const uint16_t *excluded) {
  compare_with(NULL, x, w, rows, outer, inner, excluded);
  compare_with(random_floats(outer, sqrt((double)inner)), x, w, rows, outer, inner, excluded);
  float *great = random_floats(outer, 1);
  for (size_t o = 0; o < outer; ++o) great[o] = rintf(2 * great[o]) + 3e6f;
  compare_with(great, x, w, rows, outer, inner, excluded);
}

static void check(size_t rows, size_t outer, size_t inner) {
  begin_case("screening_best, rows %zu, outer %zu, inner %zu", rows, outer, inner);
  float *x = random_floats(rows * inner, 1), *w = random_floats(outer * inner, 1);
  uint16_t *excluded = new_bytes(rows * sizeof *excluded);
  for (size_t r = 0; r < rows; ++r) excluded[r] = (uint16_t)(r % 3 == 0 ? 0 : r % 3 == 1 ? 0xffff : r);
  // Two outputs that are the same without a bias: the first counts.
  if (outer > 20) memcpy(w + 20 * inner, w + 3 * inner, inner * sizeof(float));
  compare(x, w, rows, outer, inner, excluded);
}

/// Products that are added to a great bias are rounded to a multiple of 2, all up or all down: the greatest output is
/// another than without rounding.
static void check_lost_products(void) {
  begin_case("screening_best, products that are rounded up or down to a great bias");
  const size_t inner = 4000, outer = 40;
  float *x = filled_floats(inner, 1), *w = filled_floats(outer * inner, 0.5f), *bias = filled_floats(outer, 0x1p23f);
  const uint16_t none[1] = {0};
  for (size_t i = 0; i < inner; ++i) {
    w[7 * inner + i] = 1.1f;
    w[30 * inner + i] = 0.9f;
  }
  bias[7] = 0x1p24f;
  bias[30] = 0x1p24f + 2000;
  compare_with(bias, x, w, 1, outer, inner, none);
}

static void check_bias_that_is_not_bounded(float value) {
  begin_case("screening_best, a bias of %g", value);
  const size_t inner = 20, outer = 35;
  float *x = random_floats(inner, 1), *w = random_floats(outer * inner, 1), *bias = random_floats(outer, 1);
  const uint16_t none[1] = {0};
  int32_t best[1];
  bias[34] = value;
  void *packed = new_bytes(screening_packed_size(outer, inner)), *scratch = new_bytes(screening_scratch(inner));
  pack(packed, w, outer, inner);
  expect_equal(
      "whether it is screened", screening_best(best, x, packed, w, bias, 1, outer, inner, none, scratch), 0);
}

/// Weights whose sums are far from 0 for every output, and rows whose sums are 0, so that all outputs are similar.
static void check_sums(size_t inner) {
  begin_case("screening_best, great sums of weights, inner %zu", inner);
  const size_t rows = 40, outer = 64;
  float *x = random_floats(rows * inner, 1), *w = random_floats(outer * inner, 0.2);
  uint16_t *excluded = memset(new_bytes(rows * sizeof *excluded), 0, rows * sizeof *excluded);
  for (size_t i = 0; i < outer * inner; ++i) w[i] += i / inner % 2 == 0 ? 3 : -3;
  for (size_t r = 0; r < rows; ++r) {
    float sum = 0;
    for (size_t i = 0; i < inner; ++i) sum += x[r * inner + i];
    for (size_t i = 0; i < inner; ++i) x[r * inner + i] -= sum / (float)inner;
  }
  compare(x, w, rows, outer, inner, excluded);
}

CHECKS_OF(screening.c) {
  begin_case("screening_is_supported");
#ifdef __aarch64__
  expect_equal("whether it is supported on arm64", screening_is_supported(), 0);
#endif
  if (!screening_is_supported()) return skip_checks("this build or processor has no products of bytes for it");
  static const size_t rows[] = {0, 1, 5, 6, 7, 33}, outer[] = {1, 15, 16, 17, 64, 65, 300};
  static const size_t inner[] = {1, 3, 4, 33, 100};
  EACH(size_t, r, rows)
    EACH(size_t, o, outer)
      EACH(size_t, i, inner) check(r, o, i);

  check_sums(33);
  check_sums(100);
  check_lost_products();
  static const float unbounded[] = {NAN, INFINITY, -INFINITY, 3e38f, -2e15f};
  EACH(float, value, unbounded) check_bias_that_is_not_bounded(value);
  begin_case("screening_best of rows and weights that are 0, and of numbers that are not finite or great");
  const size_t cases = 5;
  float *x = random_floats(cases * 17, 1), *w = random_floats(40 * 17, 1);
  const uint16_t none[5] = {0};
  memset(x + 17, 0, 17 * sizeof(float));
  x[2 * 17 + 6] = NAN;
  x[3 * 17 + 5] = INFINITY;
  x[4 * 17 + 4] = 1e20f;
  compare(x, w, cases, 40, 17, none);
  compare(x, filled_floats(40 * 17, 0), cases, 40, 17, none);
  w[100] = INFINITY;
  void *packed = new_bytes(screening_packed_size(40, 17));
  expect_equal("whether an infinite matrix can be screened", pack(packed, w, 40, 17), 0);
  w[100] = 1e16f;
  expect_equal("whether a matrix with a great number can be screened", pack(packed, w, 40, 17), 0);
}
