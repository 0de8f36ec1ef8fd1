// The element-wise and row-wise loops of the engine, in C for one reason: Swift compiles for the
// oldest processor of its target, and cannot choose a wider version of a function at run time.
// `VERSIONED` (versions.h) builds each function here for three generations of x86-64 and picks one
// when the program is loaded; on other processors it is empty and the portable loop remains.
//
// Contracts that hold everywhere: matrices are row-major float32; pointers may be unaligned; counts may be 0; nothing
// is allocated; functions named _backward ADD to the gradients they write, unless their comment says otherwise. No
// function keeps state but an answer of the system, so all may run on several threads at the same time.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Which of the versions this process runs: "x86-64-v4" (AVX-512), "x86-64-v3" (AVX2) or "portable".
const char *kernels_version(void);

// ---- tiles.c ----

// Whether this process may use the processor's tiles for products of bfloat16 and of bytes (AMX-BF16, AMX-INT8). The
// first call asks the system for permission (Linux 5.16 and later); the answer never changes. It is no if the system
// refuses, for instance because a thread's stack for signals is too small for the larger state.
int tiles_are_usable(void);

// ---- elementwise.c ----

// y[i] += x[i]
void vector_add(float *y, const float *x, size_t n);
// The sum of x[i] * x[i], in double precision, in an order that depends on n alone.
double vector_sum_of_squares(const float *x, size_t n);
// x[i] += share * (y[i] - x[i])
void vector_approach(float *x, const float *y, size_t n, float share);
// y[i] = x[i] + error[i], rounded to bfloat16; error[i] = what rounding lost, or 0 for infinity and NaN
void vector_round_bfloat16(uint16_t *y, const float *x, float *error, size_t n);
// y[i] += x[i], and y[i] = x[i], for x of bfloat16
void vector_add_bfloat16(float *y, const uint16_t *x, size_t n);
void vector_from_bfloat16(float *y, const uint16_t *x, size_t n);
// every row of y = bias
void rows_fill(float *y, const float *bias, size_t rows, size_t columns);
// sums[c] += sum over rows of x[r][c]
void rows_sum(float *sums, const float *x, size_t rows, size_t columns);

// How an activation is computed: y = f(x).
enum activation {
  ACTIVATION_NONE = 0, ACTIVATION_RELU = 1, ACTIVATION_GELU = 2, ACTIVATION_SWISH = 3, ACTIVATION_GELU_SIGMOID = 4
};
// y[i] = f(x[i]); x and y may be the same for ReLU.
void activation_forward(float *y, const float *x, size_t n, int activation);
// dx[i] += f'(x[i]) * dy[i]
void activation_backward(float *dx, const float *x, const float *dy, size_t n, int activation);
// dy[i] = 0 where y[i] <= 0: the derivative of ReLU from its output, in place.
void relu_mask(float *dy, const float *y, size_t n);

// ---- gated_activation.c ----
// A row of x has two halves of `columns` floats: the activation's input, and what its value is multiplied by.

// y[r][c] = f(x[r][c]) * x[r][columns + c]
void gated_activation_forward(float *y, const float *x, size_t rows, size_t columns, int activation);
// Adds to dx, whose rows have two halves like those of x; overwrites dx if it is new.
void gated_activation_backward(
    float *dx, int dx_is_new, const float *x, const float *dy, size_t rows, size_t columns, int activation);

// ---- gated_sum.c ----

// sum[i] = logistic(x_gates[i]) * x[i] + logistic(y_gates[i]) * y[i]
void gated_sum_forward(
    float *sum, const float *x, const float *y, const float *x_gates, const float *y_gates, size_t n);
// The derivatives of y[i] = logistic(gates[i]) * x[i]: adds to dx and dgates; overwrites those that are new. Each may be
// NULL. They may be the same, if gates is x; then dx is not new.
void gated_backward(
    float *dx, int dx_is_new, float *dgates, int dgates_is_new, const float *dy, const float *x, const float *gates,
    size_t n);

