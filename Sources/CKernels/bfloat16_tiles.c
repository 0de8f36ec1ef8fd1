#include "bfloat16.h"
#include "tiles.h"
#include "transpose.h"

// Products of bfloat16 by tiles: 16 rows of 32 elements of a, 32 elements of 16 columns of b, 16 x 16 sums. The loops
// are in bfloat16_tiles.h, included here for the processor's tiles and for those in C.
//
// Both factors are rounded, padded with zeros to whole tiles and put in the order in which they are read. A unit is 16
// lines (rows of a or columns of b) by 32 elements along the inner side. a: [16 rows][32 elements], one tile; those of a
// row of tiles follow each other along the inner side. b: in panels of 32 columns, two units side by side,
// [16 pairs][32 columns][2]. With three parts, the same units of all parts follow each other.

#define UNIT_INNER 32
#define PANEL_COLUMNS 32

// A panel of b is read for each 32 rows of a block of a, from the first or second-level cache; a block of a is read for
// each panel, from the second-level cache, which has 2 MiB where there are tiles. Blocks of the inner side are so long
// that sums are written rarely: with shorter ones, of which a panel would fit into the first level, writing them would
// take longer than is gained.
#define BLOCK_A_BYTES (768 << 10)
#define MOST_ROWS 512
#define BLOCK_B_BYTES (4 << 20)
ALWAYS_INLINE size_t deepest(int parts) { return parts == 1 ? 2048 : 1024; }

// How a product is cut: b into blocks of columns, those into blocks of the inner side, each packed by itself.
typedef struct {
  size_t columns, inner, width, depth;
  size_t rows;
} tile_cut;

ALWAYS_INLINE size_t bytes_of_line(int parts, size_t inner) {
  return rounded_up(inner, UNIT_INNER) * sizeof(uint16_t) * (size_t)parts;
}

ALWAYS_INLINE tile_cut tile_cut_of(int parts, size_t columns, size_t inner) {
  size_t line = bytes_of_line(parts, at_most(inner, deepest(parts)));
  size_t most_columns = BLOCK_B_BYTES / line / PANEL_COLUMNS * PANEL_COLUMNS;
  size_t most_rows = BLOCK_A_BYTES / line / (2 * TILE_SIDE) * (2 * TILE_SIDE);
  return (tile_cut){
      .columns = columns, .inner = inner, .width = block(columns, most_columns, PANEL_COLUMNS),
      .depth = block(inner, deepest(parts), UNIT_INNER), .rows = at_most(most_rows, MOST_ROWS)};
}

// The place of a block of b among all blocks, which are packed one after another.
ALWAYS_INLINE size_t place_of_tiles(tile_cut s, int parts, size_t column, size_t from) {
  size_t lines = rounded_up(at_most(s.width, s.columns - column), PANEL_COLUMNS);
  return column * bytes_of_line(parts, s.inner) + lines * bytes_of_line(parts, from);
}

size_t bfloat16_tiles_packed_size(int parts, size_t columns, size_t inner) {
  return rounded_up(columns, PANEL_COLUMNS) * bytes_of_line(parts, inner) / sizeof(float);
}

size_t bfloat16_tiles_product_scratch(int parts, size_t columns, size_t inner) {
  tile_cut s = tile_cut_of(parts, columns, inner);
  return (s.rows + s.width) * bytes_of_line(parts, s.depth) / sizeof(float);
}

// The first of 16 floats that are there, and zeros.
ALWAYS_INLINE void load_present(float16 *to, const float *from, ptrdiff_t left) {
  if (left >= LANES) return load16(to, from);
  *to = (float16){0};
  if (left > 0) memcpy(to, from, (size_t)left * sizeof(float));
}

ALWAYS_INLINE void transpose_unit(uint8_t *to, size_t step, const uint32_t *from) {
  uint16x r[16];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 16; ++i) memcpy(&r[i], from + 16 * i, sizeof r[i]);
  transpose_pairs(r);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 16; ++i) memcpy(to + i * step, &r[i], sizeof r[i]);
}

// To nearest, ties to even, as the processors' instruction does it: denormal numbers become zero, NaN stays NaN.
ALWAYS_INLINE uint32_t rounded_bits(uint32_t x) {
  uint32_t magnitude = x & 0x7fffffff;
  uint32_t nearest = (x + 0x7fff + (x >> 16 & 1)) & 0xffff0000;
  uint32_t other = magnitude > 0x7f800000 ? (x & 0xffff0000) | 0x400000 : x & 0x80000000;
  return magnitude > 0x7f800000 || magnitude < 0x800000 ? other : nearest;
}

