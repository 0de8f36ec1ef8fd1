// The activation functions, shared by the loops of elementwise.c and gated_activation.c.
#pragma once
#include "kernels.h"
#include "versions.h"

// 1 / (1 + exp(-x)), without overflow.
ALWAYS_INLINE float logistic(float x) {
  float e = fast_exp(x < 0 ? x : -x);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

// The normal distribution function and its density.
typedef struct { float cdf, density; } normal_point;

// The library's erff does not vectorize, so: P(X > z) / exp(-z * z / 2) falls slowly from 1/2, and (1 + z) times that
// is a polynomial of (z - 3.5) / (z + 3.5) for all z >= 0, within 1.4e-8. With rounding, the distribution function is
// accurate to 2e-7. Beyond 14 it is 0 or 1.
// Source of the form: Shepherd and Laframboise 1981, "Chebyshev Approximation of (1+2x)exp(x^2)erfc x"; the
// coefficients minimize the greatest relative error.
ALWAYS_INLINE normal_point normal_at(float x) {
  float z = x < 0 ? -x : x;
  z = z < 14 ? z : 14;
  float power = fast_exp(-0.5f * z * z), inverse = 1 / ((z + 3.5f) * (z + 1));
  float u = (z - 3.5f) * (z + 1) * inverse;
  float p = 1.4543753e-4f;
  p = p * u + 9.0888825e-5f;
  p = p * u - 1.3895849e-3f;
  p = p * u + 2.9652339e-4f;
  p = p * u + 1.0373035e-2f;
  p = p * u - 3.0263450e-2f;
  p = p * u + 3.8048241e-2f;
  p = p * u + 7.8738516e-4f;
  p = p * u - 9.7712591e-2f;
  p = p * u + 4.7855318e-1f;
  float tail = power * p * (z + 3.5f) * inverse;
  return (normal_point){x < 0 ? tail : 1 - tail, 0.39894228040143268f * power};
}

// f(x) and f'(x). Loops pass a constant for the activation, so that they contain no branches, and unused results are
// not computed.
typedef struct { float value, slope; } activation_point;

ALWAYS_INLINE activation_point activation_at(float x, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return (activation_point){x > 0 ? x : 0, x > 0 ? 1 : 0};
    case ACTIVATION_GELU: {
      normal_point normal = normal_at(x);
      return (activation_point){x * normal.cdf, normal.cdf + x * normal.density};
    }
    case ACTIVATION_SWISH: {
      float s = logistic(x);
      return (activation_point){x * s, s + x * s * (1 - s)};
    }
    case ACTIVATION_GELU_SIGMOID: {
      float s = logistic(1.702f * x);
      return (activation_point){x * s, s + 1.702f * x * s * (1 - s)};
    }
    default: return (activation_point){x, 1};
  }
}
