#include "kernels.h"
#include "versions.h"

VERSIONED double score_log_sum(const float *x, size_t n) {
  float best = vector_max(x, n), lanes[LANES] = {0};
  if (!(best > -INFINITY && best < INFINITY)) return NAN;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) lanes[l] += x[i + l] <= best ? fast_exp(x[i + l] - best) : 0;
  for (; i < n; ++i) lanes[0] += x[i] <= best ? fast_exp(x[i] - best) : 0;
  return (double)best + log((double)sum_lanes(lanes));
}

#define BLOCK (8 * LANES)

VERSIONED size_t next_above(const float *x, size_t first, size_t n, float limit) {
  size_t i = first;
  // Almost always nothing is above: whole blocks are skipped by their greatest element.
  for (; i + BLOCK <= n; i += BLOCK) {
    float greatest[LANES];
    for (size_t l = 0; l < LANES; ++l) greatest[l] = -INFINITY;
    for (size_t j = i; j < i + BLOCK; j += LANES)
      for (size_t l = 0; l < LANES; ++l) greatest[l] = x[j + l] > greatest[l] ? x[j + l] : greatest[l];
    if (max_lanes(greatest) > limit) break;
  }
  for (; i < n; ++i)
    if (x[i] > limit) return i;
  return n;
}
