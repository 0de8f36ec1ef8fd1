#include "../../Sources/CKernels/tiles.h"

#include "checks.h"

// Tiles in C; where there are tiles in the processor, those give the same bits.

#define A 4
#define B 6
#define NUMBERS (TILE_BYTES / sizeof(float))

/// What products are computed of: tiles a and b, and the sums that the product is added to.
typedef struct {
  const void *a, *b, *sums;
} tiles;

typedef enum { BFLOAT16, BYTES } kind;

/// The product, loaded from and stored to rows that are further apart than 64 bytes.
static void *product_in_c(tiles t, kind of) {
  const size_t stride = TILE_LINE_BYTES + 20;
  uint8_t *spread = new_bytes(15 * stride + TILE_LINE_BYTES), *result = new_bytes(TILE_BYTES);
  for (size_t r = 0; r < TILE_SIDE; ++r)
    memcpy(spread + r * stride, (const uint8_t *)t.sums + r * TILE_LINE_BYTES, TILE_LINE_BYTES);
  tile_set set;
  tile_configure_c(&set);
  tile_load_c(&set, 2, spread, stride);
  tile_load_c(&set, A, t.a, TILE_LINE_BYTES);
  tile_load_c(&set, B, t.b, TILE_LINE_BYTES);
  if (of == BFLOAT16) tile_dot_bfloat16_c(&set, 2, A, B);
  else tile_dot_bytes_c(&set, 2, A, B);
  tile_store_c(&set, 2, spread, stride);
  tile_release_c(&set);
  size_t written = 0;
  for (size_t r = 0; r < TILE_SIDE; ++r) {
    memcpy(result + r * TILE_LINE_BYTES, spread + r * stride, TILE_LINE_BYTES);
    for (size_t i = TILE_LINE_BYTES; i < stride && r < 15; ++i) written += spread[r * stride + i] != 0xff;
  }
  expect_equal("bytes written between rows", (int64_t)written, 0);
  return result;
}

#ifdef HAS_TILES
WITH_TILES static void *product_in_processor(tiles t, kind of) {
  void *result = new_bytes(TILE_BYTES);
  tile_configure_amx(NULL);
  tile_load_amx(NULL, 2, t.sums, TILE_LINE_BYTES);
  tile_load_amx(NULL, A, t.a, TILE_LINE_BYTES);
  tile_load_amx(NULL, B, t.b, TILE_LINE_BYTES);
  if (of == BFLOAT16) tile_dot_bfloat16_amx(NULL, 2, A, B);
  else tile_dot_bytes_amx(NULL, 2, A, B);
  tile_store_amx(NULL, 2, result, TILE_LINE_BYTES);
  tile_release_amx(NULL);
  return result;
}
#endif

static void expect_same_in_processor(tiles t, kind of, const void *in_c) {
#ifdef HAS_TILES
  if (tiles_are_usable()) expect_same("a product of the processor's tiles", product_in_processor(t, of), in_c, NUMBERS);
#else
  (void)t, (void)of, (void)in_c;
#endif
}

static uint16_t *random_bfloat16(double deviation) {
  const float *x = random_floats(2 * NUMBERS, deviation);
  uint16_t *halves = new_bytes(TILE_BYTES);
  // The upper half of a little-endian float.
  for (size_t i = 0; i < 2 * NUMBERS; ++i) memcpy(&halves[i], (const char *)&x[i] + 2, 2);
  return halves;
}

