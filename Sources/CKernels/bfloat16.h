// The kernels among which bfloat16.c chooses.
#pragma once
#include "kernels.h"
#include "versions.h"

ALWAYS_INLINE size_t at_most(size_t n, size_t limit) { return n < limit ? n : limit; }

// The length of the first of the fewest nearly equal blocks that cover n.
ALWAYS_INLINE size_t block(size_t n, size_t most, size_t step) {
  size_t blocks = n > most ? (n + most - 1) / most : 1;
  return rounded_up((n + blocks - 1) / blocks, step);
}

// ---- bfloat16_vectors.c: AVX512-BF16 ----

int bfloat16_vectors_are_supported(void);
size_t bfloat16_vectors_packed_size(size_t columns, size_t inner);
void bfloat16_vectors_pack(float *packed, bfloat16_operand b, size_t columns, size_t inner);
size_t bfloat16_vectors_product_scratch(size_t columns, size_t inner);
void bfloat16_vectors_product(
    float *c, size_t c_stride, bfloat16_operand a, bfloat16_operand b, const float *packed, const float *bias,
    size_t rows, size_t columns, size_t inner, int accumulate, float *scratch);

// ---- bfloat16_tiles.c: AMX, and its double ----

// All of a product's operands, as bfloat16_product has them.
typedef struct {
  float *c;
  size_t c_stride;
  bfloat16_operand a, b;
  const float *packed, *bias;
  size_t rows, columns, inner;
  int accumulate;
  float *scratch;
} bfloat16_operands;

size_t bfloat16_tiles_packed_size(int parts, size_t columns, size_t inner);
size_t bfloat16_tiles_product_scratch(int parts, size_t columns, size_t inner);
void bfloat16_tiles_pack(bfloat16_method method, float *packed, bfloat16_operand b, size_t columns, size_t inner);
void bfloat16_tiles_product(bfloat16_method method, bfloat16_operands operands);
