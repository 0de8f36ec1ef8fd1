#include "activations.h"

VERSIONED void gated_sum_forward(
    float *restrict sum, const float *x, const float *y, const float *gates, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; ++r) {
    const float *of_x = gates + 2 * r * columns, *of_y = of_x + columns;
    for (size_t c = 0; c < columns; ++c) {
      size_t i = r * columns + c;
      sum[i] = logistic(of_x[c]) * x[i] + logistic(of_y[c]) * y[i];
    }
  }
}

// The derivatives of logistic(gates) * x. dx and dgates may be NULL.
ALWAYS_INLINE void add_gated(
    float *restrict dx, int dx_is_new, float *restrict dgates, int dgates_is_new, const float *restrict dsum,
    const float *restrict x, const float *restrict gates, size_t columns) {
  if (dgates != NULL)
    for (size_t c = 0; c < columns; ++c) {
      float gate = logistic(gates[c]), slope = dsum[c] * x[c] * gate * (1 - gate);
      dgates[c] = dgates_is_new ? slope : dgates[c] + slope;
    }
  if (dx != NULL)
    for (size_t c = 0; c < columns; ++c) {
      float d = dsum[c] * logistic(gates[c]);
      dx[c] = dx_is_new ? d : dx[c] + d;
    }
}

VERSIONED void gated_sum_backward(
    float *dx, int dx_is_new, float *dy, int dy_is_new, float *dgates, int dgates_is_new, const float *dsum,
    const float *x, const float *y, const float *gates, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; ++r) {
    size_t i = r * columns, of_x = 2 * i, of_y = of_x + columns;
    add_gated(
        dx == NULL ? NULL : dx + i, dx_is_new, dgates == NULL ? NULL : dgates + of_x, dgates_is_new, dsum + i, x + i,
        gates + of_x, columns);
    add_gated(
        dy == NULL ? NULL : dy + i, dy_is_new, dgates == NULL ? NULL : dgates + of_y, dgates_is_new, dsum + i, y + i,
        gates + of_y, columns);
  }
}
