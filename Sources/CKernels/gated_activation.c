#include "activations.h"

ALWAYS_INLINE void gate_rows(
    float *restrict y, const float *restrict x, size_t rows, size_t columns, int activation) {
  for (size_t r = 0; r < rows; ++r) {
    const float *gate = x + 2 * r * columns, *value = gate + columns;
    float *out = y + r * columns;
    for (size_t c = 0; c < columns; ++c) out[c] = activation_at(gate[c], activation).value * value[c];
  }
}

VERSIONED void gated_activation_forward(float *y, const float *x, size_t rows, size_t columns, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return gate_rows(y, x, rows, columns, ACTIVATION_RELU);
    case ACTIVATION_GELU: return gate_rows(y, x, rows, columns, ACTIVATION_GELU);
    case ACTIVATION_SWISH: return gate_rows(y, x, rows, columns, ACTIVATION_SWISH);
    case ACTIVATION_GELU_SIGMOID: return gate_rows(y, x, rows, columns, ACTIVATION_GELU_SIGMOID);
    default: return gate_rows(y, x, rows, columns, ACTIVATION_NONE);
  }
}

ALWAYS_INLINE void gate_rows_backward(
    float *restrict dx, int dx_is_new, const float *restrict x, const float *restrict dy, size_t rows,
    size_t columns, int activation) {
  for (size_t r = 0; r < rows; ++r) {
    const float *gate = x + 2 * r * columns, *value = gate + columns, *dout = dy + r * columns;
    float *restrict dgate = dx + 2 * r * columns, *restrict dvalue = dgate + columns;
    // This clears a row in the cache and is not a pass over memory.
    if (dx_is_new) memset(dgate, 0, 2 * columns * sizeof(float));
    for (size_t c = 0; c < columns; ++c) {
      activation_point point = activation_at(gate[c], activation);
      dgate[c] += dout[c] * value[c] * point.slope;
      dvalue[c] += dout[c] * point.value;
    }
  }
}

VERSIONED void gated_activation_backward(
    float *dx, int dx_is_new, const float *x, const float *dy, size_t rows, size_t columns, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return gate_rows_backward(dx, dx_is_new, x, dy, rows, columns, ACTIVATION_RELU);
    case ACTIVATION_GELU: return gate_rows_backward(dx, dx_is_new, x, dy, rows, columns, ACTIVATION_GELU);
    case ACTIVATION_SWISH: return gate_rows_backward(dx, dx_is_new, x, dy, rows, columns, ACTIVATION_SWISH);
    case ACTIVATION_GELU_SIGMOID:
      return gate_rows_backward(dx, dx_is_new, x, dy, rows, columns, ACTIVATION_GELU_SIGMOID);
    default: return gate_rows_backward(dx, dx_is_new, x, dy, rows, columns, ACTIVATION_NONE);
  }
}
