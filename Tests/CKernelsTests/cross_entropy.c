#include "references.h"

typedef struct { size_t rows, columns; const int32_t *targets; double smoothing, scale; } losses;

static double scaled_loss(const double *logits, const void *context) {
  const losses *c = context;
  double sum = 0;
  for (size_t r = 0; r < c->rows; ++r)
    sum += c->scale * smoothed_loss(logits + r * c->columns, c->columns, c->targets[r], c->smoothing);
  return sum;
}

static void check(size_t rows, size_t columns, float smoothing, float scale, double deviation) {
  begin_case(
      "cross_entropy, rows %zu, columns %zu, smoothing %g, gradient_scale %g, deviation %g", rows, columns, smoothing,
      scale, deviation);
  size_t n = rows * columns;
  float *logits = random_floats(n, deviation);
  int32_t *targets = random_indices(rows, (int32_t)columns);
  losses context = {rows, columns, targets, smoothing, 1};
  double *exact = as_doubles(logits, n), *gradient = new_doubles(n), likelihood = 0, nll = NAN;
  double expected = scaled_loss(exact, &context);
  for (size_t r = 0; r < rows; ++r) likelihood += smoothed_loss(exact + r * columns, columns, targets[r], 0);
  context.scale = scale;
  if (scale != 0) differentiate(gradient, exact, n, scaled_loss, &context);
  float *without_nll = copied_floats(logits, n);
  double loss = cross_entropy(logits, targets, rows, columns, smoothing, scale, &nll);
  // With one column all is 0, up to rounding.
  if (columns > 1) {
    expect_close_number("loss", loss, expected, 2e-6);
    expect_close_number("nll", nll, likelihood, 2e-6);
  } else {
    expect_equal("whether the loss of a single column is 0", fabs(loss) < 1e-6 && fabs(nll) < 1e-6, 1);
  }
  if (scale != 0 && columns > 1) expect_close("gradient", logits, gradient, n, 2e-6);
  double again = cross_entropy(without_nll, targets, rows, columns, smoothing, scale, NULL);
  expect_equal("whether the loss is the same without nll", again == loss, 1);
}

static void check_maximum(size_t n) {
  begin_case("vector_max, n %zu", n);
  float *x = random_floats(n, 1), greatest = -INFINITY;
  for (size_t i = 0; i < n; ++i) greatest = x[i] > greatest ? x[i] : greatest;
  float found = vector_max(x, n);
  expect_same("the greatest", &found, &greatest, 1);
  // The greatest at every place, beside NaN.
  for (size_t i = 0; i < n; ++i) {
    float before = x[i], beside = x[(i + 1) % n], expected = 5;
    x[(i + 1) % n] = NAN;
    x[i] = 5;
    found = vector_max(x, n);
    expect_same("the greatest at a place", &found, &expected, 1);
    x[(i + 1) % n] = beside;
    x[i] = before;
  }
  float lowest = -INFINITY;
  found = vector_max(filled_floats(n, NAN), n);
  expect_same("the greatest of NaN", &found, &lowest, 1);
}

CHECKS_OF(cross_entropy.c) {
  EACH(size_t, n, counts) check_maximum(n);
  static const size_t columns[] = {1, 2, 15, 16, 17, 33, 100};
  EACH(size_t, c, columns) {
    check(3, c, 0, 1, 1);
    check(2, c, 0.1f, 0.5f, 3);
    check(3, c, 0.1f, 0, 1);
  }
  check(0, 5, 0.1f, 1, 1);
  check(2, 3000, 0.1f, 0, 4);

  begin_case("cross_entropy of NaN");
  for (size_t place = 0; place < 18; ++place) {
    float *logits = random_floats(18, 1);
    int32_t target = 2;
    logits[place] = NAN;
    expect_equal("whether the loss is NaN", isnan(cross_entropy(logits, &target, 1, 18, 0.1f, 1, NULL)), 1);
  }
  begin_case("cross_entropy of 1e30 and -88");
  float far[] = {1e30f, 0, -1e30f}, low[] = {0, -88};
  double zeros[] = {0, 0, 0};
  int32_t target = 0;
  expect_equal("the loss", (int64_t)cross_entropy(far, &target, 1, 3, 0, 1, NULL), 0);
  expect_close("gradient of 1e30", far, zeros, 3, 0);
  expect_equal("the loss", (int64_t)cross_entropy(low, &target, 1, 2, 0, 1, NULL), 0);
  expect_close("gradient of -88", low, zeros, 2, 0);
}
