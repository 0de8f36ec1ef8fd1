#include "kernels.h"
#include "versions.h"

VERSIONED void cumulative_mean_forward(
    float *restrict y, const float *restrict x, const float *past, size_t position, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; ++r, ++position) {
    const float *input = x + r * columns;
    float *mean = y + r * columns;
    float before = (float)position, count = (float)(position + 1);
    if (position == 0) memcpy(mean, input, columns * sizeof(float));
    else
      for (size_t c = 0; c < columns; ++c) mean[c] = (past[c] * before + input[c]) / count;
    past = mean;
  }
}

VERSIONED void cumulative_mean_backward(
    float *restrict dx, int dx_is_new, const float *restrict dy, size_t rows, size_t columns,
    float *restrict scratch) {
  memset(scratch, 0, columns * sizeof(float));
  for (size_t r = rows; r-- > 0;) {
    const float *output = dy + r * columns;
    float *to = dx + r * columns, count = (float)(r + 1);
    for (size_t c = 0; c < columns; ++c) {
      scratch[c] += output[c] / count;
      to[c] = dx_is_new ? scratch[c] : to[c] + scratch[c];
    }
  }
}
