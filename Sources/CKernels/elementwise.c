#include "activations.h"

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

// A rounded number whose difference from x is not finite (x is not finite, or rounds to infinity) leaves no error behind:
// it would never go away.
VERSIONED void vector_round_bfloat16(
    uint16_t *restrict y, const float *restrict x, float *restrict error, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    float value = x[i] + error[i], rounded;
    uint32_t bits;
    memcpy(&bits, &value, 4);
    uint32_t is_nan = (bits & 0x7fffffff) > 0x7f800000;
    uint32_t top = is_nan ? (bits >> 16) | 0x40 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    y[i] = (uint16_t)top;
    top <<= 16;
    memcpy(&rounded, &top, 4);
    error[i] = (top & 0x7f800000) == 0x7f800000 ? 0 : value - rounded;
  }
}

VERSIONED void vector_add_bfloat16(float *restrict y, const uint16_t *restrict x, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    uint32_t bits = (uint32_t)x[i] << 16;
    float value;
    memcpy(&value, &bits, 4);
    y[i] += value;
  }
}

VERSIONED void vector_from_bfloat16(float *restrict y, const uint16_t *restrict x, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    uint32_t bits = (uint32_t)x[i] << 16;
    memcpy(y + i, &bits, 4);
  }
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

ALWAYS_INLINE void activate_all(float *y, const float *x, size_t n, int activation) {
  for (size_t i = 0; i < n; ++i) y[i] = activation_at(x[i], activation).value;
}

VERSIONED void activation_forward(float *y, const float *x, size_t n, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return activate_all(y, x, n, ACTIVATION_RELU);
    case ACTIVATION_GELU: return activate_all(y, x, n, ACTIVATION_GELU);
    case ACTIVATION_SWISH: return activate_all(y, x, n, ACTIVATION_SWISH);
    case ACTIVATION_GELU_SIGMOID: return activate_all(y, x, n, ACTIVATION_GELU_SIGMOID);
    default: return activate_all(y, x, n, ACTIVATION_NONE);
  }
}

ALWAYS_INLINE void add_slopes(
    float *restrict dx, const float *restrict x, const float *restrict dy, size_t n, int activation) {
  for (size_t i = 0; i < n; ++i) dx[i] += dy[i] * activation_at(x[i], activation).slope;
}

VERSIONED void activation_backward(
    float *restrict dx, const float *restrict x, const float *restrict dy, size_t n, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return add_slopes(dx, x, dy, n, ACTIVATION_RELU);
    case ACTIVATION_GELU: return add_slopes(dx, x, dy, n, ACTIVATION_GELU);
    case ACTIVATION_SWISH: return add_slopes(dx, x, dy, n, ACTIVATION_SWISH);
    case ACTIVATION_GELU_SIGMOID: return add_slopes(dx, x, dy, n, ACTIVATION_GELU_SIGMOID);
    default: return add_slopes(dx, x, dy, n, ACTIVATION_NONE);
  }
}

VERSIONED void relu_mask(float *restrict dy, const float *restrict y, size_t n) {
  for (size_t i = 0; i < n; ++i) dy[i] = y[i] > 0 ? dy[i] : 0;
}
