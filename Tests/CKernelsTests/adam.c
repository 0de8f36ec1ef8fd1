#include "checks.h"

CHECKS_OF(adam.c) {
  EACH(size_t, n, counts) {
    begin_case("adam_update, n %zu", n);
    const float scale = 0.5f, rate = 0.01f, beta1 = 0.9f, beta2 = 0.98f, epsilon = 1e-4f, decay = 0.1f;
    float *x = random_floats(n, 1), *m = filled_floats(n, 0), *v = filled_floats(n, 0);
    double *exact = as_doubles(x, n), *exact_m = as_doubles(m, n), *exact_v = as_doubles(v, n);
    for (int t = 1; t <= 3; ++t) {
      float *gradient = random_floats(n, 1);
      double correction1 = 1 - pow(beta1, t), correction2 = 1 - pow(beta2, t);
      for (size_t i = 0; i < n; ++i) {
        double g = (double)gradient[i] * scale;
        exact_m[i] = beta1 * exact_m[i] + (1 - (double)beta1) * g;
        exact_v[i] = beta2 * exact_v[i] + (1 - (double)beta2) * g * g;
        exact[i] = exact[i] * (1 - (double)rate * decay)
            - rate * (exact_m[i] / correction1) / (sqrt(exact_v[i] / correction2) + epsilon);
      }
      adam_update(
          x, m, v, gradient, n, scale, rate, beta1, beta2, epsilon, (float)correction1, (float)correction2, decay);
    }
    expect_close("parameters", x, exact, n, 1e-6);
    expect_close("m", m, exact_m, n, 2e-6);
    expect_close("v", v, exact_v, n, 5e-6);
  }
}
