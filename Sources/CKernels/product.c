#include "kernels.h"
#include "versions.h"

// A panel holds 32 outputs side by side, packed[panel][i][32]: two vectors, called columns here. A tile is a few rows
// by a few columns with all its sums in registers. Every element is one sum over i in ascending order, whatever the
// tile: that is the guarantee. The code says explicitly whether multiplication and addition are fused, since a compiler
// could decide differently for each tile.

#define PANEL (2 * LANES)

size_t product_packed_size(size_t outer, size_t inner) { return (outer + PANEL - 1) / PANEL * PANEL * inner; }

// Writes 4 columns of 4 rows of w as 4 rows of a panel. A compiler would read each column by itself, whose rows are so far
// apart that they push each other out of the cache.
ALWAYS_INLINE void pack_block(float *panel, const float *const *w, size_t column) {
  typedef float float4 __attribute__((ext_vector_type(4)));
  float4 rows[4], pairs[4], columns[4];
  for (int r = 0; r < 4; ++r) memcpy(&rows[r], w[r] + column, sizeof rows[r]);
  for (int r = 0; r < 4; r += 2) {
    pairs[r] = __builtin_shufflevector(rows[r], rows[r + 1], 0, 4, 1, 5);
    pairs[r + 1] = __builtin_shufflevector(rows[r], rows[r + 1], 2, 6, 3, 7);
  }
  for (int c = 0; c < 4; c += 2) {
    columns[c] = __builtin_shufflevector(pairs[c / 2], pairs[c / 2 + 2], 0, 1, 4, 5);
    columns[c + 1] = __builtin_shufflevector(pairs[c / 2], pairs[c / 2 + 2], 2, 3, 6, 7);
  }
  for (int c = 0; c < 4; ++c) memcpy(panel + c * PANEL, &columns[c], sizeof columns[c]);
}

// Packs the rows of w that are listed, or if rows is NULL, the first ones.
ALWAYS_INLINE void pack(float *packed, const float *w, const int32_t *rows, size_t outer, size_t inner) {
  for (size_t first = 0; first < outer; first += PANEL, packed += PANEL * inner) {
    const float *from[PANEL];
    size_t count = outer - first < PANEL ? outer - first : PANEL;
    for (size_t o = 0; o < count; ++o) from[o] = w + (rows == NULL ? first + o : (size_t)rows[first + o]) * inner;
    // Whole cache lines of whole panels in blocks, then the rest one by one.
    size_t done = count == PANEL ? inner / LANES * LANES : 0;
    for (size_t i = 0; i < done; i += LANES)
      for (size_t o = 0; o < PANEL; o += 4)
        for (size_t c = i; c < i + LANES; c += 4) pack_block(packed + c * PANEL + o, from + o, c);
    for (size_t i = done; i < inner; ++i)
      for (size_t o = 0; o < PANEL; ++o) packed[i * PANEL + o] = o < count ? from[o][i] : 0;
  }
}

void product_pack(float *packed, const float *w, size_t outer, size_t inner) { pack(packed, w, NULL, outer, inner); }

void product_pack_rows(float *packed, const float *w, const int32_t *rows, size_t outer, size_t inner) {
  pack(packed, w, rows, outer, inner);
}

typedef struct {
  float *y;
  const float *x, *packed, *bias;
  size_t outer, inner;
} product;

// height and width are constants wherever this is inlined, so the loops over them vanish. A width above 1 is even, and
// so is its first column. Rows of y are `stride` floats apart.
ALWAYS_INLINE void whole_tile(
    float *y, size_t stride, const float *x, const float *w, const float *bias, size_t inner, const int height,
    const int width, const int fused) {
  float16 sums[8][8], weights[8];
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < width; ++c) load16(&sums[r][c], bias + c * LANES);
  for (size_t i = 0; i < inner; ++i) {
#pragma clang loop unroll(full)
    for (int c = 0; c < width; ++c) load16(&weights[c], w + (c / 2 * inner + i) * PANEL + c % 2 * LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      float16 factor = x[r * inner + i] - (float16){0};
#pragma clang loop unroll(full)
      for (int c = 0; c < width; ++c)
        sums[r][c] = fused ? __builtin_elementwise_fma(factor, weights[c], sums[r][c])
                           : sums[r][c] + factor * weights[c];
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < height; ++r)
#pragma clang loop unroll(full)
    for (int c = 0; c < width; ++c) store16(y + r * stride + c * LANES, &sums[r][c]);
}

