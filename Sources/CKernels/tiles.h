// Tiles: eight registers of 16 rows of 64 bytes, and products of two of them added to a third (Intel AMX).
//
// Each function exists twice: tile_..._amx is the instruction, tile_..._c does the same arithmetic in plain C on a
// tile_set in memory, so that the code around the tiles (packing, edges, loops) is tested on every machine. That code is
// written once, in a header that calls TILE(load)(…) and is included with
//     #define TILE(NAME) tile_##NAME##_amx    in functions that are WITH_TILES, where HAS_TILES is defined
//     #define TILE(NAME) tile_##NAME##_c      everywhere
// Tile numbers (0 to 7) are constants at every call, since the instructions contain them. The functions of the
// instructions do not use the tile_set, which may be NULL.
#pragma once
#include <float.h>

#include "kernels.h"
#include "versions.h"

#define TILE_SIDE 16
#define TILE_LINE_BYTES 64
#define TILE_BYTES (TILE_SIDE * TILE_LINE_BYTES)

// The registers of tile_..._c.
typedef struct {
  _Alignas(64) uint8_t bytes[8][TILE_BYTES];
} tile_set;

#if defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4 && __has_include(<amxintrin.h>)
#define HAS_TILES
#include <immintrin.h>

// Every processor with these tiles has these vectors.
#define TILE_TARGETS \
  "amx-tile,amx-bf16,amx-int8,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx512vnni"
#define WITH_TILES __attribute__((target(TILE_TARGETS), min_vector_width(512)))
#define INLINE_WITH_TILES static inline __attribute__((always_inline, target(TILE_TARGETS)))

// A tile's number is part of its instruction.
#define FOR_CONSTANT_TILE(TILE, CALL) \
  switch (TILE) { \
    case 0: CALL(0); break; \
    case 1: CALL(1); break; \
    case 2: CALL(2); break; \
    case 3: CALL(3); break; \
    case 4: CALL(4); break; \
    case 5: CALL(5); break; \
    case 6: CALL(6); break; \
    case 7: CALL(7); break; \
  }

// What ldtilecfg reads.
typedef struct {
  _Alignas(64) uint8_t palette;
  uint8_t start_row, reserved[14];
  uint16_t line_bytes[16];
  uint8_t lines[16];
} tile_configuration;

// Makes the thread's tiles 16 x 64 bytes each, all zeros. Configuration and contents belong to the thread; a function
// that uses tiles configures them when it begins and releases them when it ends, two instructions for thousands.
// Between the two the system saves 8 KiB more whenever it interrupts the thread.
INLINE_WITH_TILES void tile_configure_amx(tile_set *set) {
  static const tile_configuration all = {
      .palette = 1, .line_bytes = {64, 64, 64, 64, 64, 64, 64, 64}, .lines = {16, 16, 16, 16, 16, 16, 16, 16}};
  _tile_loadconfig(&all);
}
INLINE_WITH_TILES void tile_release_amx(tile_set *set) { _tile_release(); }

INLINE_WITH_TILES void tile_zero_amx(tile_set *set, const int tile) {
#define CALL(TILE) _tile_zero(TILE)
  FOR_CONSTANT_TILE(tile, CALL)
#undef CALL
}

// The stride is the distance in bytes from one row in memory to the next; 0 reads the same row sixteen times.
INLINE_WITH_TILES void tile_load_amx(tile_set *set, const int tile, const void *from, size_t stride) {
#define CALL(TILE) _tile_loadd(TILE, from, stride)
  FOR_CONSTANT_TILE(tile, CALL)
#undef CALL
}
INLINE_WITH_TILES void tile_store_amx(tile_set *set, const int tile, void *to, size_t stride) {
#define CALL(TILE) _tile_stored(TILE, to, stride)
  FOR_CONSTANT_TILE(tile, CALL)
#undef CALL
}

// Products are of tiles 4 or 5 by 6 or 7 to tiles 0 to 3: a block of 2 x 2 sums, which reads four tiles for four
// products. Fewer sums would read more per product and wait for each other's results.
#define FOR_CONSTANT_PRODUCT(TO, A, B, CALL) \
  switch ((TO) * 4 + ((A) - 4) * 2 + (B) - 6) { \
    case 0: CALL(0, 4, 6); break; \
    case 1: CALL(0, 4, 7); break; \
    case 2: CALL(0, 5, 6); break; \
    case 3: CALL(0, 5, 7); break; \
    case 4: CALL(1, 4, 6); break; \
    case 5: CALL(1, 4, 7); break; \
    case 6: CALL(1, 5, 6); break; \
    case 7: CALL(1, 5, 7); break; \
    case 8: CALL(2, 4, 6); break; \
    case 9: CALL(2, 4, 7); break; \
    case 10: CALL(2, 5, 6); break; \
    case 11: CALL(2, 5, 7); break; \
    case 12: CALL(3, 4, 6); break; \
    case 13: CALL(3, 4, 7); break; \
    case 14: CALL(3, 5, 6); break; \
    case 15: CALL(3, 5, 7); break; \
  }

INLINE_WITH_TILES void tile_dot_bfloat16_amx(tile_set *set, const int to, const int a, const int b) {
  FOR_CONSTANT_PRODUCT(to, a, b, _tile_dpbf16ps)
}
INLINE_WITH_TILES void tile_dot_bytes_amx(tile_set *set, const int to, const int a, const int b) {
  FOR_CONSTANT_PRODUCT(to, a, b, _tile_dpbssd)
}
#endif

