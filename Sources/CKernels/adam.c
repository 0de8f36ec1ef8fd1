#include "kernels.h"
#include "versions.h"

VERSIONED void adam_update(
    float *restrict parameters, float *restrict m, float *restrict v, const float *restrict gradient, size_t n,
    float gradient_scale, float rate, float beta1, float beta2, float epsilon, float correction1,
    float correction2, float weight_decay) {
  float step = rate / correction1, root = 1.0f / correction2, decay = 1.0f - rate * weight_decay;
  for (size_t i = 0; i < n; ++i) {
    float g = gradient[i] * gradient_scale;
    float first = beta1 * m[i] + (1 - beta1) * g;
    float second = beta2 * v[i] + (1 - beta2) * g * g;
    m[i] = first;
    v[i] = second;
    parameters[i] = parameters[i] * decay - step * first / (__builtin_elementwise_sqrt(second * root) + epsilon);
  }
}