// ---- ssru.c ----
// The simpler simple recurrent unit of one sentence. A row of x has two halves of `columns` floats: the candidates for
// the cells, then the inputs of the forget gates.

// cells[r] = gate * cells[r - 1] + (1 - gate) * x[r], gate = logistic(x[r][columns + c] + bias[c]), in each column c;
// y = max(cells, 0). The cells before the first row are `past`, NULL for zeros. bias may be NULL for zeros, too.
void ssru_forward(
    float *y, float *cells, const float *x, const float *bias, const float *past, size_t rows, size_t columns);
// The derivatives if past is NULL. Adds to dbias, which may be NULL, and to dx, which it overwrites if it is new.
// `scratch` has room for 2 * columns floats.
void ssru_backward(
    float *dx, int dx_is_new, float *dbias, const float *dy, const float *cells, const float *x, const float *bias,
    size_t rows, size_t columns, float *scratch);

// ---- cumulative_mean.c ----

// y[r] = (y[r - 1] * p + x[r]) / (p + 1), p = position + r: the mean of x[r] and all rows before, of which there are p.
// `past` is the row before y[0]; it is not read if position is 0.
void cumulative_mean_forward(
    float *y, const float *x, const float *past, size_t position, size_t rows, size_t columns);
// The derivatives if position is 0. Adds to dx; overwrites it if it is new. `scratch` has room for `columns` floats.
void cumulative_mean_backward(
    float *dx, int dx_is_new, const float *dy, size_t rows, size_t columns, float *scratch);

// ---- dropout.c ----
// Element i survives if a hash of (key, i) reaches the threshold rate * 2^32; survivors are scaled by 1 / (1 - rate).
// The same key gives the same mask, so backward needs no stored mask.

// y[i] = dropout(x[i]); x and y may be the same.
void dropout_forward(float *y, const float *x, size_t n, float rate, uint64_t key);
// dx[i] += mask(i) * dy[i]
void dropout_backward(float *dx, const float *dy, size_t n, float rate, uint64_t key);

// ---- layer_norm.c ----

// sum = residual + dropout(x); y = (sum - mean) / sqrt(variance + epsilon) * gamma + beta, row by row.
// x may be NULL (then sum = residual), beta too (then 0). Keeps for backward: normalized (rows x columns) and
// inverse_deviation (rows); both may be NULL in inference.
void add_norm_forward(
    float *y, float *normalized, float *inverse_deviation, const float *residual, const float *x,
    const float *gamma, const float *beta, size_t rows, size_t columns, float epsilon, float rate, uint64_t key);
// Adds to dgamma and dbeta, to dresidual, and to dx through the dropout mask; overwrites dresidual or dx if they are
// new. dgamma, dbeta and dx may be NULL.
void add_norm_backward(
    float *dresidual, int dresidual_is_new, float *dx, int dx_is_new, float *dgamma, float *dbeta, const float *dy,
    const float *normalized, const float *inverse_deviation, const float *gamma, size_t rows, size_t columns,
    float rate, uint64_t key);

// ---- embedding.c ----

// y[r] = dropout(scale * factors[r] * table[ids[r]] + encoding[positions[r]]); factors may be NULL for ones,
// encoding for zeros.
void embed_forward(
    float *y, const float *table, const int32_t *ids, const float *encoding, const int32_t *positions,
    const float *factors, size_t rows, size_t columns, float scale, float rate, uint64_t key);
// dtable[ids[r]] += scale * factors[r] * mask * dy[r]; dencoding[positions[r]] += mask * dy[r], unless it is NULL.
void embed_backward(
    float *dtable, float *dencoding, const int32_t *ids, const int32_t *positions, const float *dy,
    const float *factors, size_t rows, size_t columns, float scale, float rate, uint64_t key);

// ---- rotary.c ----

