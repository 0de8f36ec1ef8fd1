// The activation functions: what the loops of elementwise.c and gated_activation.c have in common.
#pragma once
#include "kernels.h"
#include "versions.h"

// 1 / (1 + exp(-x)), without overflow.
ALWAYS_INLINE float logistic(float x) {
  float e = fast_exp(x < 0 ? x : -x);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

// Abramowitz and Stegun 7.1.26 is too coarse for gradient checks; erff is exact and GELU is not hot.
ALWAYS_INLINE float normal_cdf(float x) { return 0.5f * (1 + erff(x * 0.70710678118654752f)); }

// f(x) and f'(x). Loops pass a constant for the activation, so that they hold no choice, and what they do not ask
// for is not computed.
typedef struct { float value, slope; } activation_point;

ALWAYS_INLINE activation_point activation_at(float x, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return (activation_point){x > 0 ? x : 0, x > 0 ? 1 : 0};
    case ACTIVATION_GELU: {
      float cdf = normal_cdf(x), density = 0.39894228040143268f * fast_exp(-0.5f * x * x);
      return (activation_point){x * cdf, cdf + x * density};
    }
    case ACTIVATION_SWISH: {
      float s = logistic(x);
      return (activation_point){x * s, s + x * s * (1 - s)};
    }
    default: return (activation_point){x, 1};
  }
}