// Splits 16 floats and 16 more into their parts, 32 bfloat16 each; interleaved: in pairs of both.
ALWAYS_INLINE void split_c(
    uint8_t *to, size_t part_step, const float16 *low, const float16 *high, const int parts,
    const int interleaved) {
  float rests[2][LANES];
  memcpy(rests[0], low, sizeof rests[0]);
  memcpy(rests[1], high, sizeof rests[1]);
  for (int part = 0; part < parts; ++part) {
    uint16_t rounded[2 * LANES];
    for (size_t half = 0; half < 2; ++half)
      for (size_t l = 0; l < LANES; ++l) {
        union { float value; uint32_t bits; } x = {.value = rests[half][l]};
        x.bits = rounded_bits(x.bits);
        rounded[interleaved ? 2 * l + half : half * LANES + l] = (uint16_t)(x.bits >> 16);
        rests[half][l] -= x.value;
      }
    memcpy(to + (size_t)part * part_step, rounded, sizeof rounded);
  }
}

#define NAMED(NAME) NAME##_in_c
#define TILE(NAME) tile_##NAME##_c
#define SPLIT split_c
#define FUNCTION static __attribute__((noinline))
#define INLINE ALWAYS_INLINE
#include "bfloat16_tiles.h"

#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
#include <immintrin.h>

#define VECTOR_TARGETS "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"

__attribute__((always_inline, target(VECTOR_TARGETS))) static inline void split_by_vectors(
    uint8_t *to, size_t part_step, const float16 *low, const float16 *high, const int parts,
    const int interleaved) {
  static const uint16_t order[2 * LANES] = {0, 16, 1, 17, 2,  18, 3,  19, 4,  20, 5,  21, 6,  22, 7,  23,
                                            8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
  __m512 first = _mm512_loadu_ps(low), second = _mm512_loadu_ps(high);
#pragma clang loop unroll(full)
  for (int part = 0; part < parts; ++part) {
    __m512i rounded = (__m512i)_mm512_cvtne2ps_pbh(second, first);
    _mm512_storeu_si512(
        to + (size_t)part * part_step,
        interleaved ? _mm512_permutexvar_epi16(_mm512_loadu_si512(order), rounded) : rounded);
    if (part + 1 == parts) break;
    __m512i one = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(rounded));
    __m512i other = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(rounded, 1));
    first = _mm512_sub_ps(first, (__m512)_mm512_slli_epi32(one, 16));
    second = _mm512_sub_ps(second, (__m512)_mm512_slli_epi32(other, 16));
  }
}

#define NAMED(NAME) NAME##_beside_vectors
#define TILE(NAME) tile_##NAME##_c
#define SPLIT split_by_vectors
#define FUNCTION __attribute__((noinline, target(VECTOR_TARGETS), min_vector_width(512))) static
#define INLINE static inline __attribute__((always_inline, target(VECTOR_TARGETS)))
#include "bfloat16_tiles.h"
#endif

#ifdef HAS_TILES
#define NAMED(NAME) NAME##_by_tiles
#define TILE(NAME) tile_##NAME##_amx
#define SPLIT split_by_vectors
#define FUNCTION __attribute__((noinline)) WITH_TILES static
#define INLINE INLINE_WITH_TILES
#include "bfloat16_tiles.h"
#endif

void bfloat16_tiles_pack(
    bfloat16_method method, float *packed, bfloat16_operand b, size_t columns, size_t inner) {
  switch (method.kernel) {
#ifdef HAS_TILES
    case BFLOAT16_TILES: return pack_all_by_tiles(packed, b, columns, inner, method.parts);
#endif
#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
    case BFLOAT16_TILES_IN_C_BESIDE_VECTORS:
      return pack_all_beside_vectors(packed, b, columns, inner, method.parts);
#endif
    default: return pack_all_in_c(packed, b, columns, inner, method.parts);
  }
}

void bfloat16_tiles_product(bfloat16_method method, bfloat16_operands operands) {
  switch (method.kernel) {
#ifdef HAS_TILES
    case BFLOAT16_TILES: return multiply_by_tiles(operands, method.parts);
#endif
#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
    case BFLOAT16_TILES_IN_C_BESIDE_VECTORS: return multiply_beside_vectors(operands, method.parts);
#endif
    default: return multiply_in_c(operands, method.parts);
  }
}
