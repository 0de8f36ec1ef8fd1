#include "byte_dot_arm.h"
#include "int8.h"
#include "transpose.h"

// Products of weights and rows that are both rounded to bytes, each row of either with its own scale: w = s q, x = t p,
// so x . w = s t (p . q). Sums of bytes are exact, so they do not depend on the order of additions: all instruction sets
// (int8_vectors.c, int8_tiles.c) have the same results, and a row's are the same whatever the other rows are.

// Rows whose bytes are kept at once: they stay in the second-level cache.
#define BLOCK_ROWS 96
// Fewer rows would leave most of a tile empty.
#define FEWEST_ROWS_OF_TILES 16

// What all kernels have: scales, shifts and bytes.
ALWAYS_INLINE size_t common_size(size_t outer, size_t inner) {
  return rounded_up(outer, OUTER_STEP) * (2 * sizeof(float) + rounded_up(inner, INNER_STEP));
}

int8_weights int8_weights_of(enum int8_kernel kernel, const void *packed, size_t outer, size_t inner) {
  size_t columns = rounded_up(outer, OUTER_STEP);
  const float *floats = packed;
  int8_weights w = {
      .scale = floats, .shift = (const int32_t *)(floats + columns), .bytes = (const int8_t *)(floats + 2 * columns),
      .outer = outer, .inner = inner};
  if (kernel == INT8_AVX2)
    w.remainders = int8_remainders_of((const char *)packed + common_size(outer, inner), outer, inner);
  return w;
}

size_t int8_packed_size(enum int8_kernel kernel, size_t outer, size_t inner) {
  return common_size(outer, inner) + (kernel == INT8_AVX2 ? int8_split_size(outer, inner) : 0);
}

// Writes up to 16 rows as a panel.
static void pack_panel(int8_t *panel, int32_t *shift, const int8_t *const *rows, size_t count, size_t inner);
VERSIONED static void pack_panel(int8_t *panel, int32_t *shift, const int8_t *const *rows, size_t count, size_t inner) {
  int16x sums = {0};
  for (size_t i = 0; i < inner; i += INNER_STEP, panel += INNER_STEP * PANEL) {
    size_t size = inner - i < INNER_STEP ? inner - i : INNER_STEP;
    uint16x groups[PANEL];
    for (size_t o = 0; o < PANEL; ++o) {
      if (o < count && size == INNER_STEP) memcpy(&groups[o], rows[o] + i, INNER_STEP);
      else {
        memset(&groups[o], 0, INNER_STEP);
        if (o < count) memcpy(&groups[o], rows[o] + i, size);
      }
    }
    transpose_pairs(groups);
    for (size_t g = 0; g < PANEL; ++g) {
      int16x four = (int16x)groups[g];
      sums += (four << 24 >> 24) + (four << 16 >> 24) + (four << 8 >> 24) + (four >> 24);
      memcpy(panel + g * INNER_STEP, &four, INNER_STEP);
    }
  }
  sums *= 128;
  memcpy(shift, &sums, sizeof sums);
}

// Packs the rows that are listed, or if rows is NULL, the first ones.
ALWAYS_INLINE void pack(
    enum int8_kernel kernel, void *packed, const int8_t *bytes, const float *scales, const int32_t *rows, size_t outer,
    size_t inner) {
  int8_weights w = int8_weights_of(kernel, packed, outer, inner);
  size_t columns = rounded_up(outer, OUTER_STEP), step = int8_step(&w);
  float *scale = (float *)w.scale;
  for (size_t first = 0; first < columns; first += PANEL) {
    const int8_t *from[PANEL];
    size_t count = first >= outer ? 0 : outer - first < PANEL ? outer - first : PANEL;
    for (size_t o = 0; o < PANEL; ++o) {
      size_t row = o < count && rows != NULL ? (size_t)rows[first + o] : first + o;
      scale[first + o] = o < count ? scales[row] : 0;
      from[o] = bytes + row * inner;
    }
    pack_panel((int8_t *)w.bytes + first * step, (int32_t *)w.shift + first, from, count, inner);
  }
  if (kernel == INT8_AVX2) int8_split(&w);
}

void int8_pack_rows(
    enum int8_kernel kernel, void *packed, const int8_t *bytes, const float *scales, const int32_t *rows, size_t outer,
    size_t inner) {
  pack(kernel, packed, bytes, scales, rows, outer, inner);
}

