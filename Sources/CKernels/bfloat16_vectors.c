#include "bfloat16.h"
#include "transpose.h"

// Intrinsics, since the compiler's vector types have no operator for it: one instruction multiplies 32 pairs of
// bfloat16 and adds every two neighbors to one of 16 floats.
//
// Both operands are first rounded to bfloat16. b is cut into panels, panel[pair][line]: a pair is elements 2p and 2p +
// 1 along the inner side, a line is a column of b. If a is stored transposed, it is cut the same way, with rows as
// lines; otherwise its rows keep their order, since only one pair of them is read at a time. A tile is a few rows by
// two vectors of columns with all its sums in registers.

#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
#include <immintrin.h>

#define WITH_BFLOAT16 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"), min_vector_width(512)))
#define INLINE_WITH_BFLOAT16 \
  static inline __attribute__((always_inline, target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))

// 12 × 2 sums, two vectors of b and one factor of a: 27 of 32 registers.
#define TILE_ROWS 12
#define TILE_COLUMNS 32
// A block of a stays in the second-level cache with a panel of b, a block of b in the third.
#define BLOCK_ROWS 240
#define BLOCK_INNER 2048
#define BLOCK_B (1 << 21)
// Pairs from one kept row of a to the next: a cache line more than a power of two, or all rows would compete for the
// same places in the cache.
#define ROW_PAIRS (BLOCK_INNER / 2 + LANES)

int bfloat16_vectors_are_supported(void) {
  return kernels_level() >= 4 && __builtin_cpu_supports("avx512bf16");
}

ALWAYS_INLINE size_t columns_of_block(size_t inner) {
  return BLOCK_B / rounded_up(at_most(inner, BLOCK_INNER), 2) / TILE_COLUMNS * TILE_COLUMNS;
}

size_t bfloat16_vectors_product_scratch(size_t columns, size_t inner) {
  size_t depth = rounded_up(at_most(inner, BLOCK_INNER), 2);
  return BLOCK_ROWS * ROW_PAIRS + at_most(rounded_up(columns, TILE_COLUMNS), columns_of_block(inner)) * depth / 2;
}

// Lanes 0 ..< left.
INLINE_WITH_BFLOAT16 __mmask16 lanes(ptrdiff_t left) {
  return left >= LANES ? 0xffff : left <= 0 ? 0 : (__mmask16)((1u << left) - 1);
}

// The bfloat16 of low's lanes, then of high's.
INLINE_WITH_BFLOAT16 __m512i rounded(__m512 low, __m512 high) {
  return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

// Panels of lines that are side by side: the inner side goes down the rows of x. A panel's tail is zeros. A few rows at
// a time for all panels, so that memory is read in order.
WITH_BFLOAT16 static void pack_columns(
    uint32_t *packed, const float *x, size_t stride, size_t lines, size_t inner, size_t width) {
  uint16_t order[2 * LANES];
  for (uint16_t l = 0; l < LANES; ++l) {
    order[2 * l] = l;
    order[2 * l + 1] = LANES + l;
  }
  __m512i interleaved = _mm512_loadu_si512(order);
  size_t pairs = (inner + 1) / 2, together = 16;
  for (size_t first = 0; first < pairs; first += together)
    for (size_t panel = 0; panel < lines; panel += width)
      for (size_t p = first; p < at_most(first + together, pairs); ++p)
        for (size_t l = 0; l < width; l += LANES) {
          const float *even = x + 2 * p * stride + panel + l;
          __mmask16 present = lanes((ptrdiff_t)lines - (ptrdiff_t)(panel + l));
          __m512 low = _mm512_maskz_loadu_ps(present, even);
          __m512 high = _mm512_maskz_loadu_ps(2 * p + 1 < inner ? present : 0, even + stride);
          _mm512_mask_storeu_epi32(
              packed + panel * pairs + p * width + l, lanes((ptrdiff_t)(width - l)),
              _mm512_permutexvar_epi16(interleaved, rounded(low, high)));
        }
}

// Panels of columns that are stored as rows of x: the inner side goes along them.
WITH_BFLOAT16 static void pack_rows(
    uint32_t *packed, const float *x, size_t stride, size_t lines, size_t inner) {
  size_t pairs = (inner + 1) / 2;
  for (size_t line = 0; line < rounded_up(lines, TILE_COLUMNS); line += LANES) {
    uint32_t *to = packed + line / TILE_COLUMNS * TILE_COLUMNS * pairs + line % TILE_COLUMNS;
    for (size_t p = 0; p < pairs; p += LANES) {
      ptrdiff_t left = (ptrdiff_t)(inner - 2 * p);
      uint16x block[LANES];
#pragma clang loop unroll(full)
      for (size_t i = 0; i < LANES; ++i) {
        const float *row = x + (line + i) * stride + 2 * p;
        __mmask16 low = line + i < lines ? lanes(left) : 0, high = line + i < lines ? lanes(left - LANES) : 0;
        block[i] = (uint16x)rounded(_mm512_maskz_loadu_ps(low, row), _mm512_maskz_loadu_ps(high, row + LANES));
      }
      transpose_pairs(block);
      size_t count = at_most(pairs - p, LANES);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < LANES; ++i)
        if (i < count) memcpy(to + (p + i) * TILE_COLUMNS, &block[i], sizeof block[i]);
    }
  }
}

