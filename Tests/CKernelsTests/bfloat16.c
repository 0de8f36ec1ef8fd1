#include "checks.h"

/// To nearest, to even if there are two.
static double rounded(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000u;
  memcpy(&x, &bits, sizeof x);
  return x;
}

typedef struct { int a_is_transposed, b_is_transposed, is_packed, has_bias, accumulates; } form;

/// rows × columns numbers at a stride, as they are or as their transpose.
static bfloat16_operand random_operand(size_t rows, size_t columns, int is_transposed) {
  size_t lines = is_transposed ? columns : rows, stride = (is_transposed ? rows : columns) + 3;
  return (bfloat16_operand){random_floats(lines * stride, 1), stride, is_transposed};
}

static double element(bfloat16_operand m, size_t row, size_t column, int parts) {
  float x = m.elements[m.is_transposed ? column * m.stride + row : row * m.stride + column];
  return parts == 1 ? rounded(x) : x;
}

static void check(bfloat16_method method, size_t rows, size_t columns, size_t inner, form f) {
  begin_case(
      "bfloat16_product, kernel %d, parts %d, rows %zu, columns %zu, inner %zu, transposed %d %d, packed %d, bias %d, accumulates %d",
      method.kernel, method.parts, rows, columns, inner, f.a_is_transposed, f.b_is_transposed, f.is_packed, f.has_bias, f.accumulates);
  size_t stride = columns + 2;
  bfloat16_operand a = random_operand(rows, inner, f.a_is_transposed);
  bfloat16_operand b = random_operand(inner, columns, f.b_is_transposed);
  float *bias = f.has_bias ? random_floats(columns, 1) : NULL;
  float *c = f.accumulates ? random_floats(rows * stride, 1) : new_floats(rows * stride);
  float *before = copied_floats(c, rows * stride);
  double *expected = new_doubles(columns), *allowed = new_doubles(columns);
  float *packed = NULL, *scratch = new_floats(bfloat16_product_scratch(method, columns, inner));
  if (f.is_packed) {
    packed = new_floats(bfloat16_packed_size(method, columns, inner));
    bfloat16_pack(method, packed, b, columns, inner);
  }
  bfloat16_product(
      method, c, stride, a, f.is_packed ? (bfloat16_operand){0} : b, packed, bias, rows, columns, inner, f.accumulates,
      scratch);
  for (size_t r = 0; r < rows; ++r) {
    for (size_t o = 0; o < columns; ++o) {
      double of_bias = bias ? bias[o] : 0, of_c = f.accumulates ? before[r * stride + o] : 0;
      double sum = of_bias + of_c, magnitude = fabs(of_bias) + fabs(of_c);
      for (size_t i = 0; i < inner; ++i) {
        double term = element(a, r, i, method.parts) * element(b, i, o, method.parts);
        sum += term;
        magnitude += fabs(term);
      }
      expected[o] = sum;
      allowed[o] = 5e-7 * magnitude;
    }
    expect_within("a row of c", c + r * stride, expected, allowed, columns);
    expect_same("floats between rows of c", c + r * stride + columns, before + r * stride + columns, 2);
  }
}

static void check_method(bfloat16_method method) {
  static const size_t rows[] = {1, 11, 12, 13, 17}, columns[] = {1, 15, 16, 17, 32, 33, 100};
  static const size_t inner[] = {1, 2, 15, 17, 33, 64};
  unsigned number = 0;
  EACH(size_t, r, rows)
    EACH(size_t, c, columns)
      EACH(size_t, i, inner) {
        ++number;
        check(
            method, r, c, i,
            (form){number & 1, number >> 1 & 1, number >> 2 & 1, number >> 3 & 1, number >> 4 & 1});
      }
  for (unsigned bits = 0; bits < 32; ++bits)
    check(method, 29, 35, 19, (form){bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1, bits >> 4 & 1});
  // More than one block along each side.
  check(method, 500, 40, 33, (form){.a_is_transposed = 1, .has_bias = 1});
  check(method, 3, 2, 4500, (form){.has_bias = 1});
  check(method, 3, 2, 4500, (form){.is_packed = 1, .accumulates = 1, .b_is_transposed = 1});
}

CHECKS_OF(bfloat16.c) {
  begin_case("bfloat16_is_supported");
#ifdef __aarch64__
  expect_equal("whether it is supported on arm64", bfloat16_is_supported(), 0);
#endif
  expect_equal(
      "whether it is supported", bfloat16_is_supported(), bfloat16_kernel_is_supported(bfloat16_best_kernel()));
  for (enum bfloat16_kernel kernel = BFLOAT16_VECTORS; kernel <= BFLOAT16_TILES_IN_C_BESIDE_VECTORS; ++kernel) {
    if (!bfloat16_kernel_is_supported(kernel)) continue;
    check_method((bfloat16_method){kernel, 1});
    if (kernel != BFLOAT16_VECTORS) check_method((bfloat16_method){kernel, 3});
  }
}
