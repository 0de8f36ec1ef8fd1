#include "kernels.h"
#include "versions.h"

// Weights and rows are rounded to eight bits, each row of either with its own scale: w = s q + d, x = t p + e. Then
// x . w = s t (p . q) + e . (s q) + x . d, and by the Cauchy-Schwarz inequality the last two terms are at most
// |e| |s q| + |x| |d|: every output is between two known bounds, for a quarter of the work of float32. An output that
// cannot be the greatest, since its upper bound is below another's lower bound, is never computed. Usually one output
// remains; if there are several, each is computed as in product_packed, so that even ties are decided in the same way.
//
// Intrinsics, since the compiler's vector types have no operator for it: one instruction multiplies 64 pairs of bytes
// and adds every four neighbors to one of 16 integers. It takes unsigned bytes on one side, so the rows are shifted by
// 128.

#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
#include <immintrin.h>

#define WITH_VNNI __attribute__((target("arch=x86-64-v4,avx512vnni"), min_vector_width(512)))
#define INLINE_WITH_VNNI static inline __attribute__((always_inline, target("arch=x86-64-v4,avx512vnni")))

// 6 x 4 sums, four vectors of weights and one factor: 29 of 32 registers.
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TILE_COLUMNS (TILE_VECTORS * LANES)
// Rows that read a tile's weights while they are in the first-level cache.
#define BLOCK_ROWS (5 * TILE_ROWS)
// Outputs of a row that may be the greatest; a row with more is computed completely.
#define CANDIDATES 128
// Rounding errors of the bounds and of the output itself, relative to |x| |w|.
#define SLACK 2e-5
#define GREATEST_INNER 65536
#define GREATEST_ELEMENT 1e15f

int screening_is_supported(void) { return kernels_level() >= 4 && __builtin_cpu_supports("avx512vnni"); }

// For each output its scale, |s q|, |d| and the sum of 128 q; then the bytes, four of an output side by side:
// panel[group of four along the inner side][output][4].
typedef struct {
  const float *scale, *norm, *error;
  const int32_t *shift;
  const int8_t *bytes;
  size_t inner;
} screen;

ALWAYS_INLINE screen screen_of(const void *packed, size_t outer, size_t inner) {
  size_t columns = rounded_up(outer, TILE_COLUMNS);
  const float *floats = packed;
  return (screen){
      .scale = floats, .norm = floats + columns, .error = floats + 2 * columns,
      .shift = (const int32_t *)(floats + 3 * columns), .bytes = (const int8_t *)(floats + 4 * columns),
      .inner = rounded_up(inner, 4)};
}

size_t screening_packed_size(size_t outer, size_t inner) {
  return rounded_up(outer, TILE_COLUMNS) * (4 * sizeof(float) + rounded_up(inner, 4));
}

ALWAYS_INLINE float greatest_magnitude(const float *x, size_t n) {
  float greatest = 0;
  // This comparison is false for NaN, which is refused like all that is beyond the limit.
  for (size_t i = 0; i < n; ++i) {
    float magnitude = fabsf(x[i]);
    if (!(magnitude <= GREATEST_ELEMENT)) return INFINITY;
    greatest = magnitude > greatest ? magnitude : greatest;
  }
  return greatest;
}

// The result of rounding n floats: the bytes' scale, the rounded vector's length, that of the rounding error, and the
// sum of the bytes. Byte i is at step * (i / 4) + i % 4, shifted by `shift`.
typedef struct {
  double scale, norm, error;
  int32_t sum;
} rounding;

ALWAYS_INLINE rounding round_to_bytes(
    int8_t *bytes, const float *x, size_t n, size_t step, float greatest, int shift) {
  rounding r = {.scale = greatest / 127.0};
  double inverse = greatest > 0 ? 127.0 / greatest : 0;
  for (size_t i = 0; i < n; ++i) {
    int byte = (int)lrint(x[i] * inverse);
    double rounded = byte * r.scale, rest = x[i] - rounded;
    r.norm += rounded * rounded;
    r.error += rest * rest;
    r.sum += byte;
    bytes[i / 4 * step + i % 4] = (int8_t)(byte + shift);
  }
  r.norm = sqrt(r.norm);
  r.error = sqrt(r.error);
  return r;
}

