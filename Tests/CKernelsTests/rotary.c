#include "checks.h"

static void check(size_t rows, size_t heads, size_t size, int halves) {
  begin_case("rotate_pairs, rows %zu, heads %zu, head_size %zu, halves %d", rows, heads, size, halves);
  size_t stride = heads * size + 3, pairs = size / 2, places = 9;
  float *x = random_floats(rows * stride, 1), *before = copied_floats(x, rows * stride);
  int32_t *positions = random_indices(rows, (int32_t)places);
  float *cosines = new_floats(places * pairs), *sines = new_floats(places * pairs);
  for (size_t i = 0; i < places * pairs; ++i) {
    double angle = 6.28 * random_unit();
    cosines[i] = (float)cos(angle);
    sines[i] = (float)sin(angle);
  }
  // Floats between the rows stay as they are.
  double *expected = as_doubles(x, rows * stride);
  for (size_t r = 0; r < rows; ++r)
    for (size_t h = 0; h < heads; ++h)
      for (size_t p = 0; p < pairs; ++p) {
        size_t head = r * stride + h * size, angle = (size_t)positions[r] * pairs + p;
        size_t first = head + (halves ? p : 2 * p), second = first + (halves ? pairs : 1);
        double cosine = cosines[angle], sine = sines[angle];
        expected[first] = x[first] * cosine - x[second] * sine;
        expected[second] = x[second] * cosine + x[first] * sine;
      }
  rotate_pairs(x, stride, cosines, sines, positions, rows, heads, size, halves, 1);
  expect_close("x", x, expected, rows * stride, 5e-7);
  rotate_pairs(x, stride, cosines, sines, positions, rows, heads, size, halves, -1);
  expect_close("x turned back", x, as_doubles(before, rows * stride), rows * stride, 1e-6);
}

CHECKS_OF(rotary.c) {
  static const size_t sizes[] = {2, 4, 16, 18, 32, 34, 64, 100};
  for (int halves = 0; halves < 2; ++halves) {
    EACH(size_t, size, sizes) check(5, 3, size, halves);
    check(0, 2, 16, halves);
    check(1, 1, 66, halves);
  }
}