// Turns pairs of columns of `heads` heads side by side, in place: (a, b) becomes (a cos - b sin, b cos + a sin) by the
// angle of the row's position and the pair, whose cosine is cosines[position * head_size / 2 + pair]. Pairs are
// neighbors or, with `halves`, a column of a head's first half and one of its second. direction 1 turns, -1 turns back,
// which is the derivative. Rows of x are `stride` floats apart; head_size is even.
void rotate_pairs(
    float *x, size_t stride, const float *cosines, const float *sines, const int32_t *positions, size_t rows,
    size_t heads, size_t head_size, int halves, float direction);

// ---- attention.c ----
// Scaled dot-product attention of one sentence and one head. Query i reads keys 0 ..< keys, or with
// `causal` keys 0 ... i. Rows of q, k, v and out are `stride` floats apart.

// Floats of scratch memory that attention_forward and _backward need.
size_t attention_scratch(size_t queries, size_t keys, size_t head_size);
// out[i] = sum over j of weights[i][j] * v[j], weights = softmax(scale * q . k - slope * |i - j|). `weights` has rows
// of `keys` floats and holds the weights BEFORE dropout; may be NULL in inference.
void attention_forward(
    float *out, size_t out_stride, float *weights, const float *q, size_t q_stride, const float *k,
    const float *v, size_t kv_stride, size_t queries, size_t keys, size_t head_size, float scale, float slope,
    int causal, float rate, uint64_t key, float *scratch);
// Adds to dq, dk, dv. `dweights`, rows of `keys` floats, are derivatives by the weights themselves, before dropout, in
// addition to those that come through `out`; NULL for none.
void attention_backward(
    float *dq, float *dk, float *dv, const float *dout, size_t out_stride, const float *weights,
    const float *dweights, const float *q, size_t q_stride, const float *k, const float *v, size_t kv_stride,
    size_t queries, size_t keys, size_t head_size, float scale, int causal, float rate, uint64_t key, float *scratch);
// One query, all its heads side by side, whose keys and values are anywhere in memory: key t at rows[t] + k_offset,
// value at rows[t] + v_offset. With `slopes`, one for each head, the query's own position is that of the last key;
// NULL: scores ignore the distance. `scratch` has room for heads times `keys` rounded up to a multiple of 16;
// afterwards it holds each head's weights.
void attention_gathered(
    float *out, const float *q, const float *const *rows, size_t k_offset, size_t v_offset, size_t keys,
    size_t heads, size_t head_size, float scale, const float *slopes, float *scratch);

// ---- cross_entropy.c ----

// For each row of logits: the loss -(1 - smoothing) log p[target] - smoothing / columns * sum log p. Returns the sum
// over rows. With gradient_scale != 0 the logits become gradient_scale * dloss/dlogits. nll (may be NULL) receives the
// sum of -log p[target], from which perplexity is computed.
double cross_entropy(
    float *logits, const int32_t *targets, size_t rows, size_t columns, float smoothing, float gradient_scale,
    double *nll);
// The greatest of x, -inf if n is 0; NaN is ignored.
float vector_max(const float *x, size_t n);

// ---- r_drop.c ----

// Two rows of logits for each target, of two passes with different dropout, whose predictions p and q should agree:
// with D = (KL(p || q) + KL(q || p)) / 2 the gradient is that of (loss(p) + loss(q)) / 2 + alpha / 2 * D, loss as in
// cross_entropy. Returns the sum over targets of (loss(p) + loss(q)) / 2; nll receives that of the mean -log
// probability of the target, divergence that of D. With with_gradient the logits become their gradients.
double r_drop_cross_entropy(
    float *first, float *second, const int32_t *targets, size_t rows, size_t columns, float smoothing,
    float alpha, int with_gradient, double *nll, double *divergence);

// ---- ctc.c ----
// Connectionist temporal classification (Graves et al. 2006): each row of a sentence predicts a symbol, the blank or
// a label. `symbols` are a sentence's: the blank, then its labels in order, symbol_count = 1 + labels of them.

