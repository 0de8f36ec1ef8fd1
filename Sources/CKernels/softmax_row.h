// What losses need from one row of logits.
#pragma once
#include "versions.h"

ALWAYS_INLINE float row_max(const float *x, size_t n) {
  float lanes[LANES];
  for (size_t l = 0; l < LANES; ++l) lanes[l] = -INFINITY;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) lanes[l] = x[i + l] > lanes[l] ? x[i + l] : lanes[l];
  float best = -INFINITY;
  for (; i < n; ++i) best = x[i] > best ? x[i] : best;
  for (size_t l = 0; l < LANES; ++l) best = lanes[l] > best ? lanes[l] : best;
  return best;
}

typedef struct {
  float total;        // of exp(x - best)
  float shifted_sum;  // of x - best
} row_sums;

// Replaces x by exp(x - best): the softmax without its divisor, which is `total`.
ALWAYS_INLINE row_sums row_exponentials(float *x, size_t n, float best) {
  float exp_lanes[LANES] = {0}, shifted_lanes[LANES] = {0};
  row_sums sums = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) {
      float shifted = x[i + l] - best, e = fast_exp(shifted);
      shifted_lanes[l] += shifted;
      exp_lanes[l] += e;
      x[i + l] = e;
    }
  for (; i < n; ++i) {
    float shifted = x[i] - best, e = fast_exp(shifted);
    sums.shifted_sum += shifted;
    sums.total += e;
    x[i] = e;
  }
  for (size_t l = 0; l < LANES; ++l) {
    sums.total += exp_lanes[l];
    sums.shifted_sum += shifted_lanes[l];
  }
  return sums;
}
