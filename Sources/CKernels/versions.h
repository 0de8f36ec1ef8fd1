// Run-time dispatch and the vector helpers that every kernel shares.
#pragma once
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The widest version that is built: 4 with AVX-512 (x86-64-v4), 3 with AVX2 (x86-64-v3), 1 the portable one alone.
// `KERNELS` in the environment of the build lowers it, to test on a new processor what an old one runs; a file that
// chooses by processor itself uses `kernels_level`, which respects it.
#ifndef WIDEST_KERNELS
#define WIDEST_KERNELS 4
#endif

// Sanitizers start before the dynamic loader has resolved the chosen versions and crash, so there are no versions with
// them.
#if defined(__x86_64__) && defined(__linux__) && defined(__has_attribute) && WIDEST_KERNELS >= 3
#if __has_attribute(target_clones) && !__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer)
#define HAS_VERSIONS
#endif
#endif

#if !defined(HAS_VERSIONS)
#define VERSIONED
#elif WIDEST_KERNELS >= 4
#define VERSIONED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), min_vector_width(512)))
#else
#define VERSIONED __attribute__((target_clones("arch=x86-64-v3", "default"), min_vector_width(512)))
#endif

// Model files and packed weights are read as they are.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "big-endian processors are not supported");

// Multiplications and additions may be fused; all other IEEE arithmetic is kept. This applies to each file that
// includes it.
#pragma clang fp contract(fast)

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// The version that this process runs: 4, 3 or 1, as in WIDEST_KERNELS.
ALWAYS_INLINE int kernels_level(void) {
#ifdef HAS_VERSIONS
  __builtin_cpu_init();
  if (WIDEST_KERNELS >= 4 && __builtin_cpu_supports("x86-64-v4")) return 4;
  if (__builtin_cpu_supports("x86-64-v3")) return 3;
#endif
  return 1;
}

// Sixteen floats: one register of AVX-512, two of AVX2, four of SSE or NEON.
typedef float float16 __attribute__((vector_size(64), aligned(4)));
typedef int32_t int16x __attribute__((vector_size(64), aligned(4)));
typedef uint32_t uint16x __attribute__((vector_size(64), aligned(4)));

#define LANES 16

// The first multiple of `step` that is at least n.
ALWAYS_INLINE size_t rounded_up(size_t n, size_t step) { return (n + step - 1) / step * step; }

ALWAYS_INLINE void load16(float16 *to, const float *from) { memcpy(to, from, sizeof *to); }
ALWAYS_INLINE void store16(float *to, const float16 *from) { memcpy(to, from, sizeof *from); }

// Adding one lane after another would make each wait for the previous one; adding halves takes four steps.
ALWAYS_INLINE float sum_lanes(const float *lanes) {
  float16 v;
  load16(&v, lanes);
  v += __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  v += __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
  v += __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  return v[0] + v[1];
}
ALWAYS_INLINE float max_lanes(const float *lanes) {
  float best[8];
  for (size_t l = 0; l < 8; ++l) best[l] = lanes[l] > lanes[l + 8] ? lanes[l] : lanes[l + 8];
  for (size_t l = 0; l < 4; ++l) best[l] = best[l] > best[l + 4] ? best[l] : best[l + 4];
  for (size_t l = 0; l < 2; ++l) best[l] = best[l] > best[l + 2] ? best[l] : best[l + 2];
  return best[0] > best[1] ? best[0] : best[1];
}

// exp(x) for x <= 88: 2^k * p(f), relative error below 2e-7. Below -87 the result is 0.
// A polynomial of our own, since the C library's exp does not vectorize.
ALWAYS_INLINE float fast_exp(float x) {
  float clamped = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
  float k = __builtin_rintf(clamped * 1.44269504088896341f);
  float f = clamped - k * 0.693359375f;
  f = f - k * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * f + 1.3981999507e-3f;
  p = p * f + 8.3334519073e-3f;
  p = p * f + 4.1665795894e-2f;
  p = p * f + 1.6666665459e-1f;
  p = p * f + 5.0000001201e-1f;
  p = p * f * f + f + 1.0f;
  union { int32_t i; float f; } power = {.i = ((int32_t)k + 127) << 23};
  float result = p * power.f;
  return x < -87.0f ? 0.0f : result;
}

// A 32-bit hash of a counter: two rounds of multiply and shift (murmur3's finalizer).
ALWAYS_INLINE uint32_t hash32(uint32_t h) {
  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;
  return h;
}

// The dropout decision of element i: 0, or 1 / (1 - rate).
typedef struct { uint32_t low, high, threshold; float scale; } dropout_mask;

ALWAYS_INLINE dropout_mask make_mask(float rate, uint64_t key) {
  dropout_mask mask = {
      .low = (uint32_t)key, .high = (uint32_t)(key >> 32),
      .threshold = (uint32_t)((double)rate * 4294967296.0), .scale = rate > 0 ? 1.0f / (1.0f - rate) : 1.0f};
  return mask;
}
ALWAYS_INLINE float mask_at(dropout_mask mask, uint32_t i) {
  return hash32((i * 0x9e3779b1u + mask.low) ^ mask.high) >= mask.threshold ? mask.scale : 0.0f;
}
