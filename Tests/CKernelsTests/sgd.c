#include "checks.h"

CHECKS_OF(sgd.c) {
  const float scale = 0.5f, rate = 0.1f, momentum = 0.9f, decay = 0.01f;
  EACH(size_t, n, counts) {
    begin_case("sgd_update, n %zu", n);
    float *x = random_floats(n, 1), *gradient = random_floats(n, 1);
    double *exact = as_doubles(x, n);
    for (size_t i = 0; i < n; ++i) exact[i] -= rate * ((double)gradient[i] * scale + (double)decay * exact[i]);
    sgd_update(x, gradient, n, scale, rate, decay);
    expect_close("parameters", x, exact, n, 5e-7);

    begin_case("sgd_momentum_update, n %zu", n);
    x = random_floats(n, 1);
    float *velocity = random_floats(n, 1);
    exact = as_doubles(x, n);
    double *exact_velocity = as_doubles(velocity, n);
    for (int update = 0; update < 2; ++update) {
      gradient = random_floats(n, 1);
      for (size_t i = 0; i < n; ++i) {
        exact_velocity[i] = momentum * exact_velocity[i] + (double)gradient[i] * scale + (double)decay * exact[i];
        exact[i] -= rate * exact_velocity[i];
      }
      sgd_momentum_update(x, velocity, gradient, n, scale, rate, momentum, decay);
    }
    expect_close("velocity", velocity, exact_velocity, n, 1e-6);
    expect_close("parameters", x, exact, n, 1e-6);
  }
}
