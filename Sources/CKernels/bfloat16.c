#include "bfloat16.h"

int bfloat16_kernel_is_supported(enum bfloat16_kernel kernel) {
  switch (kernel) {
    case BFLOAT16_VECTORS:
    case BFLOAT16_TILES_IN_C_BESIDE_VECTORS: return bfloat16_vectors_are_supported();
    case BFLOAT16_TILES: return tiles_are_usable();
    case BFLOAT16_TILES_IN_C: return 1;
    default: return 0;
  }
}

enum bfloat16_kernel bfloat16_best_kernel(void) {
  if (bfloat16_kernel_is_supported(BFLOAT16_TILES)) return BFLOAT16_TILES;
  return bfloat16_kernel_is_supported(BFLOAT16_VECTORS) ? BFLOAT16_VECTORS : BFLOAT16_NONE;
}

int bfloat16_is_supported(void) { return bfloat16_best_kernel() != BFLOAT16_NONE; }

ALWAYS_INLINE int has_vectors(bfloat16_method method) {
  if (!bfloat16_kernel_is_supported(method.kernel)) __builtin_trap();
  if (method.kernel != BFLOAT16_VECTORS) return 0;
  if (method.parts != 1) __builtin_trap();
  return 1;
}

size_t bfloat16_packed_size(bfloat16_method method, size_t columns, size_t inner) {
  return has_vectors(method) ? bfloat16_vectors_packed_size(columns, inner)
                             : bfloat16_tiles_packed_size(method.parts, columns, inner);
}

void bfloat16_pack(
    bfloat16_method method, float *packed, bfloat16_operand b, size_t columns, size_t inner) {
  if (has_vectors(method)) bfloat16_vectors_pack(packed, b, columns, inner);
  else bfloat16_tiles_pack(method, packed, b, columns, inner);
}

size_t bfloat16_product_scratch(bfloat16_method method, size_t columns, size_t inner) {
  return has_vectors(method) ? bfloat16_vectors_product_scratch(columns, inner)
                             : bfloat16_tiles_product_scratch(method.parts, columns, inner);
}

void bfloat16_product(
    bfloat16_method method, float *c, size_t c_stride, bfloat16_operand a, bfloat16_operand b, const float *packed,
    const float *bias, size_t rows, size_t columns, size_t inner, int accumulate, float *scratch) {
  if (has_vectors(method)) {
    bfloat16_vectors_product(c, c_stride, a, b, packed, bias, rows, columns, inner, accumulate, scratch);
    return;
  }
  bfloat16_tiles_product(method, (bfloat16_operands){
      .c = c, .c_stride = c_stride, .a = a, .b = b, .packed = packed, .bias = bias, .rows = rows,
      .columns = columns, .inner = inner, .accumulate = accumulate, .scratch = scratch});
}
