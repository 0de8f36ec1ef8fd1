#include "kernels.h"
#include "versions.h"

VERSIONED void sgd_update(
    float *restrict parameters, const float *restrict gradient, size_t n, float gradient_scale, float rate,
    float weight_decay) {
  for (size_t i = 0; i < n; ++i)
    parameters[i] -= rate * (gradient[i] * gradient_scale + weight_decay * parameters[i]);
}

VERSIONED void sgd_momentum_update(
    float *restrict parameters, float *restrict velocity, const float *restrict gradient, size_t n,
    float gradient_scale, float rate, float momentum, float weight_decay) {
  for (size_t i = 0; i < n; ++i) {
    float g = gradient[i] * gradient_scale + weight_decay * parameters[i];
    float v = momentum * velocity[i] + g;
    velocity[i] = v;
    parameters[i] -= rate * v;
  }
}