// Rows in their order, an odd last element paired with a zero.
WITH_BFLOAT16 static void keep_rows(uint32_t *kept, const float *x, size_t stride, size_t rows, size_t inner) {
  for (size_t r = 0; r < rows; ++r)
    for (size_t i = 0; i < inner; i += 2 * LANES) {
      const float *from = x + r * stride + i;
      ptrdiff_t left = (ptrdiff_t)(inner - i);
      __m512 low = _mm512_maskz_loadu_ps(lanes(left), from);
      __m512 high = _mm512_maskz_loadu_ps(lanes(left - LANES), from + LANES);
      _mm512_storeu_si512(kept + r * ROW_PAIRS + i / 2, rounded(low, high));
    }
}

// The pair of a row is at row * row_step + pair * pair_step. height and the steps are constants wherever this is
// inlined.
INLINE_WITH_BFLOAT16 void tile(
    float *c, size_t stride, const uint32_t *a, const uint32_t *b, const float *bias, size_t pairs, size_t columns,
    int accumulate, const size_t row_step, const size_t pair_step, const int height) {
  __m512 sums[TILE_ROWS][2];
  __mmask16 low = lanes((ptrdiff_t)columns), high = lanes((ptrdiff_t)columns - LANES);
  __m512 low_bias = _mm512_setzero_ps(), high_bias = _mm512_setzero_ps();
  if (bias != NULL) {
    low_bias = _mm512_maskz_loadu_ps(low, bias);
    high_bias = _mm512_maskz_loadu_ps(high, bias + LANES);
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r) {
    // Prefetched now, available when the sums are done.
    _mm_prefetch((const char *)(c + r * stride), _MM_HINT_T0);
    _mm_prefetch((const char *)(c + r * stride + LANES), _MM_HINT_T0);
    sums[r][0] = low_bias;
    sums[r][1] = high_bias;
  }
  for (size_t p = 0; p < pairs; ++p) {
    __m512bh b0 = (__m512bh)_mm512_loadu_si512(b + p * TILE_COLUMNS);
    __m512bh b1 = (__m512bh)_mm512_loadu_si512(b + p * TILE_COLUMNS + LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      __m512bh factor = (__m512bh)_mm512_set1_epi32((int32_t)a[r * row_step + p * pair_step]);
      sums[r][0] = _mm512_dpbf16_ps(sums[r][0], factor, b0);
      sums[r][1] = _mm512_dpbf16_ps(sums[r][1], factor, b1);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r) {
    float *row = c + r * stride;
    if (accumulate) {
      sums[r][0] = _mm512_add_ps(sums[r][0], _mm512_maskz_loadu_ps(low, row));
      sums[r][1] = _mm512_add_ps(sums[r][1], _mm512_maskz_loadu_ps(high, row + LANES));
    }
    _mm512_mask_storeu_ps(row, low, sums[r][0]);
    _mm512_mask_storeu_ps(row + LANES, high, sums[r][1]);
  }
}

typedef struct {
  float *c;
  size_t stride;
  const uint32_t *a, *b;
  const float *bias;
  size_t rows, columns, pairs;
  int accumulate;
} block_operands;

#define TILE_OF(HEIGHT) \
  case HEIGHT: \
    tile(c, o.stride, a, b, bias, o.pairs, o.columns - j, o.accumulate, row_step, pair_step, HEIGHT); break;

INLINE_WITH_BFLOAT16 void all_tiles(block_operands o, const size_t row_step, const size_t pair_step) {
  for (size_t j = 0; j < o.columns; j += TILE_COLUMNS)
    for (size_t i = 0; i < o.rows; i += TILE_ROWS) {
      float *c = o.c + i * o.stride + j;
      const uint32_t *a = o.a + i * (pair_step == 1 ? row_step : o.pairs), *b = o.b + j * o.pairs;
      const float *bias = o.bias == NULL ? NULL : o.bias + j;
      switch (at_most(o.rows - i, TILE_ROWS)) {
        TILE_OF(12) TILE_OF(11) TILE_OF(10) TILE_OF(9) TILE_OF(8) TILE_OF(7)
        TILE_OF(6) TILE_OF(5) TILE_OF(4) TILE_OF(3) TILE_OF(2) TILE_OF(1)
      }
    }
}
WITH_BFLOAT16 static void tiles_of_kept_rows(block_operands o) { all_tiles(o, ROW_PAIRS, 1); }
WITH_BFLOAT16 static void tiles_of_panels(block_operands o) { all_tiles(o, 1, TILE_ROWS); }

// How a product is cut: b into blocks of columns, those into blocks of the inner side, each packed by itself.
typedef struct {
  size_t columns, inner, width, depth;
} cut;

ALWAYS_INLINE cut cut_of(size_t columns, size_t inner) {
  return (cut){
      .columns = columns, .inner = inner, .width = block(columns, columns_of_block(inner), TILE_COLUMNS),
      .depth = block(inner, BLOCK_INNER, 2)};
}

ALWAYS_INLINE size_t pairs_of(size_t inner) { return (inner + 1) / 2; }

static void pack_block(uint32_t *packed, bfloat16_operand b, cut s, size_t column, size_t from) {
  size_t n = at_most(s.width, s.columns - column), k = at_most(s.depth, s.inner - from);
  if (b.is_transposed) pack_rows(packed, b.elements + column * b.stride + from, b.stride, n, k);
  else pack_columns(packed, b.elements + from * b.stride + column, b.stride, n, k, TILE_COLUMNS);
}

// The place of a block among all blocks, which are packed one after another.
ALWAYS_INLINE size_t place_of_block(cut s, size_t column, size_t from) {
  size_t lines = rounded_up(at_most(s.width, s.columns - column), TILE_COLUMNS);
  return column * pairs_of(s.inner) + lines * (from / 2);
}

size_t bfloat16_vectors_packed_size(size_t columns, size_t inner) {
  return rounded_up(columns, TILE_COLUMNS) * pairs_of(inner);
}

void bfloat16_vectors_pack(float *packed, bfloat16_operand b, size_t columns, size_t inner) {
  cut s = cut_of(columns, inner);
  for (size_t column = 0; column < columns; column += s.width)
    for (size_t from = 0; from < inner; from += s.depth)
      pack_block((uint32_t *)packed + place_of_block(s, column, from), b, s, column, from);
}

void bfloat16_vectors_product(
    float *c, size_t c_stride, bfloat16_operand a, bfloat16_operand b, const float *packed, const float *bias,
    size_t rows, size_t columns, size_t inner, int accumulate, float *scratch) {
  cut s = cut_of(columns, inner);
  size_t height = block(rows, BLOCK_ROWS, TILE_ROWS);
  uint32_t *block_of_a = (uint32_t *)scratch, *block_of_b = block_of_a + BLOCK_ROWS * ROW_PAIRS;
  for (size_t column = 0; column < columns; column += s.width) {
    for (size_t from = 0; from < inner; from += s.depth) {
      size_t k = at_most(s.depth, inner - from);
      if (packed == NULL) pack_block(block_of_b, b, s, column, from);
      for (size_t row = 0; row < rows; row += height) {
        size_t m = at_most(height, rows - row);
        block_operands operands = {
            .c = c + row * c_stride + column, .stride = c_stride, .a = block_of_a,
            .b = packed == NULL ? block_of_b : (const uint32_t *)packed + place_of_block(s, column, from),
            .bias = bias == NULL || from > 0 ? NULL : bias + column, .rows = m,
            .columns = at_most(s.width, columns - column), .pairs = pairs_of(k),
            .accumulate = accumulate || from > 0};
        if (a.is_transposed) {
          pack_columns(block_of_a, a.elements + from * a.stride + row, a.stride, m, k, TILE_ROWS);
          tiles_of_panels(operands);
        } else {
          keep_rows(block_of_a, a.elements + row * a.stride + from, a.stride, m, k);
          tiles_of_kept_rows(operands);
        }
      }
    }
  }
}

#else

int bfloat16_vectors_are_supported(void) { return 0; }
size_t bfloat16_vectors_packed_size(size_t columns, size_t inner) { return 0; }
void bfloat16_vectors_pack(float *packed, bfloat16_operand b, size_t columns, size_t inner) { __builtin_trap(); }
size_t bfloat16_vectors_product_scratch(size_t columns, size_t inner) { return 0; }
void bfloat16_vectors_product(
    float *c, size_t c_stride, bfloat16_operand a, bfloat16_operand b, const float *packed, const float *bias,
    size_t rows, size_t columns, size_t inner, int accumulate, float *scratch) {
  __builtin_trap();
}

#endif
