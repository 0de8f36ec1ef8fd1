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

// row = softmax(scale * row) over its first `count` elements, then 0 up to `width`.
ALWAYS_INLINE void softmax_row(float *row, size_t count, size_t width, float scale) {
  float greatest[LANES], lanes[LANES] = {0};
  for (size_t j = count; j < width; ++j) row[j] = -INFINITY;
  for (size_t l = 0; l < LANES; ++l) greatest[l] = -INFINITY;
  for (size_t j = 0; j < width; j += LANES)
    for (size_t l = 0; l < LANES; ++l) greatest[l] = row[j + l] > greatest[l] ? row[j + l] : greatest[l];
  float best = max_lanes(greatest);
  for (size_t j = 0; j < width; j += LANES)
    for (size_t l = 0; l < LANES; ++l) {
      float e = fast_exp((row[j + l] - best) * scale);
      row[j + l] = e;
      lanes[l] += e;
    }
  float sum = sum_lanes(lanes);
  float inverse = sum > 0 ? 1.0f / sum : 0;
  for (size_t j = 0; j < width; ++j) row[j] *= inverse;
}

// row[j] -= slope / scale * |query - j|: softmax_row multiplies by the scale.
ALWAYS_INLINE void subtract_distances(float *row, size_t query, size_t keys, float scale, float slope) {
  float step = slope / scale;
  int32_t place = (int32_t)query;
  for (int32_t j = 0; j < (int32_t)keys; ++j) row[j] -= step * (float)(place > j ? place - j : j - place);
}

VERSIONED void attention_forward(
    float *out, size_t out_stride, float *weights, const float *q, size_t q_stride, const float *k,
    const float *v, size_t kv_stride, size_t queries, size_t keys, size_t head_size, float scale, float slope,
    int causal, float rate, uint64_t key, float *scratch) {
  size_t width = padded(keys);
  float *transposed = scratch, *scores = scratch + head_size * width;
  dropout_mask mask = make_mask(rate, key);
  transpose(transposed, k, kv_stride, keys, width, head_size);
  row_products(scores, q, q_stride, transposed, queries, width, head_size);
  for (size_t i = 0; i < queries; ++i) {
    float *row = scores + i * width;
    size_t count = causal && i + 1 < keys ? i + 1 : keys;
    if (slope != 0) subtract_distances(row, i, count, scale, slope);
    softmax_row(row, count, width, scale);
    if (weights != NULL) memcpy(weights + i * keys, row, keys * sizeof(float));
    if (rate > 0)
      for (size_t j = 0; j < count; ++j) row[j] *= mask_at(mask, (uint32_t)(i * keys + j));
    weighted_sum(out + i * out_stride, row, 1, v, kv_stride, count, head_size, 0);
  }
}

VERSIONED void attention_backward(
    float *dq, float *dk, float *dv, const float *dout, size_t out_stride, const float *weights,
    const float *dweights, const float *q, size_t q_stride, const float *k, const float *v, size_t kv_stride,
    size_t queries, size_t keys, size_t head_size, float scale, int causal, float rate, uint64_t key, float *scratch) {
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
    if (dweights != NULL)
      for (size_t j = 0; j < count; ++j) slope[j] += dweights[i * keys + j];
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

// The sums of four vectors' lanes, each added up in the same order.
ALWAYS_INLINE void sum_lanes_of_four(float *sums, const float16 *v) {
  float16 ab = __builtin_shufflevector(v[0], v[1], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
               __builtin_shufflevector(v[0], v[1], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  float16 cd = __builtin_shufflevector(v[2], v[3], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
               __builtin_shufflevector(v[2], v[3], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  float16 all = __builtin_shufflevector(ab, cd, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
                __builtin_shufflevector(ab, cd, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  all += __builtin_shufflevector(all, all, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  all += __builtin_shufflevector(all, all, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
  memcpy(sums, &all, 4 * sizeof(float));
}

// scores[t] = q . k[t] for four keys.
ALWAYS_INLINE void four_scores(float *scores, const float *q, const float *const *k, size_t offset, size_t size) {
  float16 lanes[4] = {{0}, {0}, {0}, {0}}, a, b;
  float sums[4], rest[4] = {0};
  size_t d = 0;
  for (; d + LANES <= size; d += LANES) {
    load16(&a, q + d);
    for (size_t n = 0; n < 4; ++n) {
      load16(&b, k[n] + offset + d);
      lanes[n] += a * b;
    }
  }
  for (; d < size; ++d)
    for (size_t n = 0; n < 4; ++n) rest[n] += q[d] * k[n][offset + d];
  sum_lanes_of_four(sums, lanes);
  for (size_t n = 0; n < 4; ++n) scores[n] = sums[n] + rest[n];
}

ALWAYS_INLINE void gathered_sum(
    float *out, const float *weights, const float *const *rows, size_t offset, size_t keys, size_t size) {
  size_t d = 0;
  for (; d + 2 * LANES <= size; d += 2 * LANES) {
    float16 s0 = {0}, s1 = {0}, v0, v1;
    for (size_t t = 0; t < keys; ++t) {
      load16(&v0, rows[t] + offset + d);
      load16(&v1, rows[t] + offset + d + LANES);
      s0 += weights[t] * v0;
      s1 += weights[t] * v1;
    }
    store16(out + d, &s0);
    store16(out + d + LANES, &s1);
  }
  for (; d < size; ++d) {
    float s = 0;
    for (size_t t = 0; t < keys; ++t) s += weights[t] * rows[t][offset + d];
    out[d] = s;
  }
}

VERSIONED void attention_gathered(
    float *out, const float *q, const float *const *rows, size_t k_offset, size_t v_offset, size_t keys,
    size_t heads, size_t head_size, float scale, const float *slopes, float *scratch) {
  size_t width = padded(keys), size = heads * head_size;
  // Rows are far apart in memory: each is read once, for all heads together, and its values are prefetched while its
  // keys are processed.
  for (size_t t = 0; t < keys; t += 4) {
    const float *k[4];
    for (size_t n = 0; n < 4; ++n) {
      k[n] = rows[t + n < keys ? t + n : t];
      for (size_t d = 0; d < size; d += LANES) __builtin_prefetch(k[n] + v_offset + d);
    }
    for (size_t head = 0; head < heads; ++head)
      four_scores(scratch + head * width + t, q + head * head_size, k, k_offset + head * head_size, head_size);
  }
  for (size_t head = 0; head < heads; ++head) {
    if (slopes != NULL) subtract_distances(scratch + head * width, keys - 1, keys, scale, slopes[head]);
    softmax_row(scratch + head * width, keys, width, scale);
  }
  for (size_t head = 0; head < heads; ++head)
    gathered_sum(
        out + head * head_size, scratch + head * width, rows, v_offset + head * head_size, keys, head_size);
}