int screening_pack(void *packed, const float *w, size_t outer, size_t inner) {
  if (inner > GREATEST_INNER) return 0;
  memset(packed, 0, screening_packed_size(outer, inner));
  screen s = screen_of(packed, outer, inner);
  for (size_t o = 0; o < outer; ++o) {
    float greatest = greatest_magnitude(w + o * inner, inner);
    if (greatest == INFINITY) return 0;
    int8_t *bytes = (int8_t *)s.bytes + o / LANES * LANES * s.inner + o % LANES * 4;
    rounding r = round_to_bytes(bytes, w + o * inner, inner, 4 * LANES, greatest, 0);
    ((float *)s.scale)[o] = (float)r.scale;
    ((float *)s.norm)[o] = (float)r.norm;
    ((float *)s.error)[o] = (float)r.error;
    ((int32_t *)s.shift)[o] = 128 * r.sum;
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

static void start_row(screened_row *row, int8_t *bytes, const float *x, size_t inner) {
  float greatest = greatest_magnitude(x, inner);
  row->limit = -INFINITY;
  row->count = 0;
  if (greatest == INFINITY) {
    // Without scale and norms its bounds are 0, and no candidates are added, since all outputs are computed.
    memset(bytes, 0, rounded_up(inner, 4));
    row->scale = row->error = row->norm = 0;
    row->count = ALL_OUTPUTS;
    return;
  }
  rounding r = round_to_bytes(bytes, x, inner, 4, greatest, 128);
  double norm = r.norm + r.error;
  row->scale = (float)r.scale;
  row->error = (float)(r.error + SLACK * norm);
  row->norm = (float)(norm * (1 + SLACK));
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

// Adds those of 16 outputs that may be the greatest and are neither excluded nor beyond the last.
WITH_VNNI static void add_candidates(
    screened_row *row, size_t first, size_t outer, __m512 lower, __m512 upper, __mmask16 mask) {
  if (row->count == ALL_OUTPUTS) return;
  if (outer - first < LANES) mask &= (__mmask16)((1u << (outer - first)) - 1);
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

// height is a constant wherever this is inlined.
INLINE_WITH_VNNI void tile(
    screened_row *rows, const int8_t *x, screen s, size_t column, size_t outer, const int height) {
  __m512i sums[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < TILE_VECTORS; ++c)
      sums[r][c] = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_loadu_si512(s.shift + column + c * LANES));
  const int8_t *w = s.bytes + column * s.inner;
  for (size_t i = 0; i < s.inner; i += 4) {
    __m512i weights[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int c = 0; c < TILE_VECTORS; ++c) weights[c] = _mm512_loadu_si512(w + (c * s.inner + i) * LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      int32_t four;
      memcpy(&four, x + r * s.inner + i, sizeof four);
      __m512i factor = _mm512_set1_epi32(four);
#pragma clang loop unroll(full)
      for (int c = 0; c < TILE_VECTORS; ++c) sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], factor, weights[c]);
    }
  }
#pragma clang loop unroll(full)
  for (int c = 0; c < TILE_VECTORS; ++c) {
    size_t first = column + c * LANES;
    __m512 scale = _mm512_loadu_ps(s.scale + first), norm = _mm512_loadu_ps(s.norm + first);
    __m512 error = _mm512_loadu_ps(s.error + first);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      __m512 y = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][c]), _mm512_mul_ps(scale, _mm512_set1_ps(rows[r].scale)));
      __m512 margin = _mm512_fmadd_ps(
          norm, _mm512_set1_ps(rows[r].error), _mm512_mul_ps(error, _mm512_set1_ps(rows[r].norm)));
      __m512 upper = _mm512_add_ps(y, margin);
      __mmask16 mask = _mm512_cmp_ps_mask(upper, _mm512_set1_ps(rows[r].limit), _CMP_GE_OQ);
      if (__builtin_expect(mask != 0 && first < outer, 0))
        add_candidates(&rows[r], first, outer, _mm512_sub_ps(y, margin), upper, mask);
    }
  }
}

