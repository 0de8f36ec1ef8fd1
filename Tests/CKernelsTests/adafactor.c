#include "checks.h"

static void check_squares(size_t n) {
  begin_case("adafactor_squares, n %zu", n);
  float *sums = random_floats(n, 1), *gradient = random_floats(n, 1);
  double *expected = as_doubles(sums, n), total = 0;
  for (size_t i = 0; i < n; ++i) {
    double square = pow((double)gradient[i] * 0.5, 2) + (double)1e-3f;
    expected[i] += square;
    total += square;
  }
  expect_close_number("sum", adafactor_squares(sums, gradient, n, 0.5f, 1e-3f), total, 1e-6);
  expect_close("column_sums", sums, expected, n, 1e-6);

  begin_case("adafactor_update_squares, n %zu", n);
  gradient = random_floats(n, 1);
  float *factors = random_floats(n, 2);
  total = 0;
  for (size_t i = 0; i < n; ++i) total += pow((double)gradient[i] * factors[i] * 1.5, 2);
  expect_close_number("sum", adafactor_update_squares(gradient, factors, n, 1.5f), total, 1e-6);
}

static void check_columns(size_t blocks, size_t columns) {
  begin_case("adafactor_columns, blocks %zu, columns %zu", blocks, columns);
  const size_t rows = 37;
  const float decay = 0.75f;
  float *moments = random_floats(columns, 1), *factors = new_floats(columns);
  float *sums = random_floats(blocks * columns, 10);
  for (size_t c = 0; c < columns; ++c) moments[c] = fabsf(moments[c]);
  for (size_t i = 0; i < blocks * columns; ++i) sums[i] = fabsf(sums[i]);
  double *expected = new_doubles(columns), *expected_factors = new_doubles(columns);
  for (size_t c = 0; c < columns; ++c) {
    double sum = 0;
    for (size_t b = 0; b < blocks; ++b) sum += sums[b * columns + c];
    expected[c] = decay * moments[c] + (1 - (double)decay) * sum / (double)rows;
    expected_factors[c] = 1 / sqrt(expected[c]);
  }
  adafactor_columns(moments, factors, sums, blocks, columns, rows, decay);
  expect_close("moments", moments, expected, columns, 5e-7);
  expect_close("factors", factors, expected_factors, columns, 1e-6);
}

static void check_updates(size_t n) {
  const float scale = 1.5f, rate = 0.01f, beta1 = 0.9f, shrink = 0.99f;
  begin_case("adafactor_update, n %zu", n);
  float *x = random_floats(n, 1), *gradient = random_floats(n, 1), *factors = random_floats(n, 2);
  double *expected = as_doubles(x, n);
  for (size_t i = 0; i < n; ++i)
    expected[i] = expected[i] * shrink - rate * ((double)gradient[i] * factors[i] * scale);
  adafactor_update(x, gradient, factors, n, scale, rate, shrink);
  expect_close("parameters", x, expected, n, 5e-7);

  begin_case("adafactor_momentum_update, n %zu", n);
  x = random_floats(n, 1);
  gradient = random_floats(n, 1);
  factors = random_floats(n, 2);
  float *momentum = random_floats(n, 1);
  expected = as_doubles(x, n);
  double *velocity = as_doubles(momentum, n);
  for (size_t i = 0; i < n; ++i) {
    velocity[i] = beta1 * velocity[i] + (1 - (double)beta1) * rate * ((double)gradient[i] * factors[i] * scale);
    expected[i] = expected[i] * shrink - velocity[i];
  }
  adafactor_momentum_update(x, momentum, gradient, factors, n, scale, rate, beta1, shrink);
  expect_close("momentum", momentum, velocity, n, 5e-7);
  expect_close("parameters", x, expected, n, 5e-7);
}

CHECKS_OF(adafactor.c) {
  EACH(size_t, n, counts) {
    check_squares(n);
    check_columns(1, n);
    check_columns(5, n);
    check_updates(n);
  }
}
