#include "kernels.h"
#include "versions.h"

// A pair of columns is a point in the plane; there are two ways to choose the columns of a pair.

ALWAYS_INLINE void rotate_neighbors(
    float *head, const float *cosines, const float *sines, size_t pairs, float direction) {
  for (size_t i = 0; i < pairs; ++i) {
    float a = head[2 * i], b = head[2 * i + 1], sine = direction * sines[i];
    head[2 * i] = a * cosines[i] - b * sine;
    head[2 * i + 1] = b * cosines[i] + a * sine;
  }
}

ALWAYS_INLINE void rotate_halves(
    float *restrict first, float *restrict second, const float *cosines, const float *sines, size_t pairs,
    float direction) {
  for (size_t i = 0; i < pairs; ++i) {
    float a = first[i], b = second[i], sine = direction * sines[i];
    first[i] = a * cosines[i] - b * sine;
    second[i] = b * cosines[i] + a * sine;
  }
}

VERSIONED void rotate_pairs(
    float *restrict x, size_t stride, const float *restrict cosines, const float *restrict sines,
    const int32_t *restrict positions, size_t rows, size_t heads, size_t head_size, int halves, float direction) {
  size_t pairs = head_size / 2;
  for (size_t r = 0; r < rows; ++r) {
    size_t angles = (size_t)positions[r] * pairs;
    for (size_t h = 0; h < heads; ++h) {
      float *head = x + r * stride + h * head_size;
      if (halves) {
        rotate_halves(head, head + pairs, cosines + angles, sines + angles, pairs, direction);
      } else {
        rotate_neighbors(head, cosines + angles, sines + angles, pairs, direction);
      }
    }
  }
}
