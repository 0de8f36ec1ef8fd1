#include "kernels.h"
#include "versions.h"

// Sums of one row of logits and its divergence from the other pass.
typedef struct {
  float best, total;      // the greatest logit; the sum of exp(logit - best)
  double log_total;       // log(total)
  float logit_sum;        // the sum of logit - best
  double divergence;      // KL(this || other)
} row_summary;

// Sums over a row in lanes; a gap is a prediction times the difference of the shifted logits.
typedef struct {
  float p_total[LANES], q_total[LANES], p_sum[LANES], q_sum[LANES], p_gap[LANES], q_gap[LANES];
} row_lanes;

ALWAYS_INLINE void add_to_lanes(row_lanes *to, const float *x, const float *y, float p_best, float q_best, size_t n) {
  for (size_t l = 0; l < n; ++l) {
    float a = x[l] - p_best, b = y[l] - q_best, ea = fast_exp(a), eb = fast_exp(b);
    to->p_sum[l] += a;
    to->q_sum[l] += b;
    to->p_total[l] += ea;
    to->q_total[l] += eb;
    to->p_gap[l] += ea * (a - b);
    to->q_gap[l] += eb * (b - a);
  }
}

// Fills both summaries in one pass: logits are not changed, since the gradient needs their difference.
ALWAYS_INLINE void summarize(row_summary *p, row_summary *q, const float *x, const float *y, size_t n) {
  row_lanes lanes = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) add_to_lanes(&lanes, x + i, y + i, p->best, q->best, LANES);
  add_to_lanes(&lanes, x + i, y + i, p->best, q->best, n - i);
  p->total = sum_lanes(lanes.p_total);
  q->total = sum_lanes(lanes.q_total);
  p->logit_sum = sum_lanes(lanes.p_sum);
  q->logit_sum = sum_lanes(lanes.q_sum);
  p->log_total = log((double)p->total);
  q->log_total = log((double)q->total);
  p->divergence = (double)sum_lanes(lanes.p_gap) / p->total - (p->log_total - q->log_total);
  q->divergence = (double)sum_lanes(lanes.q_gap) / q->total - (q->log_total - p->log_total);
}

// -log p[target], and its label-smoothed cross-entropy.
ALWAYS_INLINE double row_likelihood(row_summary p, float target) { return p.log_total - ((double)target - p.best); }
ALWAYS_INLINE double row_loss(row_summary p, float target, double smoothing, size_t n) {
  return (1.0 - smoothing) * row_likelihood(p, target)
      + smoothing * (p.log_total - (double)p.logit_sum / (double)n);
}

VERSIONED double r_drop_cross_entropy(
    float *restrict first, float *restrict second, const int32_t *targets, size_t rows, size_t columns,
    float smoothing, float alpha, int with_gradient, double *nll, double *divergence) {
  double loss = 0, likelihood = 0, apart = 0;
  float weight = alpha / 4, floor = smoothing / (float)columns / 2;
  for (size_t r = 0; r < rows; ++r) {
    float *restrict x = first + r * columns, *restrict y = second + r * columns;
    row_summary p = {.best = vector_max(x, columns)}, q = {.best = vector_max(y, columns)};
    summarize(&p, &q, x, y, columns);
    float x_target = x[targets[r]], y_target = y[targets[r]];
    loss += (row_loss(p, x_target, smoothing, columns) + row_loss(q, y_target, smoothing, columns)) / 2;
    likelihood += (row_likelihood(p, x_target) + row_likelihood(q, y_target)) / 2;
    apart += (p.divergence + q.divergence) / 2;
    if (!with_gradient) continue;
    float p_scale = 1 / p.total, q_scale = 1 / q.total, shift = (float)(p.log_total - q.log_total);
    float p_apart = (float)p.divergence, q_apart = (float)q.divergence;
    for (size_t i = 0; i < columns; ++i) {
      float a = x[i] - p.best, b = y[i] - q.best;
      float pi = fast_exp(a) * p_scale, qi = fast_exp(b) * q_scale, ratio = a - b - shift;  // log(p / q)
      x[i] = pi / 2 - floor + weight * (pi * (ratio - p_apart) + (pi - qi));
      y[i] = qi / 2 - floor + weight * (qi * (-ratio - q_apart) + (qi - pi));
    }
    x[targets[r]] -= (1 - smoothing) / 2;
    y[targets[r]] -= (1 - smoothing) / 2;
  }
  *nll = likelihood;
  *divergence = apart;
  return loss;
}
