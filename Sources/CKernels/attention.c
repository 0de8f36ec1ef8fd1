#include "kernels.h"
#include "versions.h"

// One sentence and head are too small for a matrix library: its call overhead would outweigh the
// arithmetic. Keys are transposed once, so that sixteen scores of a query are one register.

ALWAYS_INLINE size_t padded(size_t n) { return (n + LANES - 1) / LANES * LANES; }

size_t attention_scratch(size_t queries, size_t keys, size_t head_size) {
  return padded(keys) * (head_size + 2 * queries + 1);
}

// to[d][j] = from[j][d], columns keys ..< width zero.
ALWAYS_INLINE void transpose(float *to, const float *from, size_t stride, size_t keys, size_t width, size_t size) {
  for (size_t d = 0; d < size; ++d) {
    float *row = to + d * width;
    for (size_t j = 0; j < keys; ++j) row[j] = from[j * stride + d];
    for (size_t j = keys; j < width; ++j) row[j] = 0;
  }
}

// scores[i][j] = a[i] . b[j], with b transposed; four rows share each load of b.
ALWAYS_INLINE void row_products(
    float *scores, const float *a, size_t stride, const float *transposed, size_t queries, size_t width,
    size_t size) {
  size_t i = 0;
  for (; i + 4 <= queries; i += 4) {
    const float *a0 = a + i * stride, *a1 = a0 + stride, *a2 = a1 + stride, *a3 = a2 + stride;
    for (size_t j = 0; j < width; j += LANES) {
      float16 s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, b;
      for (size_t d = 0; d < size; ++d) {
        load16(&b, transposed + d * width + j);
        s0 += a0[d] * b;
        s1 += a1[d] * b;
        s2 += a2[d] * b;
        s3 += a3[d] * b;
      }
      store16(scores + i * width + j, &s0);
      store16(scores + (i + 1) * width + j, &s1);
      store16(scores + (i + 2) * width + j, &s2);
      store16(scores + (i + 3) * width + j, &s3);
    }
  }
  for (; i < queries; ++i)
    for (size_t j = 0; j < width; j += LANES) {
      float16 s = {0}, b;
      for (size_t d = 0; d < size; ++d) {
        load16(&b, transposed + d * width + j);
        s += a[i * stride + d] * b;
      }
      store16(scores + i * width + j, &s);
    }
}

// to[d] (+)= sum over j of weight[j * step] * rows[j][d], j ascending.
ALWAYS_INLINE void weighted_sum(
    float *restrict to, const float *weight, size_t step, const float *restrict rows, size_t stride, size_t count,
    size_t size, int accumulate) {
  size_t d = 0;
  for (; d + 2 * LANES <= size; d += 2 * LANES) {
    float16 s0 = {0}, s1 = {0}, v0, v1;
    for (size_t j = 0; j < count; ++j) {
      load16(&v0, rows + j * stride + d);
      load16(&v1, rows + j * stride + d + LANES);
      s0 += weight[j * step] * v0;
      s1 += weight[j * step] * v1;
    }
    if (accumulate) {
      load16(&v0, to + d);
      load16(&v1, to + d + LANES);
      s0 += v0;
      s1 += v1;
    }
    store16(to + d, &s0);
    store16(to + d + LANES, &s1);
  }
  for (; d + LANES <= size; d += LANES) {
    float16 s = {0}, v;
    for (size_t j = 0; j < count; ++j) {
      load16(&v, rows + j * stride + d);
      s += weight[j * step] * v;
    }
    if (accumulate) {
      load16(&v, to + d);
      s += v;
    }
    store16(to + d, &s);
  }
  for (; d < size; ++d) {
    float s = 0;
    for (size_t j = 0; j < count; ++j) s += weight[j * step] * rows[j * stride + d];
    to[d] = accumulate ? to[d] + s : s;
  }
}

// row = softmax(scale * row) over its first `count` elements, 0 behind them up to `width`.
ALWAYS_INLINE void softmax_row(float *row, size_t count, size_t width, float scale) {
  float best = -INFINITY, sum = 0;
  for (size_t j = 0; j < count; ++j) best = row[j] > best ? row[j] : best;
  for (size_t j = count; j < width; ++j) row[j] = -INFINITY;
  float lanes[LANES] = {0};
  for (size_t j = 0; j < width; j += LANES)
    for (size_t l = 0; l < LANES; ++l) {
      float e = fast_exp((row[j + l] - best) * scale);
      row[j + l] = e;
      lanes[l] += e;
    }
  for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
  float inverse = sum > 0 ? 1.0f / sum : 0;
  for (size_t j = 0; j < width; ++j) row[j] *= inverse;
}

