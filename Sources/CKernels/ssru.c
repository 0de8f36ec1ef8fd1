#include "activations.h"

// A row of cells. has_bias and has_past are constants wherever this is inlined.
ALWAYS_INLINE void ssru_row(
    float *restrict y, float *restrict cells, const float *x, const float *bias, const float *past, size_t columns,
    const int has_bias, const int has_past) {
  for (size_t c = 0; c < columns; ++c) {
    float gate = logistic(x[columns + c] + (has_bias ? bias[c] : 0)), cell = (1 - gate) * x[c];
    if (has_past) cell += gate * past[c];
    cells[c] = cell;
    y[c] = cell > 0 ? cell : 0;
  }
}

VERSIONED void ssru_forward(
    float *restrict y, float *restrict cells, const float *x, const float *bias, const float *past, size_t rows,
    size_t columns) {
  for (size_t r = 0; r < rows; ++r) {
    const float *input = x + 2 * r * columns;
    float *output = y + r * columns, *kept = cells + r * columns;
    if (past == NULL) {
      if (bias == NULL) ssru_row(output, kept, input, NULL, NULL, columns, 0, 0);
      else ssru_row(output, kept, input, bias, NULL, columns, 1, 0);
    } else {
      if (bias == NULL) ssru_row(output, kept, input, NULL, past, columns, 0, 1);
      else ssru_row(output, kept, input, bias, past, columns, 1, 1);
    }
    past = kept;
  }
}

// The derivatives of a row. `later` is what the next row's derivative adds to that of each cell, `slopes` receives the
// derivatives by the gates' inputs.
ALWAYS_INLINE void ssru_row_backward(
    float *restrict dx, float *restrict later, float *restrict slopes, const float *dy, const float *cells,
    const float *x, const float *bias, const float *past, size_t columns, const int has_bias, const int has_past) {
  for (size_t c = 0; c < columns; ++c) {
    float gate = logistic(x[columns + c] + (has_bias ? bias[c] : 0));
    float d = later[c] + (cells[c] > 0 ? dy[c] : 0);
    float slope = d * ((has_past ? past[c] : 0) - x[c]) * gate * (1 - gate);
    later[c] = d * gate;
    dx[c] += d * (1 - gate);
    dx[columns + c] += slope;
    slopes[c] = slope;
  }
}

VERSIONED void ssru_backward(
    float *restrict dx, int dx_is_new, float *restrict dbias, const float *dy, const float *cells, const float *x,
    const float *bias, size_t rows, size_t columns, float *restrict scratch) {
  float *later = scratch, *slopes = scratch + columns;
  memset(later, 0, columns * sizeof(float));
  for (size_t r = rows; r-- > 0;) {
    const float *input = x + 2 * r * columns, *output = dy + r * columns, *kept = cells + r * columns;
    const float *past = r == 0 ? NULL : kept - columns;
    float *to = dx + 2 * r * columns;
    // This clears a row in the cache and is not a pass over memory.
    if (dx_is_new) memset(to, 0, 2 * columns * sizeof(float));
    if (past == NULL) {
      if (bias == NULL) ssru_row_backward(to, later, slopes, output, kept, input, NULL, NULL, columns, 0, 0);
      else ssru_row_backward(to, later, slopes, output, kept, input, bias, NULL, columns, 1, 0);
    } else {
      if (bias == NULL) ssru_row_backward(to, later, slopes, output, kept, input, NULL, past, columns, 0, 1);
      else ssru_row_backward(to, later, slopes, output, kept, input, bias, past, columns, 1, 1);
    }
    if (dbias != NULL)
      for (size_t c = 0; c < columns; ++c) dbias[c] += slopes[c];
  }
}
