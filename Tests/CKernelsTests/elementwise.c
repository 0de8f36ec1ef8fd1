#include "references.h"

static void check_sums(size_t n) {
  begin_case("vector_add, n %zu", n);
  float *y = random_floats(n, 1), *x = random_floats(n, 1), *sum = copied_floats(y, n);
  for (size_t i = 0; i < n; ++i) sum[i] += x[i];
  vector_add(y, x, n);
  expect_same("y", y, sum, n);

  begin_case("vector_sum_of_squares, n %zu", n);
  x = random_floats(n, 3);
  double squares = 0;
  for (size_t i = 0; i < n; ++i) squares += (double)x[i] * x[i];
  double found = vector_sum_of_squares(x, n);
  expect_close_number("sum", found, squares, 1e-13);
  for (size_t shift = 1; shift < 4; ++shift) {
    float *elsewhere = new_floats(n + shift);
    memcpy(elsewhere, x, n * sizeof(float));
    expect_equal("whether memory's alignment changes the sum", vector_sum_of_squares(elsewhere, n) != found, 0);
  }

  begin_case("vector_approach, n %zu", n);
  x = random_floats(n, 1);
  y = random_floats(n, 1);
  double *expected = new_doubles(n);
  for (size_t i = 0; i < n; ++i) expected[i] = x[i] + 0.375 * ((double)y[i] - x[i]);
  vector_approach(x, y, n, 0.375f);
  expect_close("x", x, expected, n, 3e-7);
}

static void check_rows(size_t rows, size_t columns) {
  begin_case("rows_fill, rows %zu, columns %zu", rows, columns);
  float *bias = random_floats(columns, 1), *y = new_floats(rows * columns), *all = new_floats(rows * columns);
  for (size_t i = 0; i < rows * columns; ++i) all[i] = bias[i % columns];
  rows_fill(y, bias, rows, columns);
  expect_same("y", y, all, rows * columns);

  begin_case("rows_sum, rows %zu, columns %zu", rows, columns);
  float *x = random_floats(rows * columns, 1), *sums = random_floats(columns, 1);
  double *expected = as_doubles(sums, columns);
  for (size_t i = 0; i < rows * columns; ++i) expected[i % columns] += x[i];
  rows_sum(sums, x, rows, columns);
  expect_close("sums", sums, expected, columns, 1e-6);
}

static void check_activation(size_t n, int activation) {
  begin_case("activation_forward, activation %d, n %zu", activation, n);
  float *x = random_floats(n, 3), *y = new_floats(n);
  double *expected = new_doubles(n);
  for (size_t i = 0; i < n; ++i) expected[i] = exact_activation(x[i], activation);
  activation_forward(y, x, n, activation);
  expect_close("y", y, expected, n, 5e-7);
  if (activation == ACTIVATION_RELU) {
    activation_forward(x, x, n, activation);
    expect_same("y in place of x", x, y, n);
  }

  begin_case("activation_backward, activation %d, n %zu", activation, n);
  x = random_floats(n, 3);
  float *dy = random_floats(n, 1), *dx = random_floats(n, 1);
  expected = as_doubles(dx, n);
  for (size_t i = 0; i < n; ++i) expected[i] += dy[i] * exact_activation_slope(x[i], activation);
  activation_backward(dx, x, dy, n, activation);
  expect_close("dx", dx, expected, n, 1e-6);
}

static void check_extremes(int activation) {
  static const float extremes[] = {0, -0.0f, 1e-30f, -1e-30f, 9, -9, 20, -20, 100, -100, 1e30f, -1e30f, INFINITY};
  const size_t n = COUNT_OF(extremes);
  begin_case("activation_forward and _backward, activation %d, extreme x", activation);
  float *y = new_floats(n), *dx = filled_floats(n, 0), *ones = filled_floats(n, 1);
  activation_forward(y, extremes, n, activation);
  activation_backward(dx, extremes, ones, n - 1, activation);
  for (size_t i = 0; i < n; ++i) {
    double x = extremes[i], expected = exact_activation(x, activation);
    double slope = x < -50 && activation != ACTIVATION_NONE ? 0 : x > 50 ? 1 : exact_activation_slope(x, activation);
    // A product of floats that is too small for a float may be 0.
    double tiny[] = {2e-6 * fabs(expected) + 1e-30}, small[] = {1e-6};
    if (isfinite(expected)) expect_within("y of an extreme x", y + i, &expected, tiny, 1);
    else expect_equal("whether y of an infinite x is infinite", y[i] == INFINITY, 1);
    if (i < n - 1) expect_within("dx of an extreme x", dx + i, &slope, small, 1);
  }
}

CHECKS_OF(elementwise.c) {
  EACH(size_t, n, counts) {
    check_sums(n);
    check_rows(3, n);
    EACH(int, activation, activations) check_activation(n, activation);

    begin_case("relu_mask, n %zu", n);
    float *dy = random_floats(n, 1), *y = random_floats(n, 1), *expected = copied_floats(dy, n);
    if (n > 3) y[3] = 0;
    for (size_t i = 0; i < n; ++i) expected[i] = y[i] > 0 ? expected[i] : 0;
    relu_mask(dy, y, n);
    expect_same("dy", dy, expected, n);
  }
  check_rows(0, 17);
  check_rows(1, 17);
  check_rows(1000, 33);
  EACH(int, activation, activations) check_extremes(activation);
}