VERSIONED void attention_forward(
    float *out, size_t out_stride, float *weights, const float *q, size_t q_stride, const float *k,
    const float *v, size_t kv_stride, size_t queries, size_t keys, size_t head_size, float scale, int causal,
    float rate, uint64_t key, float *scratch) {
  size_t width = padded(keys);
  float *transposed = scratch, *scores = scratch + head_size * width;
  dropout_mask mask = make_mask(rate, key);
  transpose(transposed, k, kv_stride, keys, width, head_size);
  row_products(scores, q, q_stride, transposed, queries, width, head_size);
  for (size_t i = 0; i < queries; ++i) {
    float *row = scores + i * width;
    size_t count = causal && i + 1 < keys ? i + 1 : keys;
    softmax_row(row, count, width, scale);
    if (weights != NULL) memcpy(weights + i * keys, row, keys * sizeof(float));
    if (rate > 0)
      for (size_t j = 0; j < count; ++j) row[j] *= mask_at(mask, (uint32_t)(i * keys + j));
    weighted_sum(out + i * out_stride, row, 1, v, kv_stride, count, head_size, 0);
  }
}

VERSIONED void attention_backward(
    float *dq, float *dk, float *dv, const float *dout, size_t out_stride, const float *weights,
    const float *q, size_t q_stride, const float *k, const float *v, size_t kv_stride, size_t queries,
    size_t keys, size_t head_size, float scale, int causal, float rate, uint64_t key, float *scratch) {
  size_t width = padded(keys);
  float *transposed = scratch, *slopes = transposed + head_size * width, *dropped = slopes + queries * width;
  dropout_mask mask = make_mask(rate, key);
  transpose(transposed, v, kv_stride, keys, width, head_size);
  row_products(slopes, dout, out_stride, transposed, queries, width, head_size);
  for (size_t i = 0; i < queries; ++i) {
    size_t count = causal && i + 1 < keys ? i + 1 : keys;
    float *slope = slopes + i * width, *kept = dropped + i * width;
    const float *weight = weights + i * keys;
    if (rate > 0) {
      for (size_t j = 0; j < count; ++j) {
        float factor = mask_at(mask, (uint32_t)(i * keys + j));
        kept[j] = weight[j] * factor;
        slope[j] *= factor;
      }
    } else {
      for (size_t j = 0; j < count; ++j) kept[j] = weight[j];
    }
    float dot = 0;
    for (size_t j = 0; j < count; ++j) dot += weight[j] * slope[j];
    for (size_t j = 0; j < count; ++j) slope[j] = weight[j] * (slope[j] - dot) * scale;
    for (size_t j = count; j < keys; ++j) slope[j] = kept[j] = 0;
    weighted_sum(dq + i * q_stride, slope, 1, k, kv_stride, count, head_size, 1);
  }
  for (size_t j = 0; j < keys; ++j) {
    size_t first = causal ? j : 0;
    if (first >= queries) break;
    weighted_sum(
        dk + j * kv_stride, slopes + first * width + j, width, q + first * q_stride, q_stride, queries - first,
        head_size, 1);
    weighted_sum(
        dv + j * kv_stride, dropped + first * width + j, width, dout + first * out_stride, out_stride,
        queries - first, head_size, 1);
  }
}

VERSIONED void attention_gathered(
    float *out, const float *q, const float *const *rows, size_t k_offset, size_t v_offset, size_t keys,
    size_t head_size, float scale, float *scratch) {
  size_t width = padded(keys);
  for (size_t t = 0; t < keys; ++t) {
    const float *k = rows[t] + k_offset;
    float16 lanes = {0}, a, b;
    size_t d = 0;
    for (; d + LANES <= head_size; d += LANES) {
      load16(&a, q + d);
      load16(&b, k + d);
      lanes += a * b;
    }
    float sum = 0;
    for (; d < head_size; ++d) sum += q[d] * k[d];
    for (size_t l = 0; l < LANES; ++l) sum += lanes[l];
    scratch[t] = sum;
  }
  softmax_row(scratch, keys, width, scale);
  size_t d = 0;
  for (; d + LANES <= head_size; d += LANES) {
    float16 s = {0}, v;
    for (size_t t = 0; t < keys; ++t) {
      load16(&v, rows[t] + v_offset + d);
      s += scratch[t] * v;
    }
    store16(out + d, &s);
  }
  for (; d < head_size; ++d) {
    float s = 0;
    for (size_t t = 0; t < keys; ++t) s += scratch[t] * rows[t][v_offset + d];
    out[d] = s;
  }
}