void int8_pack(
    enum int8_kernel kernel, void *packed, const int8_t *bytes, const float *scales, size_t outer, size_t inner) {
  pack(kernel, packed, bytes, scales, NULL, outer, inner);
}

// The bits of the greatest magnitude; those of NaN are above those of infinity.
ALWAYS_INLINE uint32_t greatest_bits(const float *x, size_t n) {
  uint32_t lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t l = 0; l < LANES; ++l) {
      uint32_t bits;
      memcpy(&bits, x + i + l, sizeof bits);
      bits &= 0x7fffffff;
      lanes[l] = bits > lanes[l] ? bits : lanes[l];
    }
  for (; i < n; ++i) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    bits &= 0x7fffffff;
    lanes[0] = bits > lanes[0] ? bits : lanes[0];
  }
  uint32_t greatest = 0;
  for (size_t l = 0; l < LANES; ++l) greatest = lanes[l] > greatest ? lanes[l] : greatest;
  return greatest;
}

#define INFINITE_BITS 0x7f800000u
// 1e-30: below it a row counts as zeros, since 127 divided by it could overflow.
#define SMALLEST_BITS 0x0da24260u

VERSIONED float int8_round_row(int8_t *bytes, const float *x, size_t inner, size_t step, int32_t shift) {
  uint32_t bits = greatest_bits(x, inner);
  float greatest;
  memcpy(&greatest, &bits, sizeof greatest);
  int is_zero = bits < SMALLEST_BITS, is_finite = bits < INFINITE_BITS;
  float factor = is_zero || !is_finite ? 0 : 127.0f / greatest;
  if (is_finite)
    for (size_t i = 0; i < inner; ++i) bytes[i] = (int8_t)((int32_t)__builtin_rintf(x[i] * factor) + shift);
  else
    memset(bytes, shift, inner);
  memset(bytes + inner, shift, step - inner);
  return is_zero ? 0 : is_finite ? greatest / 127.0f : NAN;
}

VERSIONED int int8_round(int8_t *bytes, float *scales, const float *w, size_t outer, size_t inner) {
  for (size_t o = 0; o < outer; ++o) {
    const float *row = w + o * inner;
    uint32_t bits = greatest_bits(row, inner);
    if (bits >= INFINITE_BITS) return 0;
    float greatest, scale;
    memcpy(&greatest, &bits, sizeof greatest);
    scale = greatest == 0 ? 1 : greatest / 127.0f < 0x1p-126f ? 0x1p-126f : greatest / 127.0f;
    scales[o] = scale;
    for (size_t i = 0; i < inner; ++i) bytes[o * inner + i] = (int8_t)__builtin_rintf(row[i] / scale);
  }
  return 1;
}

int int8_kernel_is_supported(enum int8_kernel kernel) {
  switch (kernel) {
    case INT8_PORTABLE:
    case INT8_TILE_DOUBLE: return 1;
#ifdef __aarch64__
    case INT8_NEON: return WIDEST_KERNELS > 1;
    case INT8_NEON_DOT: return byte_dot_is_supported();
#endif
#ifdef HAS_VERSIONS
    case INT8_AVX2: return kernels_level() >= 3;
    case INT8_AVX_VNNI: return kernels_level() >= 3 && __builtin_cpu_supports("avxvnni");
#if WIDEST_KERNELS >= 4
    case INT8_AVX512_VNNI: return kernels_level() >= 4 && __builtin_cpu_supports("avx512vnni");
    case INT8_AMX: return int8_kernel_is_supported(INT8_AVX512_VNNI) && tiles_are_usable();
#endif
#endif
    default: return 0;
  }
}

enum int8_kernel int8_best_kernel(void) {
  static const enum int8_kernel fastest_first[] = {
      INT8_AMX, INT8_AVX512_VNNI, INT8_AVX_VNNI, INT8_AVX2, INT8_NEON_DOT, INT8_NEON};
  for (size_t i = 0; i < sizeof fastest_first / sizeof *fastest_first; ++i)
    if (int8_kernel_is_supported(fastest_first[i])) return fastest_first[i];
  return INT8_PORTABLE;
}

