#include "references.h"

typedef struct { size_t columns; int32_t target; double smoothing, alpha; } pair;

/// The mean of both divergences of two rows of logits.
static double divergence_of(const double *x, const double *y, size_t n) {
  double of_x = log_sum_of(x, n), of_y = log_sum_of(y, n), sum = 0;
  for (size_t i = 0; i < n; ++i) {
    double p = x[i] - of_x, q = y[i] - of_y;
    sum += (exp(p) * (p - q) + exp(q) * (q - p)) / 2;
  }
  return sum;
}

// x of differentiate: both rows.
static double objective(const double *x, const void *context) {
  const pair *c = context;
  const double *y = x + c->columns;
  double of_x = smoothed_loss(x, c->columns, c->target, c->smoothing);
  double of_y = smoothed_loss(y, c->columns, c->target, c->smoothing);
  return (of_x + of_y) / 2 + c->alpha / 2 * divergence_of(x, y, c->columns);
}

static void check(size_t rows, size_t columns, float smoothing, float alpha, int with_gradient) {
  begin_case(
      "r_drop_cross_entropy, rows %zu, columns %zu, smoothing %g, alpha %g, gradient %d", rows, columns, smoothing,
      alpha, with_gradient);
  size_t n = rows * columns;
  float *first = random_floats(n, 2), *second = random_floats(n, 2);
  float *first_before = copied_floats(first, n), *second_before = copied_floats(second, n);
  int32_t *targets = random_indices(rows, (int32_t)columns);
  double *both = new_doubles(2 * columns), *gradient = new_doubles(2 * columns);
  double *of_first = new_doubles(n), *of_second = new_doubles(n);
  double loss = 0, likelihood = 0, apart = 0, nll = NAN, divergence = NAN;
  for (size_t r = 0; r < rows; ++r) {
    for (size_t c = 0; c < columns; ++c) {
      both[c] = first[r * columns + c];
      both[columns + c] = second[r * columns + c];
    }
    const double *x = both, *y = both + columns;
    pair context = {columns, targets[r], smoothing, alpha};
    loss += (smoothed_loss(x, columns, targets[r], smoothing) + smoothed_loss(y, columns, targets[r], smoothing)) / 2;
    likelihood += (smoothed_loss(x, columns, targets[r], 0) + smoothed_loss(y, columns, targets[r], 0)) / 2;
    apart += divergence_of(x, y, columns);
    differentiate(gradient, both, 2 * columns, objective, &context);
    memcpy(of_first + r * columns, gradient, columns * sizeof(double));
    memcpy(of_second + r * columns, gradient + columns, columns * sizeof(double));
  }
  double found =
      r_drop_cross_entropy(first, second, targets, rows, columns, smoothing, alpha, with_gradient, &nll, &divergence);
  if (columns > 1) {
    expect_close_number("loss", found, loss, 2e-6);
    expect_close_number("nll", nll, likelihood, 2e-6);
    expect_close_number("divergence", divergence, apart, 5e-6);
  } else {
    expect_equal("whether all sums of a single column are 0", fabs(found) + fabs(nll) + fabs(divergence) < 1e-6, 1);
  }
  if (!with_gradient) {
    expect_same("first", first, first_before, n);
    expect_same("second", second, second_before, n);
  } else if (columns > 1) {
    expect_close("gradient of first", first, of_first, n, 5e-6);
    expect_close("gradient of second", second, of_second, n, 5e-6);
  }
}

CHECKS_OF(r_drop.c) {
  static const size_t columns[] = {1, 2, 15, 16, 17, 33, 100};
  EACH(size_t, c, columns) {
    check(3, c, 0, 1, 1);
    check(2, c, 0.1f, 5, 1);
    check(2, c, 0.1f, 0, 0);
  }
  check(0, 5, 0.1f, 1, 1);
}
