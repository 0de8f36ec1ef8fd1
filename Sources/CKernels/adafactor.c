#include "kernels.h"
#include "versions.h"

VERSIONED double adafactor_squares(
    float *restrict column_sums, const float *restrict gradient, size_t n, float gradient_scale, float epsilon) {
  double lanes[LANES] = {0}, sum = 0;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) {
      float g = gradient[i + l] * gradient_scale, square = g * g + epsilon;
      column_sums[i + l] += square;
      lanes[l] += square;
    }
  for (; i < n; ++i) {
    float g = gradient[i] * gradient_scale, square = g * g + epsilon;
    column_sums[i] += square;
    sum += square;
  }
  for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
  return sum;
}

VERSIONED void adafactor_columns(
    float *restrict moments, float *restrict factors, const float *restrict block_sums, size_t blocks,
    size_t columns, size_t rows, float decay) {
  for (size_t c = 0; c < columns; ++c) {
    double sum = 0;
    for (size_t b = 0; b < blocks; ++b) sum += block_sums[b * columns + c];
    float moment = decay * moments[c] + (1 - decay) * (float)(sum / (double)rows);
    moments[c] = moment;
    factors[c] = 1.0f / __builtin_sqrtf(moment);
  }
}

VERSIONED double adafactor_update_squares(
    const float *restrict gradient, const float *restrict factors, size_t n, float scale) {
  double lanes[LANES] = {0}, sum = 0;
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) {
      float u = gradient[i + l] * factors[i + l] * scale;
      lanes[l] += (double)u * u;
    }
  for (; i < n; ++i) {
    float u = gradient[i] * factors[i] * scale;
    sum += (double)u * u;
  }
  for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
  return sum;
}

VERSIONED void adafactor_update(
    float *restrict parameters, const float *restrict gradient, const float *restrict factors, size_t n,
    float scale, float rate, float shrink) {
  for (size_t i = 0; i < n; ++i)
    parameters[i] = parameters[i] * shrink - rate * (gradient[i] * factors[i] * scale);
}

VERSIONED void adafactor_momentum_update(
    float *restrict parameters, float *restrict momentum, const float *restrict gradient,
    const float *restrict factors, size_t n, float scale, float rate, float beta1, float shrink) {
  for (size_t i = 0; i < n; ++i) {
    float u = beta1 * momentum[i] + (1 - beta1) * rate * (gradient[i] * factors[i] * scale);
    momentum[i] = u;
    parameters[i] = parameters[i] * shrink - u;
  }
}
