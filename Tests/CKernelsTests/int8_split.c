#include "../../Sources/CKernels/int8.h"

#include <stdlib.h>

#include "checks.h"

static int larger(int a, int b) { return a > b ? a : b; }

static int greatest_sum(const int8_t *bytes, size_t n) {
  int greatest = 0;
  for (size_t i = 0; i < n; i += 2) greatest = larger(greatest, abs(bytes[i] + bytes[i + 1]));
  return greatest;
}

/// Splits bytes of which about one in `rarity` is 127 or -127, and puts the parts together again.
static void check(size_t outer, size_t inner, int rarity, int is_split) {
  begin_case("int8_split, outer %zu, inner %zu, one of %d", outer, inner, rarity);
  int8_t *bytes = new_bytes(outer * inner);
  float *scales = filled_floats(outer, 1);
  for (size_t i = 0; i < outer * inner; ++i) {
    double x = random_unit();
    bytes[i] = (int8_t)(x * rarity < 1 ? (x * rarity < 0.5 ? 127 : -127) : random_unit() * 100 - 50);
  }
  void *whole = new_bytes(int8_packed_size(INT8_PORTABLE, outer, inner));
  void *split = new_bytes(int8_packed_size(INT8_AVX2, outer, inner));
  int8_pack(INT8_PORTABLE, whole, bytes, scales, outer, inner);
  int8_pack(INT8_AVX2, split, bytes, scales, outer, inner);
  int8_weights expected = int8_weights_of(INT8_PORTABLE, whole, outer, inner);
  int8_weights w = int8_weights_of(INT8_AVX2, split, outer, inner);
  size_t columns = rounded_up(outer, OUTER_STEP), step = int8_step(&w), size = columns * step;
  expect_equal("whether there are remainders", w.remainders.starts[0] != INT8_NOT_SPLIT, is_split);
  if (!is_split) {
    expect_equal("whether the weights are whole", memcmp(w.bytes, expected.bytes, size), 0);
    return;
  }
  int8_t *sums = memcpy(new_bytes(size), w.bytes, size);
  int greatest = greatest_sum(sums, size);
  for (size_t vector = 0; vector < columns / 8; ++vector)
    for (size_t n = w.remainders.starts[vector]; n < w.remainders.starts[vector + 1]; ++n) {
      greatest = larger(greatest, greatest_sum(w.remainders.bytes + n * 32, 32));
      int8_t *group = sums + vector / 2 * PANEL * step + w.remainders.places[n] * PANEL + vector % 2 * 32;
      for (size_t i = 0; i < 32; ++i) group[i] = (int8_t)(group[i] + w.remainders.bytes[n * 32 + i]);
    }
  expect_equal("whether no sum of neighbors is above 128", greatest <= 128, 1);
  expect_equal("whether the parts are the weights", memcmp(sums, expected.bytes, size), 0);
}

CHECKS_OF(int8_split.c) {
  check(0, 4, 2, 1);
  check(1, 1, 2, 1);
  check(8, 64, 1000, 1);
  check(65, 100, 40, 1);
  check(130, 256, 60, 1);
  check(64, 64, 2, 0);
}