// The kernel for a block of rows.
ALWAYS_INLINE enum int8_kernel kernel_of_block(enum int8_kernel kernel, size_t rows) {
  if (rows >= FEWEST_ROWS_OF_TILES) return kernel;
  return kernel == INT8_AMX ? INT8_AVX512_VNNI : kernel == INT8_TILE_DOUBLE ? INT8_PORTABLE : kernel;
}

ALWAYS_INLINE int is_whole(enum int8_kernel kernel, const int8_weights *w) {
  return kernel == INT8_AVX2 && w->remainders.starts[0] == INT8_NOT_SPLIT;
}

ALWAYS_INLINE int is_shifted(enum int8_kernel kernel, const int8_weights *w) {
  return kernel == INT8_AVX512_VNNI || kernel == INT8_AVX_VNNI || (kernel == INT8_AVX2 && !is_whole(kernel, w));
}

ALWAYS_INLINE int8_function *function_of(enum int8_kernel kernel, const int8_weights *w) {
  switch (kernel) {
#ifdef __aarch64__
    case INT8_NEON: return int8_neon_outputs;
    case INT8_NEON_DOT: return int8_neon_dot_outputs;
#endif
#ifdef HAS_VERSIONS
#if WIDEST_KERNELS >= 4
    case INT8_AMX: return int8_tile_outputs;
    case INT8_AVX512_VNNI: return int8_vnni_outputs;
#endif
    case INT8_AVX_VNNI: return int8_avx_vnni_outputs;
    case INT8_AVX2: return is_whole(kernel, w) ? int8_avx2_whole_outputs : int8_avx2_outputs;
#endif
    case INT8_TILE_DOUBLE: return int8_tile_double_outputs;
    default: return int8_portable_outputs;
  }
}

ALWAYS_INLINE size_t rows_of_block(size_t rows) { return rows < BLOCK_ROWS ? rows : BLOCK_ROWS; }

size_t int8_scratch(size_t rows, size_t inner) {
  return rows_of_block(rows) * sizeof(int8_row) +
         rounded_up(rows_of_block(rows), 16) * rounded_up(inner, INNER_STEP);
}

static void outputs_of_block(
    enum int8_kernel kernel, int8_row *rows, int8_t *bytes, const float *x, size_t count, const int8_weights *w,
    const int8_outputs *to) {
  size_t step = int8_step(w);
  kernel = kernel_of_block(kernel, count);
  int32_t shift = is_shifted(kernel, w) ? 128 : 0;
  for (size_t r = 0; r < count; ++r)
    rows[r].scale = int8_round_row(bytes + r * step, x + r * w->inner, w->inner, step, shift);
  if (kernel == INT8_AMX || kernel == INT8_TILE_DOUBLE)
    memset(bytes + count * step, 0, (rounded_up(count, 16) - count) * step);
  function_of(kernel, w)(rows, bytes, count, w, to);
}

void int8_product(
    enum int8_kernel kernel, float *y, const float *x, const void *packed, const float *bias, size_t rows,
    size_t outer, size_t inner, void *scratch) {
  int8_weights w = int8_weights_of(kernel, packed, outer, inner);
  int8_row *kept = scratch;
  int8_t *bytes = (int8_t *)(kept + rows_of_block(rows));
  for (size_t first = 0; first < rows; first += BLOCK_ROWS) {
    int8_outputs to = {.y = y + first * outer, .bias = bias};
    outputs_of_block(kernel, kept, bytes, x + first * inner, rows_of_block(rows - first), &w, &to);
  }
}

void int8_best(
    enum int8_kernel kernel, int32_t *best, const float *x, const void *packed, const float *bias, size_t rows,
    size_t outer, size_t inner, const uint16_t *excluded, void *scratch) {
  int8_weights w = int8_weights_of(kernel, packed, outer, inner);
  int8_row *kept = scratch;
  int8_t *bytes = (int8_t *)(kept + rows_of_block(rows));
  int8_outputs none = {.y = NULL, .bias = bias};
  for (size_t first = 0; first < rows; first += BLOCK_ROWS) {
    size_t count = rows_of_block(rows - first);
    for (size_t r = 0; r < count; ++r)
      kept[r] = (int8_row){.greatest = -INFINITY, .output = -1, .excluded = excluded[first + r]};
    outputs_of_block(kernel, kept, bytes, x + first * inner, count, &w, &none);
    for (size_t r = 0; r < count; ++r) best[first + r] = isfinite(kept[r].greatest) ? kept[r].output : -1;
  }
}
