#include "int8.h"

// Weights and rows are rounded to eight bits, each row of either with its own scale: w = s q + d, x = t p + e. Then
// x . w = s t (p . q) + e . (s q) + x . d, and by the Cauchy-Schwarz inequality the last two terms are at most
// |e| |s q| + |x| |d|, so every output (with its bias) is between two bounds, for a quarter of the work of float32.
// One that cannot be the greatest, since its upper bound is below another's lower bound, is never computed. Usually one
// remains; if there are several, each is computed as in product_packed, so that even ties are decided in the same way.
//
// The products of bytes are those of int8_product.c, by AVX512-VNNI; only what is done with their sums differs.

#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
#include <immintrin.h>

// Rows that read a tile's weights while they are in the first-level cache.
#define BLOCK_ROWS 30
// Outputs of a row that may be the greatest; a row with more is computed completely.
#define CANDIDATES 128
#define GREATEST_INNER 65536
#define GREATEST_ELEMENT 1e15f

int screening_is_supported(void) { return int8_kernel_is_supported(INT8_AVX512_VNNI); }

// Errors of bounds and of outputs, whose additions round by up to 2^-24 each, relative to |x| |w| and to the bias.
ALWAYS_INLINE double slack_of(size_t inner) { return 2e-5 + (double)(inner + 1) * 0x1p-24; }

// |s q| and |d| of each output, after its bytes; what is added to each, or NULL; slack_of.
typedef struct {
  const float *norm, *error, *bias;
  float slack;
} screen;

ALWAYS_INLINE screen screen_of(const void *packed, size_t outer, size_t inner) {
  const float *norm = (const float *)((const char *)packed + int8_packed_size(INT8_AVX512_VNNI, outer, inner));
  return (screen){.norm = norm, .error = norm + rounded_up(outer, OUTER_STEP), .slack = (float)slack_of(inner)};
}

size_t screening_packed_size(size_t outer, size_t inner) {
  return int8_packed_size(INT8_AVX512_VNNI, outer, inner) + rounded_up(outer, OUTER_STEP) * 2 * sizeof(float);
}

// The lengths of rounded numbers and of their rounding errors.
typedef struct {
  double norm, error;
} lengths;

static lengths lengths_of(const float *x, const int8_t *bytes, float scale, int32_t shift, size_t n);
VERSIONED static lengths lengths_of(const float *x, const int8_t *bytes, float scale, int32_t shift, size_t n) {
  double norms[LANES] = {0}, errors[LANES] = {0};
  for (size_t i = 0; i < n; i += LANES)
    for (size_t l = 0; l < LANES && i + l < n; ++l) {
      double rounded = (double)(int8_t)(bytes[i + l] - shift) * scale, rest = x[i + l] - rounded;
      norms[l] += rounded * rounded;
      errors[l] += rest * rest;
    }
  lengths sums = {0, 0};
  for (size_t l = 0; l < LANES; ++l) {
    sums.norm += norms[l];
    sums.error += errors[l];
  }
  return (lengths){sqrt(sums.norm), sqrt(sums.error)};
}

// Whether 127 times a scale is a number for which the bounds hold; false for NaN.
ALWAYS_INLINE int is_bounded(float scale) { return 127 * scale <= GREATEST_ELEMENT; }

int screening_pack(
    void *packed, const float *w, const int8_t *bytes, const float *scales, size_t outer, size_t inner) {
  if (inner > GREATEST_INNER) return 0;
  for (size_t o = 0; o < outer; ++o)
    if (!is_bounded(scales[o])) return 0;
  int8_pack(INT8_AVX512_VNNI, packed, bytes, scales, outer, inner);
  screen s = screen_of(packed, outer, inner);
  float *norm = (float *)s.norm, *error = (float *)s.error;
  memset(norm, 0, 2 * rounded_up(outer, OUTER_STEP) * sizeof(float));
  for (size_t o = 0; o < outer; ++o) {
    lengths l = lengths_of(w + o * inner, bytes + o * inner, scales[o], 0, inner);
    norm[o] = (float)l.norm;
    error[o] = (float)l.error;
  }
  return 1;
}