ALWAYS_INLINE void tile(
    const product *p, size_t row, size_t column, const int height, const int width, const int fused) {
  static const float no_bias[8 * LANES];
  size_t first = column * LANES, inner = p->inner, count = p->outer - first;
  const float *x = p->x + row * inner, *w = p->packed + column / 2 * PANEL * inner + column % 2 * LANES;
  float *y = p->y + row * p->outer + first;
  if (width > 1 || count >= LANES) {
    whole_tile(y, p->outer, x, w, p->bias != NULL ? p->bias + first : no_bias, inner, height, width, fused);
  } else {
    // The last column may be narrower than a vector.
    float bias[LANES] = {0}, part[8 * LANES];
    if (p->bias != NULL) memcpy(bias, p->bias + first, count * sizeof(float));
    whole_tile(part, LANES, x, w, bias, inner, height, width, fused);
    for (int r = 0; r < height; ++r) memcpy(y + r * p->outer, part + r * LANES, count * sizeof(float));
  }
}

// Rows in tiles of nearly equal height, since a low tile has too few sums to keep the multipliers busy.
ALWAYS_INLINE void stack_of_tiles(
    const product *p, size_t rows, size_t column, const int tallest, const int width, const int fused) {
  size_t tiles = (rows + tallest - 1) / tallest;
  for (size_t row = 0; tiles > 0; --tiles) {
    size_t height = (rows - row + tiles - 1) / tiles;
    switch (height) {
    case 1: tile(p, row, column, 1, width, fused); break;
    case 2: if (tallest >= 2) tile(p, row, column, 2, width, fused); break;
    case 3: if (tallest >= 3) tile(p, row, column, 3, width, fused); break;
    case 4: if (tallest >= 4) tile(p, row, column, 4, width, fused); break;
    case 5: if (tallest >= 5) tile(p, row, column, 5, width, fused); break;
    case 6: if (tallest >= 6) tile(p, row, column, 6, width, fused); break;
    case 7: if (tallest >= 7) tile(p, row, column, 7, width, fused); break;
    case 8: if (tallest >= 8) tile(p, row, column, 8, width, fused); break;
    }
    row += height;
  }
}

// The last columns, fewer than a tile is wide, one by one.
ALWAYS_INLINE void all_tiles(const product *p, size_t rows, const int tallest, const int width, const int fused) {
  size_t column = 0;
  for (; (column + width) * LANES <= p->outer; column += width)
    stack_of_tiles(p, rows, column, tallest, width, fused);
  for (; column * LANES < p->outer; ++column) stack_of_tiles(p, rows, column, tallest, 1, fused);
}

// The shape of a tile that fills the registers: `tallest` rows by `width` columns. Few rows, at most `low`, take more
// columns, for as many independent sums.
ALWAYS_INLINE void product_by_tiles(
    const product *p, size_t rows, const int tallest, const int low, const int width, const int fused) {
  if (rows == 1) all_tiles(p, rows, 1, 4 * width, fused);
  else if (rows <= (size_t)low) all_tiles(p, rows, low, 2 * width, fused);
  else all_tiles(p, rows, tallest, width, fused);
}

#define PARAMETERS \
  float *y, const float *x, const float *packed, const float *bias, size_t rows, size_t outer, size_t inner
#define OPERANDS &(product){.y = y, .x = x, .packed = packed, .bias = bias, .outer = outer, .inner = inner}

#if defined(__FMA__) || defined(__aarch64__)
#define FUSED 1
#else
#define FUSED 0
#endif

// Not VERSIONED, since the number of registers decides the tile: 32 of 16 floats, 16 of 8, or of 4 floats, 32 on arm64
// and 16 elsewhere.
#ifdef __aarch64__
#define PORTABLE_TALLEST 6
// 3 rows by 2 columns and their weights would be 33 registers.
#define PORTABLE_LOW 2
#else
#define PORTABLE_TALLEST 3
#define PORTABLE_LOW 3
#endif
#ifdef HAS_VERSIONS
#if WIDEST_KERNELS >= 4
__attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static void product_v4(PARAMETERS) {
  product_by_tiles(OPERANDS, rows, 8, 3, 2, 1);
}
#endif
__attribute__((target("arch=x86-64-v3"))) static void product_v3(PARAMETERS) {
  product_by_tiles(OPERANDS, rows, 6, 3, 1, 1);
}
#endif
static void product_portable(PARAMETERS) {
  product_by_tiles(OPERANDS, rows, PORTABLE_TALLEST, PORTABLE_LOW, 1, FUSED);
}

void product_packed(PARAMETERS) {
  switch (kernels_level()) {
#ifdef HAS_VERSIONS
#if WIDEST_KERNELS >= 4
    case 4: return product_v4(y, x, packed, bias, rows, outer, inner);
#endif
    case 3: return product_v3(y, x, packed, bias, rows, outer, inner);
#endif
    default: return product_portable(y, x, packed, bias, rows, outer, inner);
  }
}
