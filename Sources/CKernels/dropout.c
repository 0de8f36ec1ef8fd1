#include "kernels.h"
#include "versions.h"

VERSIONED void dropout_forward(float *y, const float *x, size_t n, float rate, uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t i = 0; i < n; ++i) y[i] = x[i] * mask_at(mask, (uint32_t)i);
}

VERSIONED void dropout_backward(
    float *restrict dx, const float *restrict dy, size_t n, float rate, uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t i = 0; i < n; ++i) dx[i] += dy[i] * mask_at(mask, (uint32_t)i);
}
