#include "references.h"

static void check(size_t n, int is_new) {
  begin_case("gated_sum_forward and gated_backward, n %zu, new %d", n, is_new);
  float *x = random_floats(n, 1), *y = random_floats(n, 1), *sum = new_floats(n), *dsum = random_floats(n, 1);
  float *x_gates = random_floats(n, 2), *y_gates = random_floats(n, 2);
  float *dx = is_new ? new_floats(n) : random_floats(n, 1), *dgates = is_new ? new_floats(n) : random_floats(n, 1);
  float *only_gates = copied_floats(dgates, n), *only_x = new_floats(n);
  double *expected = new_doubles(n), *of_x = new_doubles(n), *of_gates = new_doubles(n), *alone = new_doubles(n);
  for (size_t i = 0; i < n; ++i) {
    double a = exact_logistic(x_gates[i]), b = exact_logistic(y_gates[i]);
    expected[i] = a * x[i] + b * y[i];
    alone[i] = dsum[i] * a;
    of_x[i] = (is_new ? 0 : dx[i]) + dsum[i] * a;
    of_gates[i] = (is_new ? 0 : dgates[i]) + dsum[i] * x[i] * a * (1 - a);
  }
  gated_sum_forward(sum, x, y, x_gates, y_gates, n);
  expect_close("sum", sum, expected, n, 1e-6);
  gated_backward(dx, is_new, dgates, is_new, dsum, x, x_gates, n);
  expect_close("dx", dx, of_x, n, 1e-6);
  expect_close("dgates", dgates, of_gates, n, 1e-6);
  gated_backward(NULL, 0, only_gates, is_new, dsum, x, x_gates, n);
  expect_same("dgates alone", only_gates, dgates, n);
  gated_backward(only_x, 1, NULL, 0, dsum, x, x_gates, n);
  expect_close("dx alone", only_x, alone, n, 1e-6);
  // x is its own gate, so y is swish.
  for (size_t i = 0; i < n; ++i) alone[i] = dsum[i] * exact_activation_slope(x[i], ACTIVATION_SWISH);
  gated_backward(only_x, 0, only_x, 1, dsum, x, x, n);
  expect_close("dx of both", only_x, alone, n, 1e-6);
}

CHECKS_OF(gated_sum.c) {
  EACH(size_t, n, counts)
    for (int is_new = 0; is_new < 2; ++is_new) check(n, is_new);
  check(0, 1);
  check(1650, 0);
}