// A row of x while its outputs are screened.
typedef struct {
  // t, |e| and |x|, the last two including rounding errors.
  float scale, error, norm;
  // Bits of the first outputs that are excluded.
  uint16_t excluded;
  // The greatest of all lower bounds so far.
  float limit;
  // Candidates so far, in ascending order; ALL_OUTPUTS if there is no room for them.
  size_t count;
  int32_t outputs[CANDIDATES + LANES];
  float upper[CANDIDATES + LANES];
} screened_row;

#define ALL_OUTPUTS SIZE_MAX

static void start_row(screened_row *row, int8_t *bytes, const float *x, size_t inner, size_t step) {
  row->limit = -INFINITY;
  row->count = 0;
  row->scale = int8_round_row(bytes, x, inner, step, 128);
  if (!is_bounded(row->scale)) {
    // Without scale and norms its bounds are 0, and no candidates are added, since all outputs are computed.
    row->scale = row->error = row->norm = 0;
    row->count = ALL_OUTPUTS;
    return;
  }
  lengths l = lengths_of(x, bytes, row->scale, 128, inner);
  double norm = l.norm + l.error, slack = slack_of(inner);
  row->error = (float)(l.error + slack * norm);
  row->norm = (float)(norm * (1 + slack));
}

static void drop_candidates(screened_row *row) {
  size_t kept = 0;
  for (size_t i = 0; i < row->count; ++i)
    if (row->upper[i] >= row->limit) {
      row->outputs[kept] = row->outputs[i];
      row->upper[kept++] = row->upper[i];
    }
  row->count = kept;
}

// Those of 16 outputs that are not beyond the last.
ALWAYS_INLINE __mmask16 outputs_from(size_t first, size_t outer) {
  size_t left = first < outer ? outer - first : 0;
  return left < LANES ? (__mmask16)((1u << left) - 1) : 0xffff;
}

// Adds those of 16 outputs that may be the greatest and are neither excluded nor beyond the last.
WITH_VNNI static void add_candidates(
    screened_row *row, size_t first, size_t outer, __m512 lower, __m512 upper, __mmask16 mask) {
  if (row->count == ALL_OUTPUTS) return;
  mask &= outputs_from(first, outer);
  if (first == 0) mask &= (__mmask16)~row->excluded;
  if (mask == 0) return;
  float highest = _mm512_mask_reduce_max_ps(mask, lower);
  if (highest > row->limit) row->limit = highest;
  int32_t lanes[LANES];
  for (int32_t l = 0; l < LANES; ++l) lanes[l] = (int32_t)first + l;
  _mm512_mask_compressstoreu_epi32(row->outputs + row->count, mask, _mm512_loadu_si512(lanes));
  _mm512_mask_compressstoreu_ps(row->upper + row->count, mask, upper);
  row->count += (size_t)__builtin_popcount(mask);
  if (row->count > CANDIDATES) drop_candidates(row);
  if (row->count > CANDIDATES) row->count = ALL_OUTPUTS;
}

// Sixteen outputs of a row. has_bias is a constant wherever this is inlined.
static inline __attribute__((always_inline)) WITH_VNNI void add_outputs(
    screened_row *row, __m512i sums, size_t first, const int8_weights *w, const screen *s, const int has_bias) {
  __m512 scale = _mm512_loadu_ps(w->scale + first), norm = _mm512_loadu_ps(s->norm + first);
  __m512 error = _mm512_loadu_ps(s->error + first);
  __m512 y = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_mul_ps(scale, _mm512_set1_ps(row->scale)));
  __m512 margin = _mm512_fmadd_ps(
      norm, _mm512_set1_ps(row->error), _mm512_mul_ps(error, _mm512_set1_ps(row->norm)));
  if (has_bias) {
    __m512 bias = _mm512_maskz_loadu_ps(outputs_from(first, w->outer), s->bias + first);
    y = _mm512_add_ps(y, bias);
    margin = _mm512_fmadd_ps(_mm512_abs_ps(bias), _mm512_set1_ps(s->slack), margin);
  }
  __m512 upper = _mm512_add_ps(y, margin);
  __mmask16 mask = _mm512_cmp_ps_mask(upper, _mm512_set1_ps(row->limit), _CMP_GE_OQ);
  if (__builtin_expect(mask != 0 && first < w->outer, 0))
    add_candidates(row, first, w->outer, _mm512_sub_ps(y, margin), upper, mask);
}