// emissions[r][i] = log p of symbols[i] in row r; emissions may be NULL. Returns the sum over rows of the mean over
// columns of -log p. Logits are overwritten, with_gradient by (confidence + smoothing) * p - smoothing / columns: the
// gradient of confidence * loss + smoothing * (what is returned), once posteriors are subtracted from it.
double ctc_emissions(
    float *emissions, float *logits, const int32_t *symbols, size_t symbol_count, size_t rows, size_t columns,
    float confidence, float smoothing, int with_gradient);
// logits[r][symbols[i]] -= confidence * posteriors[r][i]
void ctc_subtract(
    float *logits, const float *posteriors, const int32_t *symbols, size_t symbol_count, size_t rows,
    size_t columns, float confidence);
// Doubles of scratch that ctc_align needs.
size_t ctc_scratch(size_t rows, size_t count);
// The logarithm of the probability of all alignments of `count` labels to the rows, at most -1e35 if there is none;
// `emissions` as ctc_emissions makes them, rows of 1 + count. With posteriors they are overwritten by the probability,
// given the labels, that a row is the blank, and that it is each of the labels.
double ctc_align(
    float *emissions, const int32_t *labels, size_t count, size_t rows, double *scratch, int with_posteriors);

// ---- search.c ----
// What a search needs from a row of scores. NaN counts as a token with probability 0.

// log(sum of exp(x[i])), in double precision after the sum; NaN if the greatest x is not finite.
double score_log_sum(const float *x, size_t n);
// The first index in first ..< n with x[index] > limit; n if there is none.
size_t next_above(const float *x, size_t first, size_t n, float limit);

// ---- adam.c ----

// Kingma and Ba 2015, algorithm 1; gradient is multiplied by gradient_scale first, weight_decay is decoupled
// (Loshchilov and Hutter 2019). correction1 = 1 - beta1^t, correction2 = 1 - beta2^t; m and v are corrected as in the
// paper, so that epsilon has the same meaning.
void adam_update(
    float *parameters, float *m, float *v, const float *gradient, size_t n, float gradient_scale, float rate,
    float beta1, float beta2, float epsilon, float correction1, float correction2, float weight_decay);

// ---- sgd.c ----

// parameters -= rate * g, g = gradient * gradient_scale + weight_decay * parameters
void sgd_update(
    float *parameters, const float *gradient, size_t n, float gradient_scale, float rate, float weight_decay);
// velocity = momentum * velocity + g; parameters -= rate * velocity
void sgd_momentum_update(
    float *parameters, float *velocity, const float *gradient, size_t n, float gradient_scale, float rate,
    float momentum, float weight_decay);

// ---- adafactor.c ----
// Shazeer and Stern 2018, algorithm 4, in steps that its sums require. All except _columns work on part of one row of a
// matrix. `scale` is the gradient's scale times the row's factor, `factors` are those of the columns.

// column_sums[i] += s, s = (gradient[i] * gradient_scale)^2 + epsilon; returns the sum of all s.
double adafactor_squares(
    float *column_sums, const float *gradient, size_t n, float gradient_scale, float epsilon);
// moments[c] = decay * moments[c] + (1 - decay) * (sum of block_sums[b][c] over b) / rows, in this order of b;
// factors[c] = 1 / sqrt(moments[c]).
void adafactor_columns(
    float *moments, float *factors, const float *block_sums, size_t blocks, size_t columns, size_t rows,
    float decay);
// The sum of u * u, u = gradient[i] * factors[i] * scale.
double adafactor_update_squares(const float *gradient, const float *factors, size_t n, float scale);
// parameters = parameters * shrink - rate * u
void adafactor_update(
    float *parameters, const float *gradient, const float *factors, size_t n, float scale, float rate,
    float shrink);
// momentum = beta1 * momentum + (1 - beta1) * rate * u; parameters = parameters * shrink - momentum
void adafactor_momentum_update(
    float *parameters, float *momentum, const float *gradient, const float *factors, size_t n, float scale,
    float rate, float beta1, float shrink);

// ---- product.c ----
// y = x . W' + bias for inference: the order of additions of each element depends only on `inner`, so that a row's
// result has the same bits whatever the other rows are. OpenBLAS does not guarantee that.

