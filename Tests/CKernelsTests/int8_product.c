#include "checks.h"

// The definition: bytes and sums in integers, then scales and bias in single precision, nothing fused.
#pragma clang fp contract(off)

static const enum int8_kernel kernels[] = {
    INT8_PORTABLE, INT8_AVX2, INT8_AVX_VNNI, INT8_AVX512_VNNI, INT8_AMX, INT8_NEON, INT8_NEON_DOT, INT8_TILE_DOUBLE};

static float greatest_of(const float *x, size_t n) {
  float greatest = 0;
  for (size_t i = 0; i < n; ++i) greatest = fmaxf(greatest, fabsf(x[i]));
  return greatest;
}

static float *product_of(
    const float *x, const int8_t *bytes, const float *scales, const float *bias, size_t rows, size_t outer,
    size_t inner) {
  float *y = new_floats(rows * outer);
  for (size_t r = 0; r < rows; ++r) {
    float greatest = greatest_of(x + r * inner, inner), scale = greatest / 127.0f;
    float factor = greatest == 0 ? 0 : 127.0f / greatest;
    for (size_t o = 0; o < outer; ++o) {
      int32_t sum = 0;
      for (size_t i = 0; i < inner; ++i) sum += (int32_t)rintf(x[r * inner + i] * factor) * bytes[o * inner + i];
      float value = (float)sum * (scales[o] * scale);
      y[r * outer + o] = bias != NULL ? value + bias[o] : value;
    }
  }
  return y;
}

static int32_t best_of(const float *y, size_t outer, uint16_t excluded) {
  int32_t best = -1;
  float greatest = -INFINITY;
  for (size_t o = 0; o < outer; ++o)
    if ((o >= 16 || !(excluded >> o & 1)) && y[o] > greatest) {
      greatest = y[o];
      best = (int32_t)o;
    }
  return best;
}

typedef struct {
  int8_t *bytes;
  float *scales;
  void *packed;
} rounded;

static rounded rounded_weights(enum int8_kernel kernel, const float *w, size_t outer, size_t inner) {
  rounded result = {new_bytes(outer * inner), new_floats(outer), new_bytes(int8_packed_size(kernel, outer, inner))};
  expect_equal("whether the weights can be rounded", int8_round(result.bytes, result.scales, w, outer, inner), 1);
  for (size_t o = 0; o < outer; ++o) {
    float greatest = greatest_of(w + o * inner, inner);
    float scale = greatest == 0 ? 1 : fmaxf(greatest / 127.0f, 0x1p-126f);
    expect_same("the scale", &result.scales[o], &scale, 1);
    size_t wrong = 0;
    for (size_t i = 0; i < inner; ++i) wrong += result.bytes[o * inner + i] != (int)rintf(w[o * inner + i] / scale);
    expect_equal("bytes that are rounded differently", (int64_t)wrong, 0);
  }
  int8_pack(kernel, result.packed, result.bytes, result.scales, outer, inner);
  return result;
}

/// Packs bytes by the definition of the layout, and rows of them that are listed.
static void check_packing(size_t outer, size_t inner) {
  begin_case("int8_pack, outer %zu, inner %zu", outer, inner);
  const int32_t total = 90;
  size_t size = int8_packed_size(INT8_PORTABLE, outer, inner), columns = (outer + 63) / 64 * 64, step = (inner + 63) / 64 * 64;
  int8_t *bytes = new_bytes((size_t)total * inner), *listed = new_bytes(outer * inner), *packed = new_bytes(size);
  float *scales = random_floats((size_t)total, 1), *of_listed = new_floats(outer);
  for (size_t i = 0; i < (size_t)total * inner; ++i) bytes[i] = (int8_t)(random_unit() * 255 - 127.5);
  int32_t *rows = random_indices(outer, total);
  for (size_t o = 0; o < outer; ++o) {
    memcpy(listed + o * inner, bytes + (size_t)rows[o] * inner, inner);
    of_listed[o] = scales[rows[o]];
  }
  int8_t *expected = memset(new_bytes(size), 0, size);
  memcpy(expected, of_listed, outer * sizeof(float));
  int32_t *shift = (int32_t *)(expected + columns * sizeof(float));
  int8_t *panels = (int8_t *)(shift + columns);
  for (size_t o = 0; o < outer; ++o)
    for (size_t i = 0; i < inner; ++i) {
      shift[o] += 128 * listed[o * inner + i];
      panels[o / 16 * 16 * step + i / 4 * 64 + o % 16 * 4 + i % 4] = listed[o * inner + i];
    }
  int8_pack(INT8_PORTABLE, packed, listed, of_listed, outer, inner);
  expect_equal("whether all bytes are as expected", memcmp(packed, expected, size), 0);
  memset(packed, 0x55, size);
  int8_pack_rows(INT8_PORTABLE, packed, bytes, scales, rows, outer, inner);
  expect_equal("whether all bytes of listed rows are as expected", memcmp(packed, expected, size), 0);
}

static void compare(
    enum int8_kernel kernel, const float *x, rounded w, const float *bias, size_t rows, size_t outer, size_t inner) {
  float *expected = product_of(x, w.bytes, w.scales, bias, rows, outer, inner), *y = new_floats(rows * outer);
  int8_product(kernel, y, x, w.packed, bias, rows, outer, inner, new_bytes(int8_scratch(rows, inner)));
  expect_same("y", y, expected, rows * outer);
}