// Too long to be repeated at each of their many calls.
#define TILE_FUNCTION static __attribute__((noinline, unused))

ALWAYS_INLINE void tile_configure_c(tile_set *set) { memset(set, 0, sizeof *set); }
ALWAYS_INLINE void tile_release_c(tile_set *set) {}
ALWAYS_INLINE void tile_zero_c(tile_set *set, const int tile) { memset(set->bytes[tile], 0, TILE_BYTES); }
ALWAYS_INLINE void tile_load_c(tile_set *set, const int tile, const void *from, size_t stride) {
  for (size_t r = 0; r < TILE_SIDE; ++r)
    memcpy(set->bytes[tile] + r * TILE_LINE_BYTES, (const uint8_t *)from + r * stride, TILE_LINE_BYTES);
}
ALWAYS_INLINE void tile_store_c(tile_set *set, const int tile, void *to, size_t stride) {
  for (size_t r = 0; r < TILE_SIDE; ++r)
    memcpy((uint8_t *)to + r * stride, set->bytes[tile] + r * TILE_LINE_BYTES, TILE_LINE_BYTES);
}

// Numbers too small for a normal float count as zero, before and after each operation.
ALWAYS_INLINE float tile_flushed(float x) { return fabsf(x) < FLT_MIN ? copysignf(0.0f, x) : x; }
ALWAYS_INLINE float tile_float_of(uint16_t bfloat16) {
  union { uint32_t bits; float value; } x = {.bits = (uint32_t)bfloat16 << 16};
  return tile_flushed(x.value);
}

// to[r][c] += the sum over 32 elements i of a[r][i] * b[i][c], a's elements in rows, b's in pairs: b is
// [16 pairs][16 columns][2]. As Intel's manual defines TDPBF16PS: even and odd elements are summed separately, each from
// zero, first to last, with fused multiply-add; then even + odd, then the result is added to `to`. All of it rounds to
// nearest even and flushes denormal numbers, whatever the processor's mode is.
//
// A product of two bfloat16 has 16 significant bits. Added to a float in double precision and rounded to float, it is
// what a fused multiply-add gives: the sum is either exact in double precision or far from the middle of two floats.
TILE_FUNCTION void tile_dot_bfloat16_c(tile_set *set, const int to, const int a, const int b) {
  float even_b[TILE_SIDE][TILE_SIDE], odd_b[TILE_SIDE][TILE_SIDE];
  for (size_t k = 0; k < TILE_SIDE; ++k) {
    uint16_t line[2 * TILE_SIDE];
    memcpy(line, set->bytes[b] + k * TILE_LINE_BYTES, sizeof line);
    for (size_t c = 0; c < TILE_SIDE; ++c) {
      even_b[k][c] = tile_float_of(line[2 * c]);
      odd_b[k][c] = tile_float_of(line[2 * c + 1]);
    }
  }
  for (size_t r = 0; r < TILE_SIDE; ++r) {
    float even[TILE_SIDE] = {0}, odd[TILE_SIDE] = {0}, sums[TILE_SIDE];
    uint16_t line[2 * TILE_SIDE];
    memcpy(line, set->bytes[a] + r * TILE_LINE_BYTES, sizeof line);
    for (size_t k = 0; k < TILE_SIDE; ++k) {
      double even_a = tile_float_of(line[2 * k]), odd_a = tile_float_of(line[2 * k + 1]);
      for (size_t c = 0; c < TILE_SIDE; ++c) {
        even[c] = tile_flushed((float)(even_a * even_b[k][c] + even[c]));
        odd[c] = tile_flushed((float)(odd_a * odd_b[k][c] + odd[c]));
      }
    }
    uint8_t *row = set->bytes[to] + r * TILE_LINE_BYTES;
    memcpy(sums, row, sizeof sums);
    for (size_t c = 0; c < TILE_SIDE; ++c)
      sums[c] = tile_flushed(tile_flushed(sums[c]) + tile_flushed(even[c] + odd[c]));
    memcpy(row, sums, sizeof sums);
  }
}

// to[r][c] += the sum over 64 elements i of a[r][i] * b[i][c], signed bytes and 32-bit sums that wrap around (TDPBSSD).
// a's elements are in rows, b's in fours: b is [16 fours][16 columns][4].
TILE_FUNCTION void tile_dot_bytes_c(tile_set *set, const int to, const int a, const int b) {
  for (size_t r = 0; r < TILE_SIDE; ++r) {
    uint32_t sums[TILE_SIDE];
    uint8_t *row = set->bytes[to] + r * TILE_LINE_BYTES;
    memcpy(sums, row, sizeof sums);
    for (size_t k = 0; k < TILE_SIDE; ++k) {
      const int8_t *left = (const int8_t *)set->bytes[a] + r * TILE_LINE_BYTES + 4 * k;
      const int8_t *right = (const int8_t *)set->bytes[b] + k * TILE_LINE_BYTES;
      for (size_t c = 0; c < TILE_SIDE; ++c)
        sums[c] += (uint32_t)(
            left[0] * right[4 * c] + left[1] * right[4 * c + 1] + left[2] * right[4 * c + 2] +
            left[3] * right[4 * c + 3]);
    }
    memcpy(row, sums, sizeof sums);
  }
}
