#include "checks.h"

/// One sentence and one head.
typedef struct {
  size_t queries, keys, size;
  double scale, slope;
  int causal;
  // NULL without dropout.
  const float *mask;
  // What the outputs and, if not NULL, the weights are multiplied by and summed: see weighted_output.
  const float *of_outputs, *of_weights;
} head;

/// weights[i][j] of all queries, before dropout.
static void exact_weights(double *weights, const double *q, const double *k, const head *h) {
  for (size_t i = 0; i < h->queries; ++i) {
    size_t count = h->causal && i + 1 < h->keys ? i + 1 : h->keys;
    double *row = weights + i * h->keys, best = -INFINITY, sum = 0;
    for (size_t j = 0; j < h->keys; ++j) {
      row[j] = 0;
      for (size_t d = 0; d < h->size; ++d) row[j] += q[i * h->size + d] * k[j * h->size + d];
      row[j] = row[j] * h->scale - h->slope * fabs((double)i - (double)j);
      if (j < count) best = fmax(best, row[j]);
    }
    for (size_t j = 0; j < h->keys; ++j) {
      row[j] = j < count ? exp(row[j] - best) : 0;
      sum += row[j];
    }
    for (size_t j = 0; j < h->keys; ++j) row[j] /= sum;
  }
}

static void exact_outputs(double *out, const double *weights, const double *v, const head *h) {
  for (size_t i = 0; i < h->queries; ++i)
    for (size_t d = 0; d < h->size; ++d) {
      double sum = 0;
      for (size_t j = 0; j < h->keys; ++j)
        sum += weights[i * h->keys + j] * (h->mask ? h->mask[i * h->keys + j] : 1) * v[j * h->size + d];
      out[i * h->size + d] = sum;
    }
}

// x of differentiate: q, k, v.
static double weighted_output(const double *x, const void *context) {
  const head *h = context;
  const double *k = x + h->queries * h->size, *v = k + h->keys * h->size;
  double weights[1200], out[1200], total = 0;
  exact_weights(weights, x, k, h);
  exact_outputs(out, weights, v, h);
  for (size_t i = 0; i < h->queries * h->size; ++i) total += h->of_outputs[i] * out[i];
  if (h->of_weights)
    for (size_t i = 0; i < h->queries * h->keys; ++i) total += h->of_weights[i] * weights[i];
  return total;
}

/// Rows of `size` floats that are `stride` floats apart, between which there is something else.
static float *spread(const float *rows, size_t count, size_t size, size_t stride) {
  float *x = filled_floats(count * stride, 1e30f);
  for (size_t r = 0; r < count; ++r) memcpy(x + r * stride, rows + r * size, size * sizeof(float));
  return x;
}

/// The rows again; what is between them must be as it was.
static float *gathered(const float *x, size_t count, size_t size, size_t stride) {
  float *rows = new_floats(count * size);
  size_t written = 0;
  for (size_t r = 0; r < count; ++r) {
    memcpy(rows + r * size, x + r * stride, size * sizeof(float));
    for (size_t i = size; i < stride; ++i) written += x[r * stride + i] != 1e30f;
  }
  expect_equal("floats written between rows", (int64_t)written, 0);
  return rows;
}

typedef struct { int causal, has_slope, has_dweights; float rate; } form;

static head make_head(size_t queries, size_t keys, size_t size, form f) {
  return (head){
      .queries = queries, .keys = keys, .size = size, .scale = (float)(1 / sqrt((double)size)),
      .slope = f.has_slope ? 0.25 : 0, .causal = f.causal,
      .mask = f.rate > 0 ? mask_of(queries * keys, f.rate, 11) : NULL};
}

static void check_forward(size_t queries, size_t keys, size_t size, form f) {
  begin_case(
      "attention_forward, queries %zu, keys %zu, head_size %zu, causal %d, slope %d, rate %g", queries, keys, size,
      f.causal, f.has_slope, f.rate);
  head h = make_head(queries, keys, size, f);
  float *q = random_floats(queries * size, 1.5), *k = random_floats(keys * size, 1.5);
  float *v = random_floats(keys * size, 1);
  double *weights = new_doubles(queries * keys), *out = new_doubles(queries * size);
  exact_weights(weights, as_doubles(q, queries * size), as_doubles(k, keys * size), &h);
  exact_outputs(out, weights, as_doubles(v, keys * size), &h);

  size_t q_stride = size + 5, kv_stride = 2 * size + 1, out_stride = size + 2;
  float *found = filled_floats(queries * out_stride, 1e30f), *found_weights = new_floats(queries * keys);
  const float *spread_q = spread(q, queries, size, q_stride);
  const float *spread_k = spread(k, keys, size, kv_stride), *spread_v = spread(v, keys, size, kv_stride);
  float *scratch = new_floats(attention_scratch(queries, keys, size));
  attention_forward(
      found, out_stride, found_weights, spread_q, q_stride, spread_k, spread_v, kv_stride, queries, keys, size,
      (float)h.scale, (float)h.slope, f.causal, f.rate, 11, scratch);
  float *rows = gathered(found, queries, size, out_stride);
  expect_close("out", rows, out, queries * size, 5e-6);
  expect_close("weights", found_weights, weights, queries * keys, 5e-6);
  float *again = filled_floats(queries * out_stride, 1e30f);
  attention_forward(
      again, out_stride, NULL, spread_q, q_stride, spread_k, spread_v, kv_stride, queries, keys, size, (float)h.scale,
      (float)h.slope, f.causal, f.rate, 11, scratch);
  expect_same("out without weights", again, found, queries * out_stride);
}

