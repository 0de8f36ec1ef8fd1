// Naive computations in double precision that several files of checks compare with.
#pragma once
#include "checks.h"

static inline double exact_activation(double x, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return x > 0 ? x : 0;
    case ACTIVATION_GELU: return x * 0.5 * erfc(-x / sqrt(2));
    case ACTIVATION_SWISH: return x / (1 + exp(-x));
    case ACTIVATION_GELU_SIGMOID: return x / (1 + exp(-1.702 * x));
    default: return x;
  }
}

static inline double exact_activation_slope(double x, int activation) {
  switch (activation) {
    case ACTIVATION_RELU: return x > 0 ? 1 : 0;
    case ACTIVATION_GELU: return 0.5 * erfc(-x / sqrt(2)) + x * exp(-x * x / 2) / sqrt(2 * 3.14159265358979323846);
    case ACTIVATION_SWISH: {
      double s = 1 / (1 + exp(-x));
      return s + x * s * (1 - s);
    }
    case ACTIVATION_GELU_SIGMOID: {
      double s = 1 / (1 + exp(-1.702 * x));
      return s + 1.702 * x * s * (1 - s);
    }
    default: return 1;
  }
}

static const int activations[] = {
    ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_GELU, ACTIVATION_SWISH, ACTIVATION_GELU_SIGMOID};

static inline double exact_logistic(double x) { return 1 / (1 + exp(-x)); }

/// log(sum of exp(x[i]))
static inline double log_sum_of(const double *x, size_t n) {
  double best = -INFINITY, sum = 0;
  for (size_t i = 0; i < n; ++i) best = fmax(best, x[i]);
  for (size_t i = 0; i < n; ++i) sum += exp(x[i] - best);
  return best + log(sum);
}

/// -(1 - smoothing) log p[target] - smoothing / n * sum of log p
static inline double smoothed_loss(const double *logits, size_t n, int32_t target, double smoothing) {
  double log_sum = log_sum_of(logits, n), mean = 0;
  for (size_t i = 0; i < n; ++i) mean += (log_sum - logits[i]) / (double)n;
  return (1 - smoothing) * (log_sum - logits[target]) + smoothing * mean;
}
