#include "references.h"

static void check_log_sum(size_t n) {
  begin_case("score_log_sum, n %zu", n);
  float *x = random_floats(n, 4);
  if (n == 0) return expect_equal("whether the sum of nothing is NaN", isnan(score_log_sum(x, 0)), 1);
  for (size_t i = 0; i < n; ++i) x[i] += 20;
  double expected = log_sum_of(as_doubles(x, n), n);
  expect_close_number("sum", score_log_sum(x, n), expected, 1e-6);
  // NaN counts as probability 0.
  for (size_t place = 0; place < n && n > 1; place += 7) {
    float before = x[place];
    x[place] = -INFINITY;
    expected = log_sum_of(as_doubles(x, n), n);
    x[place] = NAN;
    expect_close_number("sum with NaN", score_log_sum(x, n), expected, 1e-6);
    x[place] = INFINITY;
    expect_equal("whether the sum with an infinite score is NaN", isnan(score_log_sum(x, n)), 1);
    x[place] = before;
  }
  expect_equal("whether the sum of NaN is NaN", isnan(score_log_sum(filled_floats(n, NAN), n)), 1);
  expect_equal("whether the sum of -inf is NaN", isnan(score_log_sum(filled_floats(n, -INFINITY), n)), 1);
}

static void check_next(size_t n) {
  begin_case("next_above, n %zu", n);
  float *x = random_floats(n, 1);
  for (size_t i = 0; i < n; i += 5) x[i] = NAN;
  static const float limits[] = {-INFINITY, -1, 0, 1.5f, 2.5f, INFINITY};
  EACH(float, limit, limits)
    for (size_t first = 0; first <= n; first += 1 + n / 20) {
      size_t expected = first;
      while (expected < n && !(x[expected] > limit)) ++expected;
      expect_equal("the next", (int64_t)next_above(x, first, n, limit), (int64_t)expected);
    }
  // A single one at every place; one that equals the limit is not above it.
  for (size_t i = 0; i < n; ++i) {
    float before = x[i];
    x[i] = 10;
    expect_equal("the only one above", (int64_t)next_above(x, 0, n, 9), (int64_t)i);
    expect_equal("what equals the limit", (int64_t)next_above(x, 0, n, 10), (int64_t)n);
    x[i] = before;
  }
}

CHECKS_OF(search.c) {
  static const size_t sizes[] = {0, 1, 2, 15, 16, 17, 33, 127, 128, 129, 300};
  EACH(size_t, n, sizes) {
    check_log_sum(n);
    check_next(n);
  }
}
