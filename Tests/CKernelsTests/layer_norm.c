#include "checks.h"

#define EPSILON 1e-5f

/// Everything that a row of the output depends on.
typedef struct {
  size_t rows, columns;
  // What the outputs are multiplied by and summed.
  const float *weights;
  // NULL if x is absent.
  const float *mask;
} norm;

// x of differentiate: residual, x, gamma, beta.
static double weighted_output(const double *x, const void *context) {
  const norm *c = context;
  size_t n = c->rows * c->columns;
  const double *gamma = x + 2 * n, *beta = gamma + c->columns;
  double total = 0;
  for (size_t r = 0; r < c->rows; ++r) {
    double mean = 0, variance = 0;
    double sum[300];
    for (size_t i = 0; i < c->columns; ++i) {
      size_t at = r * c->columns + i;
      sum[i] = x[at] + (c->mask ? c->mask[at] * x[n + at] : 0);
      mean += sum[i] / (double)c->columns;
    }
    for (size_t i = 0; i < c->columns; ++i) variance += (sum[i] - mean) * (sum[i] - mean) / (double)c->columns;
    for (size_t i = 0; i < c->columns; ++i)
      total += c->weights[r * c->columns + i]
          * ((sum[i] - mean) / sqrt(variance + (double)EPSILON) * gamma[i] + beta[i]);
  }
  return total;
}

typedef struct { int has_x, has_beta, keeps; float rate; } forward_form;

static void check_forward(size_t rows, size_t columns, forward_form form) {
  begin_case(
      "add_norm_forward, rows %zu, columns %zu, x %d, beta %d, keeps %d, rate %g", rows, columns, form.has_x,
      form.has_beta, form.keeps, form.rate);
  size_t n = rows * columns;
  float *residual = random_floats(n, 2), *x = form.has_x ? random_floats(n, 1) : NULL;
  float *gamma = random_floats(columns, 1), *beta = form.has_beta ? random_floats(columns, 1) : NULL;
  float *mask = mask_of(n, form.rate, 9), *y = new_floats(n);
  float *normalized = form.keeps ? new_floats(n) : NULL, *inverse = form.keeps ? new_floats(rows) : NULL;
  double *expected = new_doubles(n), *expected_normalized = new_doubles(n), *expected_inverse = new_doubles(rows);
  for (size_t r = 0; r < rows; ++r) {
    double mean = 0, variance = 0, *sum = expected_normalized + r * columns;
    for (size_t c = 0; c < columns; ++c) {
      size_t at = r * columns + c;
      sum[c] = residual[at] + (x ? (double)x[at] * mask[at] : 0);
      mean += sum[c] / (double)columns;
    }
    for (size_t c = 0; c < columns; ++c) variance += (sum[c] - mean) * (sum[c] - mean) / (double)columns;
    expected_inverse[r] = 1 / sqrt(variance + (double)EPSILON);
    for (size_t c = 0; c < columns; ++c) {
      sum[c] = (sum[c] - mean) * expected_inverse[r];
      expected[r * columns + c] = sum[c] * gamma[c] + (beta ? beta[c] : 0);
    }
  }
  add_norm_forward(y, normalized, inverse, residual, x, gamma, beta, rows, columns, EPSILON, form.rate, 9);
  expect_close("y", y, expected, n, 5e-6);
  if (!form.keeps) return;
  expect_close("normalized", normalized, expected_normalized, n, 5e-6);
  expect_close("inverse_deviation", inverse, expected_inverse, rows, 5e-6);
}

typedef struct { int residual_is_new, x_is_new, has_x, has_parameters; float rate; } backward_form;

