#include "references.h"

static void check(size_t rows, size_t columns, int is_new) {
  begin_case("gated_sum_forward and _backward, rows %zu, columns %zu, new %d", rows, columns, is_new);
  size_t n = rows * columns;
  float *x = random_floats(n, 1), *y = random_floats(n, 1), *gates = random_floats(2 * n, 2), *sum = new_floats(n);
  float *dsum = random_floats(n, 1), *dgates = is_new ? new_floats(2 * n) : random_floats(2 * n, 1);
  float *dx = is_new ? new_floats(n) : random_floats(n, 1), *dy = is_new ? new_floats(n) : random_floats(n, 1);
  float *dboth = is_new ? filled_floats(n, 0) : copied_floats(dx, n), *only_gates = copied_floats(dgates, 2 * n);
  double *expected = new_doubles(n), *of_x = new_doubles(n), *of_y = new_doubles(n), *of_gates = new_doubles(2 * n);
  double *of_both = new_doubles(n);
  for (size_t i = 0; i < n; ++i) {
    size_t first = i + i / columns * columns, second = first + columns;
    double a = exact_logistic(gates[first]), b = exact_logistic(gates[second]);
    expected[i] = a * x[i] + b * y[i];
    of_x[i] = (is_new ? 0 : dx[i]) + dsum[i] * a;
    of_y[i] = (is_new ? 0 : dy[i]) + dsum[i] * b;
    of_both[i] = (is_new ? 0 : dx[i]) + dsum[i] * (a + b);
    of_gates[first] = (is_new ? 0 : dgates[first]) + dsum[i] * x[i] * a * (1 - a);
    of_gates[second] = (is_new ? 0 : dgates[second]) + dsum[i] * y[i] * b * (1 - b);
  }
  gated_sum_forward(sum, x, y, gates, rows, columns);
  expect_close("sum", sum, expected, n, 1e-6);
  gated_sum_backward(dx, is_new, dy, is_new, dgates, is_new, dsum, x, y, gates, rows, columns);
  expect_close("dx", dx, of_x, n, 1e-6);
  expect_close("dy", dy, of_y, n, 1e-6);
  expect_close("dgates", dgates, of_gates, 2 * n, 1e-6);
  gated_sum_backward(NULL, 0, NULL, 0, only_gates, is_new, dsum, x, y, gates, rows, columns);
  expect_same("dgates alone", only_gates, dgates, 2 * n);
  float *only_x = new_floats(n);
  gated_sum_backward(only_x, 1, NULL, 0, NULL, 0, dsum, x, y, gates, rows, columns);
  for (size_t i = 0; i < n; ++i) of_x[i] = dsum[i] * exact_logistic(gates[i + i / columns * columns]);
  expect_close("dx alone", only_x, of_x, n, 1e-6);
  // dx and dy are the same.
  gated_sum_backward(dboth, is_new, dboth, 0, only_gates, 1, dsum, x, x, gates, rows, columns);
  expect_close("dx of both", dboth, of_both, n, 1e-6);
}

CHECKS_OF(gated_sum.c) {
  EACH(size_t, columns, counts)
    for (int is_new = 0; is_new < 2; ++is_new) check(3, columns, is_new);
  check(0, 17, 1);
  check(50, 33, 0);
}