static double value_of(uint16_t bfloat16) {
  uint32_t bits = (uint32_t)bfloat16 << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static void check_bfloat16(double deviation) {
  begin_case("tile_dot_bfloat16, deviation %g", deviation);
  uint16_t *a = random_bfloat16(deviation), *b = random_bfloat16(1);
  float *sums = random_floats(NUMBERS, deviation);
  double *expected = as_doubles(sums, NUMBERS), *allowed = new_doubles(NUMBERS);
  for (size_t r = 0; r < TILE_SIDE; ++r)
    for (size_t c = 0; c < TILE_SIDE; ++c) {
      double *sum = &expected[r * TILE_SIDE + c], magnitude = fabs(*sum);
      for (size_t i = 0; i < 32; ++i) {
        double term = value_of(a[r * 32 + i]) * value_of(b[i / 2 * 32 + 2 * c + i % 2]);
        *sum += term;
        magnitude += fabs(term);
      }
      allowed[r * TILE_SIDE + c] = 5e-7 * magnitude;
    }
  tiles t = {a, b, sums};
  const float *found = product_in_c(t, BFLOAT16);
  expect_within("the product", found, expected, allowed, NUMBERS);
  expect_same_in_processor(t, BFLOAT16, found);
}

/// Numbers below the smallest normal float count as zero: as factors, as products and as sums. Two elements of a are
/// multiplied by two of b; 0x0080 is 2^-126, 0x3f80 is 1.
static void check_flushing(void) {
  static const struct { const char *what; uint16_t a[2], b[2]; float sum, expected; } cases[] = {
      {"a factor that is too small", {0x0040}, {0x4000}, 0, 0},
      {"the other factor, too small", {0x4000}, {0x0040}, 0, 0},
      {"the smallest normal factor", {0x0080}, {0x3f80}, 0, 0x1p-126f},
      {"a product that is too small", {0x0080}, {0x3f00}, 0, 0},
      {"a sum that is too small", {0}, {0}, 0x1p-127f, 0},
      {"a sum that is too small beside a product", {0x0080}, {0x3f80}, 0x1p-127f, 0x1p-126f},
      {"a sum beside a product that is too small", {0x0080}, {0x3f00}, 1, 1},
      {"a sum of two products that is too small", {0x00c0, 0x0080}, {0x3f80, 0xbf80}, 0x1p-126f, 0x1p-126f},
      {"two plain products", {0x4040, 0x3f80}, {0x4000, 0x4040}, 1, 10},
  };
  for (size_t i = 0; i < COUNT_OF(cases); ++i) {
    begin_case("tile_dot_bfloat16, %s", cases[i].what);
    uint16_t *a = memset(new_bytes(TILE_BYTES), 0, TILE_BYTES), *b = memset(new_bytes(TILE_BYTES), 0, TILE_BYTES);
    memcpy(a, cases[i].a, sizeof cases[i].a);
    memcpy(b, cases[i].b, sizeof cases[i].b);
    float *sums = filled_floats(NUMBERS, 0), *expected = filled_floats(NUMBERS, 0);
    sums[0] = cases[i].sum;
    expected[0] = cases[i].expected;
    tiles t = {a, b, sums};
    const float *found = product_in_c(t, BFLOAT16);
    expect_same("the product", found, expected, NUMBERS);
    expect_same_in_processor(t, BFLOAT16, found);
  }
}

static void check_bytes(const char *what, int8_t *a, int8_t *b, int32_t first_sum) {
  begin_case("tile_dot_bytes, %s", what);
  if (!a) a = (int8_t *)random_indices(NUMBERS, INT32_MAX);
  if (!b) b = (int8_t *)random_indices(NUMBERS, INT32_MAX);
  int32_t *sums = random_indices(NUMBERS, 1000), *expected = new_bytes(TILE_BYTES);
  sums[0] = first_sum;
  for (size_t r = 0; r < TILE_SIDE; ++r)
    for (size_t c = 0; c < TILE_SIDE; ++c) {
      int64_t sum = sums[r * TILE_SIDE + c];
      for (size_t i = 0; i < 64; ++i) sum += a[r * 64 + i] * b[i / 4 * 64 + 4 * c + i % 4];
      expected[r * TILE_SIDE + c] = (int32_t)(uint32_t)sum;
    }
  tiles t = {a, b, sums};
  const int32_t *found = product_in_c(t, BYTES);
  for (size_t i = 0; i < NUMBERS; ++i) expect_equal("a sum", found[i], expected[i]);
  expect_same_in_processor(t, BYTES, found);
}

CHECKS_OF(tiles.c) {
  begin_case("tiles_are_usable");
#ifdef __aarch64__
  expect_equal("whether there are tiles on arm64", tiles_are_usable(), 0);
#endif
  expect_equal("whether the answer changes", tiles_are_usable(), tiles_are_usable());

  begin_case("tile_zero, and a row that is loaded sixteen times");
  tile_set set;
  tile_configure_c(&set);
  float *row = random_floats(TILE_SIDE, 1), *found = new_floats(NUMBERS), *expected = filled_floats(NUMBERS, 0);
  tile_load_c(&set, 1, row, 0);
  tile_zero_c(&set, 0);
  tile_store_c(&set, 0, found, TILE_LINE_BYTES);
  expect_same("tile 0", found, expected, NUMBERS);
  for (size_t i = 0; i < NUMBERS; ++i) expected[i] = row[i % TILE_SIDE];
  tile_store_c(&set, 1, found, TILE_LINE_BYTES);
  expect_same("tile 1", found, expected, NUMBERS);

  check_bfloat16(1);
  check_bfloat16(1e10);
  check_flushing();
  static int8_t least[TILE_BYTES], greatest[TILE_BYTES];
  memset(least, -128, sizeof least);
  memset(greatest, 127, sizeof greatest);
  check_bytes("random", NULL, NULL, 5);
  check_bytes("the least", least, least, 0);
  check_bytes("the least and the greatest", least, greatest, 0);
  check_bytes("a sum that wraps around", greatest, greatest, INT32_MAX);
}
