#include "kernels.h"
#include "softmax_row.h"

VERSIONED float vector_max(const float *x, size_t n) { return row_max(x, n); }

VERSIONED double cross_entropy(
    float *logits, const int32_t *targets, size_t rows, size_t columns, float smoothing, float gradient_scale,
    double *nll) {
  double loss = 0, likelihood = 0;
  for (size_t r = 0; r < rows; ++r) {
    float *row = logits + r * columns;
    float best = row_max(row, columns), target = row[targets[r]];
    row_sums sums = row_exponentials(row, columns, best);
    double log_total = log((double)sums.total), of_target = log_total - ((double)target - best);
    likelihood += of_target;
    // mean over classes of -log p: log_total minus the mean shifted logit
    loss += (1.0 - smoothing) * of_target + smoothing * (log_total - (double)sums.shifted_sum / (double)columns);
    if (gradient_scale != 0) {
      float factor = gradient_scale / sums.total, floor = gradient_scale * smoothing / (float)columns;
      for (size_t i = 0; i < columns; ++i) row[i] = row[i] * factor - floor;
      row[targets[r]] -= gradient_scale * (1 - smoothing);
    }
  }
  if (nll != NULL) *nll = likelihood;
  return loss;
}
