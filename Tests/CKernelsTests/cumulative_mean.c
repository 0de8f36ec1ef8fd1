#include "checks.h"

static void check(size_t rows, size_t columns, size_t position) {
  begin_case("cumulative_mean_forward, rows %zu, columns %zu, position %zu", rows, columns, position);
  size_t n = rows * columns;
  float *x = random_floats(n, 1), *past = position > 0 ? random_floats(columns, 1) : NULL, *y = new_floats(n);
  double *expected = new_doubles(n);
  for (size_t c = 0; c < columns; ++c) {
    double sum = position > 0 ? (double)past[c] * (double)position : 0;
    for (size_t r = 0; r < rows; ++r) {
      sum += x[r * columns + c];
      expected[r * columns + c] = sum / (double)(position + r + 1);
    }
  }
  cumulative_mean_forward(y, x, past, position, rows, columns);
  expect_close("y", y, expected, n, 1e-6);

  // One row at a time.
  float *alone = new_floats(n);
  for (size_t r = 0; r < rows; ++r)
    cumulative_mean_forward(
        alone + r * columns, x + r * columns, r > 0 ? alone + (r - 1) * columns : past, position + r, 1, columns);
  expect_same("y of rows one by one", alone, y, n);
}

static void check_backward(size_t rows, size_t columns, int is_new) {
  begin_case("cumulative_mean_backward, rows %zu, columns %zu, new %d", rows, columns, is_new);
  size_t n = rows * columns;
  float *dy = random_floats(n, 1), *dx = is_new ? new_floats(n) : random_floats(n, 1);
  double *expected = new_doubles(n);
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c) {
      double sum = is_new ? 0 : dx[r * columns + c];
      for (size_t later = r; later < rows; ++later) sum += dy[later * columns + c] / (double)(later + 1);
      expected[r * columns + c] = sum;
    }
  cumulative_mean_backward(dx, is_new, dy, rows, columns, new_floats(columns));
  expect_close("dx", dx, expected, n, 1e-6);
}

CHECKS_OF(cumulative_mean.c) {
  EACH(size_t, columns, counts) {
    check(5, columns, 0);
    check(3, columns, 7);
    check_backward(5, columns, 0);
    check_backward(5, columns, 1);
  }
  check(0, 17, 0);
  check(1, 17, 0);
  check(300, 17, 0);
  check_backward(0, 17, 1);
  check_backward(1, 17, 1);
  check_backward(300, 17, 0);
}