#define TILE_OF(HEIGHT) \
  case HEIGHT: tile(rows + r, x + r * s.inner, s, column, outer, HEIGHT); break;

WITH_VNNI static void screen_rows(
    screened_row *rows, const int8_t *x, size_t count, screen s, size_t outer) {
  for (size_t column = 0; column < outer; column += TILE_COLUMNS) {
    size_t tiles = (count + TILE_ROWS - 1) / TILE_ROWS;
    for (size_t r = 0, height; tiles > 0; --tiles, r += height) {
      height = (count - r + tiles - 1) / tiles;
      switch (height) { TILE_OF(1) TILE_OF(2) TILE_OF(3) TILE_OF(4) TILE_OF(5) TILE_OF(6) }
    }
  }
}

// Sums in the order of product_packed.
WITH_VNNI static float output(const float *x, const float *w, size_t inner) {
  float sum = 0;
  for (size_t i = 0; i < inner; ++i) sum = __builtin_fmaf(x[i], w[i], sum);
  return sum;
}

static int32_t greatest_of(
    screened_row *row, const float *x, const float *w, size_t outer, size_t inner) {
  int all = row->count == ALL_OUTPUTS;
  if (!all) drop_candidates(row);
  if (!all && row->count == 1) return row->outputs[0];
  int32_t best = -1;
  float highest = -INFINITY;
  for (size_t i = 0; i < (all ? outer : row->count); ++i) {
    int32_t o = all ? (int32_t)i : row->outputs[i];
    if (o < LANES && (row->excluded >> o & 1)) continue;
    float y = output(x, w + (size_t)o * inner, inner);
    if (y > highest) {
      highest = y;
      best = o;
    }
  }
  return isfinite(highest) ? best : -1;
}

size_t screening_scratch(size_t inner) {
  return BLOCK_ROWS * (sizeof(screened_row) + rounded_up(inner, 4));
}

void screening_best(
    int32_t *best, const float *x, const void *packed, const float *w, size_t rows, size_t outer, size_t inner,
    const uint16_t *excluded, void *scratch) {
  screen s = screen_of(packed, outer, inner);
  screened_row *screened = scratch;
  int8_t *bytes = (int8_t *)(screened + BLOCK_ROWS);
  memset(bytes, 0, BLOCK_ROWS * s.inner);
  for (size_t first = 0; first < rows; first += BLOCK_ROWS) {
    size_t count = rows - first < BLOCK_ROWS ? rows - first : BLOCK_ROWS;
    for (size_t r = 0; r < count; ++r) {
      start_row(&screened[r], bytes + r * s.inner, x + (first + r) * inner, inner);
      screened[r].excluded = excluded[first + r];
    }
    screen_rows(screened, bytes, count, s, outer);
    for (size_t r = 0; r < count; ++r)
      best[first + r] = greatest_of(&screened[r], x + (first + r) * inner, w, outer, inner);
  }
}

#else

int screening_is_supported(void) { return 0; }
size_t screening_packed_size(size_t outer, size_t inner) { return 0; }
int screening_pack(void *packed, const float *w, size_t outer, size_t inner) { return 0; }
size_t screening_scratch(size_t inner) { return 0; }
void screening_best(
    int32_t *best, const float *x, const void *packed, const float *w, size_t rows, size_t outer, size_t inner,
    const uint16_t *excluded, void *scratch) {
  __builtin_trap();
}

#endif
