#include "checks.h"

static float *product(const float *x, const float *w, const float *bias, size_t rows, size_t outer, size_t inner) {
  float *packed = new_floats(product_packed_size(outer, inner)), *y = new_floats(rows * outer);
  product_pack(packed, w, outer, inner);
  product_packed(y, x, packed, bias, rows, outer, inner);
  return y;
}

static void check(size_t rows, size_t outer, size_t inner, int has_bias) {
  begin_case("product_packed, rows %zu, outer %zu, inner %zu, bias %d", rows, outer, inner, has_bias);
  size_t n = rows * outer;
  float *x = random_floats(rows * inner, 1), *w = random_floats(outer * inner, 1);
  float *bias = has_bias ? random_floats(outer, 1) : NULL;
  double *expected = new_doubles(n), *allowed = new_doubles(n);
  for (size_t r = 0; r < rows; ++r)
    for (size_t o = 0; o < outer; ++o) {
      double sum = bias ? bias[o] : 0, magnitude = fabs(sum);
      for (size_t i = 0; i < inner; ++i) {
        double term = (double)x[r * inner + i] * w[o * inner + i];
        sum += term;
        magnitude += fabs(term);
      }
      expected[r * outer + o] = sum;
      allowed[r * outer + o] = 1e-6 * magnitude;
    }
  expect_within("y", product(x, w, bias, rows, outer, inner), expected, allowed, n);
}

/// Every row by itself and every few rows have the bits that they have among all rows.
static void check_bits(size_t rows, size_t outer, size_t inner) {
  begin_case("product_packed, parts of rows %zu, outer %zu, inner %zu", rows, outer, inner);
  float *x = random_floats(rows * inner, 1), *w = random_floats(outer * inner, 1), *bias = random_floats(outer, 1);
  float *packed = new_floats(product_packed_size(outer, inner)), *all = new_floats(rows * outer);
  product_pack(packed, w, outer, inner);
  product_packed(all, x, packed, bias, rows, outer, inner);
  float *some = new_floats(rows * outer);
  for (size_t count = 1; count < rows; count = count < 14 ? count + 1 : count * 2)
    for (size_t first = 0; first + count <= rows; first += count) {
      product_packed(some, x + first * inner, packed, bias, count, outer, inner);
      expect_same("y of some rows", some, all + first * outer, count * outer);
    }
}

/// Rows that are listed are packed like a matrix of these rows.
static void check_listed_rows(size_t outer, size_t inner) {
  begin_case("product_pack_rows, outer %zu, inner %zu", outer, inner);
  const int32_t total = 50;
  float *w = random_floats((size_t)total * inner, 1), *listed = new_floats(outer * inner);
  int32_t *rows = random_indices(outer, total);
  for (size_t o = 0; o < outer; ++o) memcpy(listed + o * inner, w + (size_t)rows[o] * inner, inner * sizeof(float));
  size_t n = product_packed_size(outer, inner);
  float *packed = new_floats(n), *expected = new_floats(n);
  product_pack(expected, listed, outer, inner);
  product_pack_rows(packed, w, rows, outer, inner);
  expect_same("packed", packed, expected, n);
}

CHECKS_OF(product.c) {
  static const size_t rows[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 33}, outer[] = {1, 15, 16, 17, 32, 33, 100};
  static const size_t inner[] = {1, 15, 16, 17, 64};
  EACH(size_t, r, rows)
    EACH(size_t, o, outer)
      EACH(size_t, i, inner) check(r, o, i, (r + o + i) % 2 == 0);
  EACH(size_t, o, outer)
    EACH(size_t, i, inner) check_listed_rows(o, i);
  check_listed_rows(0, 17);
  check(3, 40, 0, 1);
  check(1000, 33, 17, 1);
  check(5, 300, 512, 0);
  check_bits(64, 1, 17);
  check_bits(64, 100, 33);
  check_bits(200, 33, 128);
}
