#include "kernels.h"
#include "versions.h"

// Sums of a row in sixteen lanes: fast, and in an order that depends only on its length.
ALWAYS_INLINE float row_sum(const float *x, size_t n) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) lanes[l] += x[i + l];
  float sum = 0;
  for (; i < n; ++i) sum += x[i];
  for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
  return sum;
}
ALWAYS_INLINE float row_variance(const float *x, size_t n, float mean) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) lanes[l] += (x[i + l] - mean) * (x[i + l] - mean);
  float sum = 0;
  for (; i < n; ++i) sum += (x[i] - mean) * (x[i] - mean);
  for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
  return sum / (float)n;
}

// y = x * gamma + beta, beta may be NULL.
ALWAYS_INLINE void scale_row(float *y, const float *x, const float *gamma, const float *beta, size_t n) {
  if (beta == NULL) {
    for (size_t c = 0; c < n; ++c) y[c] = x[c] * gamma[c];
  } else {
    for (size_t c = 0; c < n; ++c) y[c] = x[c] * gamma[c] + beta[c];
  }
}

VERSIONED void add_norm_forward(
    float *restrict y, float *restrict normalized, float *restrict inverse_deviation,
    const float *restrict residual, const float *restrict x, const float *restrict gamma,
    const float *restrict beta, size_t rows, size_t columns, float epsilon, float rate, uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t r = 0; r < rows; ++r) {
    size_t offset = r * columns;
    float *out = y + offset;
    const float *from = residual + offset;
    if (x == NULL) {
      memcpy(out, from, columns * sizeof(float));
    } else if (rate > 0) {
      for (size_t c = 0; c < columns; ++c)
        out[c] = from[c] + x[offset + c] * mask_at(mask, (uint32_t)(offset + c));
    } else {
      for (size_t c = 0; c < columns; ++c) out[c] = from[c] + x[offset + c];
    }
    float mean = row_sum(out, columns) / (float)columns;
    float inverse = 1.0f / __builtin_elementwise_sqrt(row_variance(out, columns, mean) + epsilon);
    if (normalized != NULL) {
      float *keep = normalized + offset;
      inverse_deviation[r] = inverse;
      for (size_t c = 0; c < columns; ++c) keep[c] = (out[c] - mean) * inverse;
      scale_row(out, keep, gamma, beta, columns);
    } else {
      for (size_t c = 0; c < columns; ++c) out[c] = (out[c] - mean) * inverse;
      scale_row(out, out, gamma, beta, columns);
    }
  }
}

VERSIONED void add_norm_backward(
    float *restrict dresidual, int dresidual_is_new, float *restrict dx, int dx_is_new, float *restrict dgamma,
    float *restrict dbeta, const float *restrict dy, const float *restrict normalized,
    const float *restrict inverse_deviation, const float *restrict gamma, size_t rows, size_t columns, float rate,
    uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t r = 0; r < rows; ++r) {
    size_t offset = r * columns;
    const float *g = dy + offset, *n = normalized + offset;
    float sum_lanes[LANES] = {0}, dot_lanes[LANES] = {0}, sum = 0, dot = 0;
    size_t c = 0;
    for (; c + LANES <= columns; c += LANES)
      for (size_t l = 0; l < LANES; ++l) {
        float d = g[c + l] * gamma[c + l];
        sum_lanes[l] += d;
        dot_lanes[l] += d * n[c + l];
      }
    for (; c < columns; ++c) {
      sum += g[c] * gamma[c];
      dot += g[c] * gamma[c] * n[c];
    }
    for (size_t l = 0; l < LANES; ++l) {
      sum += sum_lanes[l];
      dot += dot_lanes[l];
    }
    float mean = sum / (float)columns, slope = dot / (float)columns, inverse = inverse_deviation[r];
    if (dgamma != NULL)
      for (c = 0; c < columns; ++c) dgamma[c] += g[c] * n[c];
    if (dbeta != NULL)
      for (c = 0; c < columns; ++c) dbeta[c] += g[c];
    float *residual = dresidual + offset;
    for (c = 0; c < columns; ++c) {
      float d = (g[c] * gamma[c] - mean - n[c] * slope) * inverse;
      residual[c] = dresidual_is_new ? d : residual[c] + d;
    }
    if (dx == NULL) continue;
    // Computed again, which is cheaper than storing a row.
    for (c = 0; c < columns; ++c) {
      float d = (g[c] * gamma[c] - mean - n[c] * slope) * inverse;
      if (rate > 0) d *= mask_at(mask, (uint32_t)(offset + c));
      dx[offset + c] = dx_is_new ? d : dx[offset + c] + d;
    }
  }
}
