#include "kernels.h"
#include "versions.h"

const char *kernels_version(void) {
  switch (kernels_level()) {
    case 4: return "x86-64-v4";
    case 3: return "x86-64-v3";
    default: return "portable";
  }
}

VERSIONED void vector_add(float *restrict y, const float *restrict x, size_t n) {
  for (size_t i = 0; i < n; ++i) y[i] += x[i];
}

VERSIONED void vector_approach(float *restrict x, const float *restrict y, size_t n, float share) {
  for (size_t i = 0; i < n; ++i) x[i] += share * (y[i] - x[i]);
}

VERSIONED double vector_sum_of_squares(const float *x, size_t n) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) lanes[l] += (double)x[i + l] * x[i + l];
  double sum = 0;
  for (; i < n; ++i) sum += (double)x[i] * x[i];
  for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
  return sum;
}

VERSIONED void rows_fill(float *restrict y, const float *restrict bias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; ++r) memcpy(y + r * columns, bias, columns * sizeof(float));
}

VERSIONED void rows_sum(float *restrict sums, const float *restrict x, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c) sums[c] += x[r * columns + c];
}

// 1 / (1 + exp(-x)), without overflow.
ALWAYS_INLINE float logistic(float x) {
  float e = fast_exp(x < 0 ? x : -x);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

// Abramowitz and Stegun 7.1.26 is too coarse for gradient checks; erff is exact and GELU is not hot.
ALWAYS_INLINE float normal_cdf(float x) { return 0.5f * (1 + erff(x * 0.70710678118654752f)); }

VERSIONED void activation_forward(float *y, const float *x, size_t n, int activation) {
  switch (activation) {
    case ACTIVATION_RELU:
      for (size_t i = 0; i < n; ++i) y[i] = x[i] > 0 ? x[i] : 0;
      break;
    case ACTIVATION_GELU:
      for (size_t i = 0; i < n; ++i) y[i] = x[i] * normal_cdf(x[i]);
      break;
    case ACTIVATION_SWISH:
      for (size_t i = 0; i < n; ++i) y[i] = x[i] * logistic(x[i]);
      break;
    default:
      if (y != x) memcpy(y, x, n * sizeof(float));
  }
}

VERSIONED void activation_backward(
    float *restrict dx, const float *restrict x, const float *restrict dy, size_t n, int activation) {
  switch (activation) {
    case ACTIVATION_RELU:
      for (size_t i = 0; i < n; ++i) dx[i] += x[i] > 0 ? dy[i] : 0;
      break;
    case ACTIVATION_GELU:
      for (size_t i = 0; i < n; ++i) {
        float density = 0.39894228040143268f * fast_exp(-0.5f * x[i] * x[i]);
        dx[i] += dy[i] * (normal_cdf(x[i]) + x[i] * density);
      }
      break;
    case ACTIVATION_SWISH:
      for (size_t i = 0; i < n; ++i) {
        float s = logistic(x[i]);
        dx[i] += dy[i] * (s + x[i] * s * (1 - s));
      }
      break;
    default:
      for (size_t i = 0; i < n; ++i) dx[i] += dy[i];
  }
}

VERSIONED void relu_mask(float *restrict dy, const float *restrict y, size_t n) {
  for (size_t i = 0; i < n; ++i) dy[i] = y[i] > 0 ? dy[i] : 0;
}
