#include "references.h"

static void check(size_t rows, size_t columns, int activation) {
  begin_case("gated_activation_forward, activation %d, rows %zu, columns %zu", activation, rows, columns);
  size_t n = rows * columns;
  float *x = random_floats(2 * n, 2), *y = new_floats(n);
  double *expected = new_doubles(n);
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c) {
      const float *row = x + 2 * r * columns;
      expected[r * columns + c] = exact_activation(row[c], activation) * row[columns + c];
    }
  gated_activation_forward(y, x, rows, columns, activation);
  expect_close("y", y, expected, n, 1e-6);

  for (int is_new = 0; is_new < 2; ++is_new) {
    begin_case(
        "gated_activation_backward, activation %d, rows %zu, columns %zu, new %d", activation, rows, columns, is_new);
    x = random_floats(2 * n, 2);
    float *dy = random_floats(n, 1), *dx = is_new ? new_floats(2 * n) : random_floats(2 * n, 1);
    expected = new_doubles(2 * n);
    for (size_t r = 0; r < rows; ++r)
      for (size_t c = 0; c < columns; ++c) {
        size_t gate = 2 * r * columns + c, value = gate + columns;
        double d = dy[r * columns + c];
        expected[gate] = (is_new ? 0 : dx[gate]) + d * x[value] * exact_activation_slope(x[gate], activation);
        expected[value] = (is_new ? 0 : dx[value]) + d * exact_activation(x[gate], activation);
      }
    gated_activation_backward(dx, is_new, x, dy, rows, columns, activation);
    expect_close("dx", dx, expected, 2 * n, 1e-6);
  }
}

CHECKS_OF(gated_activation.c) {
  EACH(size_t, columns, counts)
    EACH(int, activation, activations) check(3, columns, activation);
  check(0, 17, ACTIVATION_GELU);
  check(50, 33, ACTIVATION_SWISH);
}