static void check_backward(size_t queries, size_t keys, size_t size, form f) {
  begin_case(
      "attention_backward, queries %zu, keys %zu, head_size %zu, causal %d, slope %d, dweights %d, rate %g", queries,
      keys, size, f.causal, f.has_slope, f.has_dweights, f.rate);
  head h = make_head(queries, keys, size, f);
  size_t of_q = queries * size, of_k = keys * size, n = of_q + 2 * of_k;
  float *x = random_floats(n, 1), *dout = random_floats(of_q, 1);
  float *dweights = f.has_dweights ? random_floats(queries * keys, 1) : NULL;
  h.of_outputs = dout;
  h.of_weights = dweights;
  double *inputs = as_doubles(x, n), *expected = new_doubles(n), *exact = new_doubles(queries * keys);
  differentiate(expected, inputs, n, weighted_output, &h);
  exact_weights(exact, inputs, inputs + of_q, &h);
  float *weights = new_floats(queries * keys);
  for (size_t i = 0; i < queries * keys; ++i) weights[i] = (float)exact[i];

  size_t q_stride = size + 5, kv_stride = 2 * size + 1, out_stride = size + 2;
  float *before = random_floats(n, 1);
  for (size_t i = 0; i < n; ++i) expected[i] += before[i];
  float *dq = spread(before, queries, size, q_stride);
  float *dk = spread(before + of_q, keys, size, kv_stride), *dv = spread(before + of_q + of_k, keys, size, kv_stride);
  attention_backward(
      dq, dk, dv, spread(dout, queries, size, out_stride), out_stride, weights, dweights,
      spread(x, queries, size, q_stride), q_stride, spread(x + of_q, keys, size, kv_stride),
      spread(x + of_q + of_k, keys, size, kv_stride), kv_stride, queries, keys, size, (float)h.scale, f.causal, f.rate,
      11, new_floats(attention_scratch(queries, keys, size)));
  expect_close("dq", gathered(dq, queries, size, q_stride), expected, of_q, 1e-5);
  expect_close("dk", gathered(dk, keys, size, kv_stride), expected + of_q, of_k, 1e-5);
  expect_close("dv", gathered(dv, keys, size, kv_stride), expected + of_q + of_k, of_k, 1e-5);
}

#define HEADS 3

static void check_gathered(size_t keys, size_t size, int has_slopes) {
  begin_case("attention_gathered, keys %zu, heads %d, head_size %zu, slopes %d", keys, HEADS, size, has_slopes);
  size_t width = HEADS * size, k_offset = 3, v_offset = k_offset + width + 2, length = v_offset + width;
  float *q = random_floats(width, 1.5), *slopes = has_slopes ? random_floats(HEADS, 0.3) : NULL;
  const float **rows = new_bytes(keys * sizeof *rows);
  for (size_t t = 0; t < keys; ++t) rows[t] = random_floats(length, 1.5);
  double *out = new_doubles(width), *weights = new_doubles(keys), *k = new_doubles(keys * size);
  double *v = new_doubles(keys * size), *exact_q = as_doubles(q, width);
  size_t padded = (keys + 15) / 16 * 16;
  float *scratch = new_floats(HEADS * padded), *found = new_floats(width);
  attention_gathered(
      found, q, rows, k_offset, v_offset, keys, HEADS, size, (float)(1 / sqrt((double)size)), slopes, scratch);
  for (size_t i = 0; i < HEADS; ++i) {
    for (size_t t = 0; t < keys; ++t)
      for (size_t d = 0; d < size; ++d) {
        k[t * size + d] = rows[t][k_offset + i * size + d];
        v[t * size + d] = rows[t][v_offset + i * size + d];
      }
    // The query's position is that of the last key. The softmax does not change if all scores do by the same.
    head h = {
        .queries = 1, .keys = keys, .size = size, .scale = (float)(1 / sqrt((double)size)),
        .slope = slopes ? -(double)slopes[i] : 0};
    exact_weights(weights, exact_q + i * size, k, &h);
    exact_outputs(out + i * size, weights, v, &h);
    expect_close("weights", scratch + i * padded, weights, keys, 5e-6);
  }
  expect_close("out", found, out, width, 5e-6);
}

CHECKS_OF(attention.c) {
  static const size_t shapes[][3] = {
      {1, 1, 1}, {1, 17, 16}, {3, 5, 4}, {4, 16, 33}, {5, 15, 17}, {17, 17, 8}, {6, 33, 32}};
  static const form forms[] = {{0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0.2f}, {1, 1, 1, 0.3f}, {0, 0, 1, 0}};
  for (size_t s = 0; s < COUNT_OF(shapes); ++s)
    for (size_t f = 0; f < COUNT_OF(forms); ++f) {
      check_forward(shapes[s][0], shapes[s][1], shapes[s][2], forms[f]);
      if (shapes[s][0] * shapes[s][1] * shapes[s][2] < 3000)
        check_backward(shapes[s][0], shapes[s][1], shapes[s][2], forms[f]);
    }
  check_forward(100, 100, 64, forms[3]);
  check_forward(33, 20, 48, forms[0]);
  check_forward(20, 7, 16, forms[1]);
  check_forward(0, 5, 16, forms[0]);
  check_backward(9, 5, 17, forms[3]);
  check_backward(0, 5, 16, forms[0]);
  static const size_t keys[] = {1, 2, 3, 4, 5, 15, 16, 17, 100};
  static const size_t sizes[] = {1, 15, 16, 17, 32, 64};
  EACH(size_t, count, keys)
    EACH(size_t, size, sizes)
      for (int has_slopes = 0; has_slopes < 2; ++has_slopes) check_gathered(count, size, has_slopes);
}
