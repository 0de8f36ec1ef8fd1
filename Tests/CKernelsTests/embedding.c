#include "checks.h"

typedef struct { int has_encoding, has_factors; float rate; } form;

#define WORDS 7
#define PLACES 5

static void check(size_t rows, size_t columns, form f) {
  begin_case(
      "embed_forward, rows %zu, columns %zu, encoding %d, factors %d, rate %g", rows, columns, f.has_encoding,
      f.has_factors, f.rate);
  size_t n = rows * columns;
  float *table = random_floats(WORDS * columns, 1);
  float *encoding = f.has_encoding ? random_floats(PLACES * columns, 1) : NULL;
  float *factors = f.has_factors ? random_floats(rows, 1) : NULL;
  int32_t *ids = random_indices(rows, WORDS), *places = random_indices(rows, PLACES);
  float *y = new_floats(n), *mask = mask_of(n, f.rate, 3);
  double *expected = new_doubles(n);
  for (size_t i = 0; i < n; ++i) {
    size_t r = i / columns, c = i % columns;
    double value = 3.0 * (factors ? factors[r] : 1) * table[(size_t)ids[r] * columns + c];
    expected[i] = mask[i] * (value + (encoding ? encoding[(size_t)places[r] * columns + c] : 0));
  }
  embed_forward(y, table, ids, encoding, places, factors, rows, columns, 3, f.rate, 3);
  expect_close("y", y, expected, n, 5e-7);

  begin_case(
      "embed_backward, rows %zu, columns %zu, encoding %d, factors %d, rate %g", rows, columns, f.has_encoding,
      f.has_factors, f.rate);
  float *dtable = random_floats(WORDS * columns, 1), *dy = random_floats(n, 1);
  float *dencoding = f.has_encoding ? random_floats(PLACES * columns, 1) : NULL;
  factors = f.has_factors ? random_floats(rows, 1) : NULL;
  if (factors && rows > 1) factors[1] = 0;
  ids = random_indices(rows, WORDS);
  places = random_indices(rows, PLACES);
  mask = mask_of(n, f.rate, 3);
  double *of_table = as_doubles(dtable, WORDS * columns);
  double *of_encoding = dencoding ? as_doubles(dencoding, PLACES * columns) : NULL;
  for (size_t i = 0; i < n; ++i) {
    size_t r = i / columns, c = i % columns;
    double d = (double)mask[i] * dy[i];
    of_table[(size_t)ids[r] * columns + c] += 3.0 * (factors ? factors[r] : 1) * d;
    if (of_encoding) of_encoding[(size_t)places[r] * columns + c] += d;
  }
  embed_backward(dtable, dencoding, ids, places, dy, factors, rows, columns, 3, f.rate, 3);
  expect_close("dtable", dtable, of_table, WORDS * columns, 3e-6);
  if (dencoding) expect_close("dencoding", dencoding, of_encoding, PLACES * columns, 3e-6);
}

CHECKS_OF(embedding.c) {
  static const form forms[] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0.3f}, {1, 1, 0.3f}};
  EACH(size_t, columns, counts)
    for (size_t i = 0; i < COUNT_OF(forms); ++i) check(10, columns, forms[i]);
  check(0, 17, forms[3]);
  check(100, 33, forms[3]);
}
