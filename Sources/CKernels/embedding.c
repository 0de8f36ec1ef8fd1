#include "kernels.h"
#include "versions.h"

VERSIONED void embed_forward(
    float *restrict y, const float *restrict table, const int32_t *restrict ids, const float *restrict encoding,
    const int32_t *restrict positions, const float *factors, size_t rows, size_t columns, float scale, float rate,
    uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t r = 0; r < rows; ++r) {
    const float *token = table + (size_t)ids[r] * columns, *position = encoding + (size_t)positions[r] * columns;
    float *out = y + r * columns, by = factors == NULL ? scale : scale * factors[r];
    if (rate > 0) {
      for (size_t c = 0; c < columns; ++c)
        out[c] = (by * token[c] + position[c]) * mask_at(mask, (uint32_t)(r * columns + c));
    } else {
      for (size_t c = 0; c < columns; ++c) out[c] = by * token[c] + position[c];
    }
  }
}

VERSIONED void embed_backward(
    float *restrict dtable, const int32_t *restrict ids, const float *restrict dy, const float *factors,
    size_t rows, size_t columns, float scale, float rate, uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t r = 0; r < rows; ++r) {
    float *to = dtable + (size_t)ids[r] * columns;
    const float *from = dy + r * columns;
    float by = factors == NULL ? scale : scale * factors[r];
    if (by == 0) continue;
    for (size_t c = 0; c < columns; ++c)
      to[c] += by * from[c] * mask_at(mask, (uint32_t)(r * columns + c));
  }
}
