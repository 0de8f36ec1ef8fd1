#include "activations.h"

VERSIONED void gated_sum_forward(
    float *restrict sum, const float *x, const float *y, const float *x_gates, const float *y_gates, size_t n) {
  for (size_t i = 0; i < n; ++i) sum[i] = logistic(x_gates[i]) * x[i] + logistic(y_gates[i]) * y[i];
}

VERSIONED void gated_backward(
    float *dx, int dx_is_new, float *dgates, int dgates_is_new, const float *dy, const float *x, const float *gates,
    size_t n) {
  if (dgates != NULL)
    for (size_t i = 0; i < n; ++i) {
      float gate = logistic(gates[i]), slope = dy[i] * x[i] * gate * (1 - gate);
      dgates[i] = dgates_is_new ? slope : dgates[i] + slope;
    }
  if (dx != NULL)
    for (size_t i = 0; i < n; ++i) {
      float d = dy[i] * logistic(gates[i]);
      dx[i] = dx_is_new ? d : dx[i] + d;
    }
}
