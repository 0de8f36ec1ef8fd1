#include "references.h"

typedef struct {
  const double *bias, *past, *dy;
  size_t rows, columns;
} unit;

// Cells and outputs by the definition; bias and past may be NULL.
static void compute(double *y, double *cells, const double *x, const unit *u) {
  for (size_t r = 0; r < u->rows; ++r)
    for (size_t c = 0; c < u->columns; ++c) {
      const double *row = x + 2 * r * u->columns;
      double past = r > 0 ? cells[(r - 1) * u->columns + c] : u->past ? u->past[c] : 0;
      double gate = exact_logistic(row[u->columns + c] + (u->bias ? u->bias[c] : 0));
      double cell = gate * past + (1 - gate) * row[c];
      cells[r * u->columns + c] = cell;
      y[r * u->columns + c] = fmax(cell, 0);
    }
}

static void check_forward(size_t rows, size_t columns, int has_bias, int has_past) {
  begin_case("ssru_forward, rows %zu, columns %zu, bias %d, past %d", rows, columns, has_bias, has_past);
  size_t n = rows * columns;
  float *x = random_floats(2 * n, 2), *bias = has_bias ? random_floats(columns, 1) : NULL;
  float *past = has_past ? random_floats(columns, 1) : NULL, *y = new_floats(n), *cells = new_floats(n);
  unit u = {
      .bias = bias ? as_doubles(bias, columns) : NULL, .past = past ? as_doubles(past, columns) : NULL, .rows = rows,
      .columns = columns};
  double *expected = new_doubles(n), *expected_cells = new_doubles(n);
  compute(expected, expected_cells, as_doubles(x, 2 * n), &u);
  ssru_forward(y, cells, x, bias, past, rows, columns);
  expect_close("y", y, expected, n, 1e-6);
  expect_close("cells", cells, expected_cells, n, 1e-6);

  // One row at a time.
  float *y_alone = new_floats(n), *cells_alone = new_floats(n);
  for (size_t r = 0; r < rows; ++r)
    ssru_forward(
        y_alone + r * columns, cells_alone + r * columns, x + 2 * r * columns, bias,
        r > 0 ? cells_alone + (r - 1) * columns : past, 1, columns);
  expect_same("y of rows one by one", y_alone, y, n);
  expect_same("cells of rows one by one", cells_alone, cells, n);
}

// dy . y, of x and the bias after it.
static double weighted_output(const double *x, const void *context) {
  unit u = *(const unit *)context;
  size_t n = u.rows * u.columns;
  double y[300], cells[300], sum = 0;
  if (u.bias != NULL) u.bias = x + 2 * n;
  compute(y, cells, x, &u);
  for (size_t i = 0; i < n; ++i) sum += u.dy[i] * y[i];
  return sum;
}

static void check_backward(size_t rows, size_t columns, int has_bias, int is_new) {
  begin_case("ssru_backward, rows %zu, columns %zu, bias %d, new %d", rows, columns, has_bias, is_new);
  size_t n = rows * columns;
  float *x = random_floats(2 * n + columns, 1), *bias = has_bias ? x + 2 * n : NULL;
  float *y = new_floats(n), *cells = new_floats(n), *dy = random_floats(n, 1);
  ssru_forward(y, cells, x, bias, NULL, rows, columns);
  double *all = as_doubles(x, 2 * n + columns), *derivative = new_doubles(2 * n + columns);
  unit u = {.bias = has_bias ? all : NULL, .dy = as_doubles(dy, n), .rows = rows, .columns = columns};
  differentiate(derivative, all, 2 * n + columns, weighted_output, &u);

  float *dx = is_new ? new_floats(2 * n) : random_floats(2 * n, 1), *dbias = random_floats(columns, 1);
  double *expected = new_doubles(2 * n), *expected_bias = as_doubles(dbias, columns);
  for (size_t i = 0; i < 2 * n; ++i) expected[i] = (is_new ? 0 : dx[i]) + derivative[i];
  for (size_t c = 0; c < columns; ++c) expected_bias[c] += derivative[2 * n + c];
  float *scratch = new_floats(2 * columns), *without_bias = is_new ? new_floats(2 * n) : copied_floats(dx, 2 * n);
  ssru_backward(dx, is_new, has_bias ? dbias : NULL, dy, cells, x, bias, rows, columns, scratch);
  expect_close("dx", dx, expected, 2 * n, 1e-5);
  if (!has_bias) return;
  expect_close("dbias", dbias, expected_bias, columns, 1e-5);
  ssru_backward(without_bias, is_new, NULL, dy, cells, x, bias, rows, columns, scratch);
  expect_same("dx without dbias", without_bias, dx, 2 * n);
}

static void check_extremes(void) {
  begin_case("ssru_forward and _backward, extreme gates");
  static const float x[] = {3, -4, 5, 6, 100, 100, -100, -100, 1, 2, 7, 8, 1e30f, -1e30f, 1e30f, -1e30f};
  float *y = new_floats(8), *cells = new_floats(8), *dx = new_floats(16), *ones = filled_floats(8, 1);
  ssru_forward(y, cells, x, NULL, NULL, 2, 4);
  // An open gate keeps the cell of before, a closed one takes the candidate.
  static const float expected[] = {0, 0, 5, 6, 0, 2, 5, 8};
  for (size_t i = 0; i < 8; ++i) {
    double value = expected[i], allowed = 1e-6;
    expect_within("y", y + i, &value, &allowed, 1);
  }
  ssru_backward(dx, 1, NULL, ones, cells, x, NULL, 2, 4, new_floats(8));
  for (size_t i = 0; i < 16; ++i) expect_equal("whether dx is finite", isfinite(dx[i]) != 0, 1);
}

CHECKS_OF(ssru.c) {
  EACH(size_t, columns, counts)
    for (int form = 0; form < 4; ++form) check_forward(5, columns, form % 2, form / 2);
  static const size_t few[] = {0, 1, 15, 16, 17, 33};
  EACH(size_t, columns, few)
    for (int form = 0; form < 4; ++form) check_backward(4, columns, form % 2, form / 2);
  check_forward(0, 17, 1, 1);
  check_forward(1, 17, 1, 0);
  check_backward(0, 17, 1, 1);
  check_backward(1, 17, 1, 1);
  check_extremes();
}
