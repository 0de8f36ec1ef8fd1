// What the files of int8 products share. int8_product.c is the one to read first.
#pragma once
#include "kernels.h"
#include "versions.h"

// What is done to the integers is rounded in the same way by every instruction set, since nothing is fused.
#pragma clang fp contract(off)

// A panel holds 16 outputs side by side, four bytes of each: panel[group of four along the inner side][output][4].
#define PANEL 16
// Outputs are padded to four panels, inner sizes to what a row of a tile holds, both with zeros.
#define OUTER_STEP (4 * PANEL)
#define INNER_STEP 64

// What weights for AVX2 have beyond sums that fit into 16 bits, see int8_split.c. The remainders of vector v of eight
// outputs are those from starts[v] to starts[v + 1]; each is 32 bytes for the four inputs from its place on.
typedef struct {
  const uint32_t *starts, *places;
  const int8_t *bytes;
} int8_remainders;

// Instead of the first start: there are too many remainders, the weights are whole.
#define INT8_NOT_SPLIT UINT32_MAX

// outer, inner: without padding.
typedef struct {
  const float *scale;
  // 128 times the sum of an output's bytes.
  const int32_t *shift;
  const int8_t *bytes;
  // For AVX2.
  int8_remainders remainders;
  size_t outer, inner;
} int8_weights;

// The parts of what int8_pack has packed.
int8_weights int8_weights_of(enum int8_kernel kernel, const void *packed, size_t outer, size_t inner);

// Bytes that remainders take.
size_t int8_split_size(size_t outer, size_t inner);
int8_remainders int8_remainders_of(const void *packed, size_t outer, size_t inner);
// Splits packed weights for AVX2.
void int8_split(const int8_weights *w);

// Rounds a row to bytes, each shifted by `shift`, and fills up to `step` of them with that of zero. Returns the row's
// scale: NaN if an element is not finite, so that all outputs are NaN.
float int8_round_row(int8_t *bytes, const float *x, size_t inner, size_t step, int32_t shift);

// Bytes from one row of x to the next, and of a panel for each output.
ALWAYS_INLINE size_t int8_step(const int8_weights *w) { return rounded_up(w->inner, INNER_STEP); }

// A row of x: its scale, and the greatest output so far.
typedef struct {
  float scale, greatest;
  int32_t output;
  uint16_t excluded;
} int8_row;

// Where outputs go: to y, or if that is NULL, only the greatest of each row is kept.
typedef struct {
  float *y;
  const float *bias;
} int8_outputs;

// The outputs of `count` rows, whose bytes are in x. Those of AVX512-VNNI, AVX-VNNI and AVX2 are shifted by 128,
// those of INT8_AVX2 with whole weights are not. For tiles, the rows up to a multiple of 16 are read, too.
typedef void int8_function(
    int8_row *rows, const int8_t *x, size_t count, const int8_weights *w, const int8_outputs *to);
int8_function int8_portable_outputs, int8_tile_double_outputs;
#ifdef __aarch64__
int8_function int8_neon_outputs, int8_neon_dot_outputs;
#endif
#ifdef HAS_VERSIONS
int8_function int8_avx2_outputs, int8_avx2_whole_outputs, int8_avx_vnni_outputs;
#if WIDEST_KERNELS >= 4
#define WITH_VNNI __attribute__((target("arch=x86-64-v4,avx512vnni"), min_vector_width(512)))
int8_function int8_vnni_outputs, int8_tile_outputs;
#endif
#endif