/// With a power of uniform weights, few are great, as in trained models: those for AVX2 are then split.
static void check(enum int8_kernel kernel, size_t rows, size_t outer, size_t inner, float power) {
  begin_case("int8_product, kernel %d, rows %zu, outer %zu, inner %zu, power %g", kernel, rows, outer, inner, power);
  float *x = random_floats(rows * inner, 1), *w = random_floats(outer * inner, 1), *bias = random_floats(outer, 1);
  for (size_t i = 0; i < outer * inner; ++i) w[i] = copysignf(powf(fabsf(w[i]), power), w[i]);
  // Two outputs that are the same: the first is the greater.
  if (outer > 20) memcpy(w + 20 * inner, w + 3 * inner, inner * sizeof(float));
  if (rows > 4) memset(x + 4 * inner, 0, inner * sizeof(float));
  rounded weights = rounded_weights(kernel, w, outer, inner);
  compare(kernel, x, weights, NULL, rows, outer, inner);
  compare(kernel, x, weights, bias, rows, outer, inner);

  uint16_t *excluded = new_bytes(rows * sizeof *excluded);
  for (size_t r = 0; r < rows; ++r) excluded[r] = (uint16_t)(r % 3 == 0 ? 0 : r % 3 == 1 ? 0xffff : r);
  int32_t *best = new_bytes(rows * sizeof *best);
  float *special = copied_floats(bias, outer);
  if (outer > 30) special[29] = NAN;
  if (outer > 100) special[100] = -INFINITY;
  const float *biases[] = {NULL, bias, special};
  for (size_t b = 0; b < COUNT_OF(biases); ++b) {
    float *y = product_of(x, weights.bytes, weights.scales, biases[b], rows, outer, inner);
    int8_best(
        kernel, best, x, weights.packed, biases[b], rows, outer, inner, excluded,
        new_bytes(int8_scratch(rows, inner)));
    for (size_t r = 0; r < rows; ++r)
      expect_equal("the best output", best[r], best_of(y + r * outer, outer, excluded[r]));
  }
  special[0] = INFINITY;
  int8_best(
      kernel, best, x, weights.packed, special, rows, outer, inner, excluded, new_bytes(int8_scratch(rows, inner)));
  for (size_t r = 0; r < rows; ++r)
    if ((excluded[r] & 1) == 0) expect_equal("the best output if one is infinite", best[r], -1);
}

/// The greatest magnitudes everywhere, where sums in 16 bits would overflow.
static void check_greatest(enum int8_kernel kernel, float w, float x, size_t rows) {
  begin_case("int8_product, kernel %d, %zu rows of %g by %g", kernel, rows, x, w);
  compare(
      kernel, filled_floats(rows * 300, x), rounded_weights(kernel, filled_floats(40 * 300, w), 40, 300), NULL, rows, 40, 300);
}

static void check_not_finite(enum int8_kernel kernel) {
  begin_case("int8_product, kernel %d, rows that are not finite", kernel);
  const size_t rows = 20, outer = 33, inner = 70;
  float *x = random_floats(rows * inner, 1), *y = new_floats(rows * outer);
  rounded w = rounded_weights(kernel, random_floats(outer * inner, 1), outer, inner);
  float *expected = product_of(x, w.bytes, w.scales, NULL, rows, outer, inner);
  x[2 * inner + 69] = NAN;
  x[17 * inner] = -INFINITY;
  int8_product(kernel, y, x, w.packed, NULL, rows, outer, inner, new_bytes(int8_scratch(rows, inner)));
  int32_t best[20];
  const uint16_t excluded[20] = {0};
  int8_best(kernel, best, x, w.packed, NULL, rows, outer, inner, excluded, new_bytes(int8_scratch(rows, inner)));
  for (size_t r = 0; r < rows; ++r) {
    int is_bad = r == 2 || r == 17;
    for (size_t o = 0; o < outer; ++o)
      if (is_bad) expect_equal("whether the output is NaN", isnan(y[r * outer + o]) != 0, 1);
    if (!is_bad) expect_same("y of another row", y + r * outer, expected + r * outer, outer);
    expect_equal("the best output", best[r], is_bad ? -1 : best_of(expected + r * outer, outer, 0));
  }
}

CHECKS_OF(int8_product.c) {
  static const size_t rows[] = {0, 1, 2, 5, 6, 7, 15, 16, 17, 33, 97}, outer[] = {1, 15, 16, 17, 64, 65, 130};
  static const size_t inner[] = {1, 3, 4, 33, 64, 100};
  begin_case("int8_best_kernel");
  expect_equal("whether the best kernel is supported", int8_kernel_is_supported(int8_best_kernel()), 1);
  EACH(size_t, o, outer)
    EACH(size_t, i, inner) check_packing(o, i);
  check_packing(0, 17);
  check_packing(5, 1000);
  EACH(enum int8_kernel, kernel, kernels) {
    if (!int8_kernel_is_supported(kernel)) continue;
    EACH(size_t, r, rows)
      EACH(size_t, o, outer)
        EACH(size_t, i, inner) {
          check(kernel, r, o, i, 1);
          check(kernel, r, o, i, 9);
        }
    check_greatest(kernel, 1, 1, 3);
    check_greatest(kernel, -1, 1, 20);
    check_greatest(kernel, 1, -1, 20);
    check_greatest(kernel, -1, -1, 3);
    check_not_finite(kernel);
  }
  begin_case("int8_round of weights that are zero, tiny or not finite");
  float *w = random_floats(3 * 9, 1);
  memset(w, 0, 9 * sizeof(float));
  for (size_t i = 9; i < 18; ++i) w[i] *= 0x1p-130f;
  rounded_weights(INT8_PORTABLE, w, 3, 9);
  w[20] = INFINITY;
  expect_equal("whether infinity is rounded", int8_round(new_bytes(27), new_floats(3), w, 3, 9), 0);
  w[20] = NAN;
  expect_equal("whether NaN is rounded", int8_round(new_bytes(27), new_floats(3), w, 3, 9), 0);
}