// Floats that a packed `outer x inner` matrix takes.
size_t product_packed_size(size_t outer, size_t inner);
// Packs w (outer rows of inner floats) in panels. The layout is internal to product_packed, except that multiples of
// product_packed_size(1, 1) rows may be packed by a call each, one after another.
void product_pack(float *packed, const float *w, size_t outer, size_t inner);
// The same for rows of w that are listed, `outer` of them.
void product_pack_rows(float *packed, const float *w, const int32_t *rows, size_t outer, size_t inner);
// y[r][o] = bias[o] + sum over i of x[r][i] * w[o][i]; bias may be NULL.
void product_packed(
    float *y, const float *x, const float *packed, const float *bias, size_t rows, size_t outer, size_t inner);

// ---- screening.c ----
// The greatest output of each row of y = x . W' + bias without computing all of y, see screening.c.

// Whether this processor multiplies bytes (AVX512-VNNI). The other functions require it.
int screening_is_supported(void);
// Bytes that a packed `outer x inner` matrix takes.
size_t screening_packed_size(size_t outer, size_t inner);
// Packs w (outer rows of inner floats), which int8_round has rounded to these bytes and scales. Returns 0 if it has
// elements that are too large for the bounds: then it cannot be screened.
int screening_pack(
    void *packed, const float *w, const int8_t *bytes, const float *scales, size_t outer, size_t inner);
// Bytes of scratch that screening_best needs.
size_t screening_scratch(size_t inner);
// best[r] = the first o not excluded with the greatest y[r][o] of product_packed; -1 if that is not finite or all are
// excluded; NaN is ignored. Bit o of excluded[r], o < 16, excludes o. bias may be NULL. Returns 0, without results, if
// bias has elements that are not finite or too large for the bounds.
int screening_best(
    int32_t *best, const float *x, const void *packed, const float *w, const float *bias, size_t rows, size_t outer,
    size_t inner, const uint16_t *excluded, void *scratch);

// ---- int8_product.c ----
// y = x . W' + bias for inference with weights of bytes; rows of x are rounded to bytes too. The sums are exact integers:
// results do not depend on the processor, nor a row's result on the other rows.

// The instructions that compute them. INT8_TILE_DOUBLE is the C form of INT8_AMX, for tests.
enum int8_kernel {
  INT8_PORTABLE, INT8_AVX2, INT8_AVX_VNNI, INT8_AVX512_VNNI, INT8_AMX, INT8_NEON, INT8_NEON_DOT, INT8_TILE_DOUBLE
};
int int8_kernel_is_supported(enum int8_kernel kernel);
// The fastest for this processor. AMX computes 16 rows or more, AVX512-VNNI fewer.
enum int8_kernel int8_best_kernel(void);
// Rounds w (outer rows of inner floats) to bytes from -127 to 127, each row with its own scale: its greatest magnitude /
// 127, at least 2^-126, or 1 for zeros. Returns 0 if an element is not finite.
int int8_round(int8_t *bytes, float *scales, const float *w, size_t outer, size_t inner);
// Bytes that a packed `outer x inner` matrix takes. inner is at most 65,536, so that sums fit into 32 bits.
size_t int8_packed_size(enum int8_kernel kernel, size_t outer, size_t inner);
// Packs bytes from -127 to 127 (outer rows of inner) and their scales for products with this kernel. The layout is
// internal to them.
void int8_pack(
    enum int8_kernel kernel, void *packed, const int8_t *bytes, const float *scales, size_t outer, size_t inner);
// The same for rows that are listed, `outer` of them.
void int8_pack_rows(
    enum int8_kernel kernel, void *packed, const int8_t *bytes, const float *scales, const int32_t *rows, size_t outer,
    size_t inner);
// Bytes of scratch for products of `rows` rows.
size_t int8_scratch(size_t rows, size_t inner);
// y[r][o] = (t[r] * scale[o]) * (sum over i of p[r][i] * bytes[o][i]) + bias[o], where x[r] is rounded to t[r] * p[r];
// NaN if a row of x is not finite. bias may be NULL.
void int8_product(
    enum int8_kernel kernel, float *y, const float *x, const void *packed, const float *bias, size_t rows,
    size_t outer, size_t inner, void *scratch);
