#include "kernels.h"
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

VERSIONED float vector_max(const float *x, size_t n) { return row_max(x, n); }

VERSIONED double cross_entropy(
    float *logits, const int32_t *targets, size_t rows, size_t columns, float smoothing, float gradient_scale,
    double *nll) {
  double loss = 0, likelihood = 0;
  for (size_t r = 0; r < rows; ++r) {
    float *row = logits + r * columns;
    float best = row_max(row, columns), target = row[targets[r]];
    float exp_lanes[LANES] = {0}, logit_lanes[LANES] = {0}, total = 0, logit_sum = 0;
    size_t i = 0;
    for (; i + LANES <= columns; i += LANES)
      for (size_t l = 0; l < LANES; ++l) {
        float shifted = row[i + l] - best, e = fast_exp(shifted);
        logit_lanes[l] += shifted;
        exp_lanes[l] += e;
        row[i + l] = e;
      }
    for (; i < columns; ++i) {
      float shifted = row[i] - best, e = fast_exp(shifted);
      logit_sum += shifted;
      total += e;
      row[i] = e;
    }
    for (size_t l = 0; l < LANES; ++l) {
      total += exp_lanes[l];
      logit_sum += logit_lanes[l];
    }
    double log_total = log((double)total), of_target = log_total - ((double)target - best);
    likelihood += of_target;
    // mean over classes of -log p: log_total minus the mean shifted logit
    loss += (1.0 - smoothing) * of_target + smoothing * (log_total - (double)logit_sum / (double)columns);
    if (gradient_scale != 0) {
      float factor = gradient_scale / total, floor = gradient_scale * smoothing / (float)columns;
      for (i = 0; i < columns; ++i) row[i] = row[i] * factor - floor;
      row[targets[r]] -= gradient_scale * (1 - smoothing);
    }
  }
  if (nll != NULL) *nll = likelihood;
  return loss;
}
