#include "kernels.h"
#include "versions.h"

VERSIONED void embed_forward(
    float *restrict y, const float *restrict table, const int32_t *restrict ids, const float *restrict encoding,
    const int32_t *restrict positions, const float *factors, size_t rows, size_t columns, float scale, float rate,
    uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t r = 0; r < rows; ++r) {
    const float *token = table + (size_t)ids[r] * columns;
    float *out = y + r * columns, by = factors == NULL ? scale : scale * factors[r];
    if (encoding == NULL) {
      for (size_t c = 0; c < columns; ++c) out[c] = by * token[c];
    } else {
      const float *position = encoding + (size_t)positions[r] * columns;
      for (size_t c = 0; c < columns; ++c) out[c] = by * token[c] + position[c];
    }
    if (rate > 0)
      for (size_t c = 0; c < columns; ++c) out[c] *= mask_at(mask, (uint32_t)(r * columns + c));
  }
}

// to[c] += by * mask * from[c]
ALWAYS_INLINE void add_masked_row(
    float *restrict to, float by, const float *restrict from, dropout_mask mask, size_t first, size_t columns) {
  for (size_t c = 0; c < columns; ++c) to[c] += by * from[c] * mask_at(mask, (uint32_t)(first + c));
}

VERSIONED void embed_backward(
    float *restrict dtable, float *restrict dencoding, const int32_t *restrict ids,
    const int32_t *restrict positions, const float *restrict dy, const float *factors, size_t rows,
    size_t columns, float scale, float rate, uint64_t key) {
  dropout_mask mask = make_mask(rate, key);
  for (size_t r = 0; r < rows; ++r) {
    const float *from = dy + r * columns;
    float by = factors == NULL ? scale : scale * factors[r];
    if (by != 0) add_masked_row(dtable + (size_t)ids[r] * columns, by, from, mask, r * columns, columns);
    if (dencoding != NULL)
      add_masked_row(dencoding + (size_t)positions[r] * columns, 1, from, mask, r * columns, columns);
  }
}