static void check_backward(size_t rows, size_t columns, backward_form form) {
  begin_case(
      "add_norm_backward, rows %zu, columns %zu, new %d %d, dx %d, dgamma and dbeta %d, rate %g", rows, columns,
      form.residual_is_new, form.x_is_new, form.has_x, form.has_parameters, form.rate);
  size_t n = rows * columns;
  float *inputs = random_floats(2 * n + 2 * columns, 1), *mask = mask_of(n, form.rate, 9);
  float *y = new_floats(n), *normalized = new_floats(n), *inverse = new_floats(rows), *dy = random_floats(n, 1);
  const float *gamma = inputs + 2 * n, *beta = gamma + columns;
  const float *x = form.has_x ? inputs + n : NULL;
  add_norm_forward(y, normalized, inverse, inputs, x, gamma, beta, rows, columns, EPSILON, form.rate, 9);
  norm context = {rows, columns, dy, form.has_x ? mask : NULL};
  double *expected = new_doubles(2 * n + 2 * columns);
  differentiate(expected, as_doubles(inputs, 2 * n + 2 * columns), 2 * n + 2 * columns, weighted_output, &context);

  float *dresidual = form.residual_is_new ? new_floats(n) : random_floats(n, 1);
  float *dx = form.has_x ? (form.x_is_new ? new_floats(n) : random_floats(n, 1)) : NULL;
  float *dgamma = form.has_parameters ? random_floats(columns, 1) : NULL;
  float *dbeta = form.has_parameters ? random_floats(columns, 1) : NULL;
  for (size_t i = 0; i < n; ++i) {
    if (!form.residual_is_new) expected[i] += dresidual[i];
    if (form.has_x && !form.x_is_new) expected[n + i] += dx[i];
  }
  if (form.has_parameters)
    for (size_t c = 0; c < columns; ++c) {
      expected[2 * n + c] += dgamma[c];
      expected[2 * n + columns + c] += dbeta[c];
    }
  add_norm_backward(
      dresidual, form.residual_is_new, dx, form.x_is_new, dgamma, dbeta, dy, normalized, inverse, gamma, rows, columns,
      form.rate, 9);
  // The derivative can be much smaller than its terms: with one column it is 0.
  double *allowed = new_doubles(2 * n);
  for (size_t r = 0; r < rows; ++r) {
    double greatest = 0;
    for (size_t at = r * columns; at < (r + 1) * columns; ++at)
      greatest = fmax(greatest, fabs(dy[at] * gamma[at % columns]) * (1 + fabs(normalized[at])));
    for (size_t at = r * columns; at < (r + 1) * columns; ++at) {
      allowed[at] = 1e-6 * (inverse[r] * greatest + fabs(expected[at]));
      allowed[n + at] = 1e-6 * (inverse[r] * greatest * (1 + mask[at]) + fabs(expected[n + at]));
    }
  }
  expect_within("dresidual", dresidual, expected, allowed, n);
  if (form.has_x) expect_within("dx", dx, expected + n, allowed + n, n);
  if (!form.has_parameters) return;
  expect_close("dgamma", dgamma, expected + 2 * n, columns, 1e-5);
  expect_close("dbeta", dbeta, expected + 2 * n + columns, columns, 1e-5);
}

CHECKS_OF(layer_norm.c) {
  static const size_t columns[] = {1, 2, 15, 16, 17, 33, 100, 257};
  EACH(size_t, c, columns) {
    check_forward(3, c, (forward_form){1, 1, 1, 0.2f});
    check_forward(3, c, (forward_form){1, 0, 1, 0});
    check_forward(2, c, (forward_form){0, 1, 0, 0});
  }
  check_forward(0, 16, (forward_form){1, 1, 1, 0});
  check_forward(100, 33, (forward_form){1, 1, 0, 0.5f});
  static const size_t narrow[] = {1, 2, 15, 16, 17, 33};
  EACH(size_t, c, narrow) {
    check_backward(3, c, (backward_form){0, 0, 1, 1, 0.2f});
    check_backward(2, c, (backward_form){1, 1, 1, 1, 0});
    check_backward(2, c, (backward_form){1, 0, 1, 0, 0.5f});
    check_backward(2, c, (backward_form){0, 1, 0, 1, 0});
  }
  check_backward(0, 16, (backward_form){0, 0, 1, 1, 0});
}