typedef int32_t screen_ints __attribute__((vector_size(64), aligned(4)));
static void screen_outputs(
    screened_row *rows, const int8_t *x, size_t count, const int8_weights *w, const screen *s);
#define NAME(x) screen_##x
#define ROW screened_row
#define SINK screen
#define MODE(TO) ((TO)->bias != NULL)
#define FINISH(ROW, INDEX, SUMS, FIRST, W, TO, MODE) add_outputs(ROW, (__m512i)(SUMS), FIRST, W, TO, MODE)
#include "int8_vnni.h"
#include "int8_loops.h"

// An output in the order of product_packed: the bias, to which products are added.
WITH_VNNI static float output(const float *x, const float *w, float sum, size_t inner) {
  for (size_t i = 0; i < inner; ++i) sum = __builtin_fmaf(x[i], w[i], sum);
  return sum;
}

static int32_t greatest_of(
    screened_row *row, const float *x, const float *w, const float *bias, size_t outer, size_t inner) {
  int all = row->count == ALL_OUTPUTS;
  if (!all) drop_candidates(row);
  if (!all && row->count == 1) return row->outputs[0];
  int32_t best = -1;
  float highest = -INFINITY;
  for (size_t i = 0; i < (all ? outer : row->count); ++i) {
    int32_t o = all ? (int32_t)i : row->outputs[i];
    if (o < LANES && (row->excluded >> o & 1)) continue;
    float y = output(x, w + (size_t)o * inner, bias == NULL ? 0 : bias[o], inner);
    if (y > highest) {
      highest = y;
      best = o;
    }
  }
  return isfinite(highest) ? best : -1;
}

size_t screening_scratch(size_t inner) {
  return BLOCK_ROWS * (sizeof(screened_row) + rounded_up(inner, INNER_STEP));
}

// Whether the bounds hold for a bias.
static int bias_is_bounded(const float *bias, size_t n);
VERSIONED static int bias_is_bounded(const float *bias, size_t n) {
  int is_bounded = 1;
  for (size_t i = 0; i < n; ++i) is_bounded &= __builtin_fabsf(bias[i]) <= GREATEST_ELEMENT;
  return is_bounded;
}

int screening_best(
    int32_t *best, const float *x, const void *packed, const float *w, const float *bias, size_t rows, size_t outer,
    size_t inner, const uint16_t *excluded, void *scratch) {
  if (bias != NULL && !bias_is_bounded(bias, outer)) return 0;
  int8_weights weights = int8_weights_of(INT8_AVX512_VNNI, packed, outer, inner);
  screen s = screen_of(packed, outer, inner);
  s.bias = bias;
  screened_row *screened = scratch;
  int8_t *bytes = (int8_t *)(screened + BLOCK_ROWS);
  size_t step = int8_step(&weights);
  for (size_t first = 0; first < rows; first += BLOCK_ROWS) {
    size_t count = rows - first < BLOCK_ROWS ? rows - first : BLOCK_ROWS;
    for (size_t r = 0; r < count; ++r) {
      start_row(&screened[r], bytes + r * step, x + (first + r) * inner, inner, step);
      screened[r].excluded = excluded[first + r];
    }
    screen_outputs(screened, bytes, count, &weights, &s);
    for (size_t r = 0; r < count; ++r)
      best[first + r] = greatest_of(&screened[r], x + (first + r) * inner, w, bias, outer, inner);
  }
  return 1;
}

#else

int screening_is_supported(void) { return 0; }
size_t screening_packed_size(size_t outer, size_t inner) { return 0; }
int screening_pack(
    void *packed, const float *w, const int8_t *bytes, const float *scales, size_t outer, size_t inner) { return 0; }
size_t screening_scratch(size_t inner) { return 0; }
int screening_best(
    int32_t *best, const float *x, const void *packed, const float *w, const float *bias, size_t rows, size_t outer,
    size_t inner, const uint16_t *excluded, void *scratch) { __builtin_trap(); }

#endif