// best[r] = the first o not excluded with the greatest y[r][o] of int8_product; -1 if that is not finite or all are
// excluded; NaN is ignored. Bit o of excluded[r], o < 16, excludes o.
void int8_best(
    enum int8_kernel kernel, int32_t *best, const float *x, const void *packed, const float *bias, size_t rows,
    size_t outer, size_t inner, const uint16_t *excluded, void *scratch);

// ---- bfloat16.c ----
// Products of factors that are rounded to bfloat16, to nearest even, with sums in float32.
//
// With three parts a factor is the sum of three bfloat16 (what is left after rounding is rounded again, twice), which
// is all 24 bits of a float, and a product is the sum of the six products of parts that matter in float32, the smallest
// first (Henry, Tang and Heinecke 2019, "Leveraging the bfloat16 Artificial Intelligence Datatype For Higher-Precision
// Computations"). Errors are at most twice those of a product in float32, usually smaller. What differs:
// - numbers and products below 2^-126 count as zero, so that a factor is exact to 2^-126 or to 24 bits, whichever is
//   coarser;
// - a row or column with an infinity, or with a number that rounds to an infinite bfloat16 (from 2^128 - 2^119 on), gives
//   NaN where float32 may give an infinity or a number. NaN stays NaN.

enum bfloat16_kernel {
  BFLOAT16_NONE = 0,
  // AVX512-BF16: one part only, since six such products take longer than one in float32.
  BFLOAT16_VECTORS = 1,
  // AMX-BF16.
  BFLOAT16_TILES = 2,
  // For tests: packing, edges and loops of BFLOAT16_TILES, with tiles in C, on every processor.
  BFLOAT16_TILES_IN_C = 3,
  // The same where AVX512-BF16 rounds the factors, as it does for BFLOAT16_TILES.
  BFLOAT16_TILES_IN_C_BESIDE_VECTORS = 4
};

// Whether this processor has what the kernel needs, and the system permits it.
int bfloat16_kernel_is_supported(enum bfloat16_kernel kernel);
// BFLOAT16_TILES, BFLOAT16_VECTORS or BFLOAT16_NONE: the first that is supported; always the same one in a process.
enum bfloat16_kernel bfloat16_best_kernel(void);
// Whether that is not BFLOAT16_NONE.
int bfloat16_is_supported(void);

// How to multiply: by a kernel that is supported, with 1 or 3 parts.
typedef struct {
  enum bfloat16_kernel kernel;
  int parts;
} bfloat16_method;

// A factor; if transposed, it is stored as its transpose.
typedef struct {
  const float *elements;
  size_t stride;
  int is_transposed;
} bfloat16_operand;

// Floats that a packed b of `inner` rows and `columns` columns takes.
size_t bfloat16_packed_size(bfloat16_method method, size_t columns, size_t inner);
// Rounds b and puts it in the order of bfloat16_product, which is internal to it. `inner` is at least 1.
void bfloat16_pack(
    bfloat16_method method, float *packed, bfloat16_operand b, size_t columns, size_t inner);
// Floats of scratch for a product whose b has `inner` rows and `columns` columns.
size_t bfloat16_product_scratch(bfloat16_method method, size_t columns, size_t inner);
// c (+)= a . b + bias. b is not read if it is packed already, by the same method; otherwise packed is NULL. bias: one
// float per column, or NULL. `inner` is at least 1. Fastest if scratch and packed begin a cache line (64 bytes).
//
// Tiles have 16 rows and columns, padded with zeros: products with fewer rows take as long as with 16.
void bfloat16_product(
    bfloat16_method method, float *c, size_t c_stride, bfloat16_operand a, bfloat16_operand b, const float *packed,
    const float *bias, size_t rows, size_t columns, size_t inner, int accumulate, float *scratch);

#ifdef __cplusplus
}
#endif
