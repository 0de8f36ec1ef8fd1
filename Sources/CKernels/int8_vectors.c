#include "byte_dot_arm.h"
#include "int8.h"

// Intrinsics, since the compiler's vector types have no operator for products of bytes that are added to wider sums.

#define ROW int8_row
#define SINK int8_outputs
#define MODE(TO) ((TO)->y == NULL)
#define FINISH NAME(finish)

#ifdef HAS_VERSIONS
#include <immintrin.h>

typedef int32_t ints8 __attribute__((vector_size(32), aligned(4)));
#define EXCEEDS_8(Y, LIMIT) (_mm256_movemask_ps(_mm256_cmp_ps((__m256)(Y), _mm256_set1_ps(LIMIT), _CMP_GT_OQ)) != 0)

#if WIDEST_KERNELS >= 4
#define NAME(x) int8_vnni_##x
#define EXCEEDS(Y, LIMIT) (_mm512_cmp_ps_mask((__m512)(Y), _mm512_set1_ps(LIMIT), _CMP_GT_OQ) != 0)
#include "int8_vnni.h"
#include "int8_finish.h"
#include "int8_loops.h"
#endif

// AVX-VNNI: the same for 32 pairs, on processors without AVX-512.
#define TARGET __attribute__((target("arch=x86-64-v3,avxvnni")))
#define NAME(x) int8_avx_vnni_##x
#define WIDTH 8
#define EXCEEDS EXCEEDS_8
#define TALLEST 3
#define VECTORS 4
#define VECTORS_OF_ROW 8
#define SHIFT 128
#define DOT(SUMS, X, W) ((ints8)_mm256_dpbusd_avx_epi32((__m256i)(SUMS), (__m256i)(X), (__m256i)(W)))
#include "int8_finish.h"
#include "int8_loops.h"

// AVX2: products of unsigned and signed bytes, of which two are added to 16 bits first, where they fit (int8_split.c).
__attribute__((always_inline, target("arch=x86-64-v3"))) static inline ints8 dot_avx2(ints8 sums, ints8 x, ints8 w) {
  __m256i pairs = _mm256_maddubs_epi16((__m256i)x, (__m256i)w);
  return sums + (ints8)_mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define NAME(x) int8_avx2_##x
#define WIDTH 8
#define EXCEEDS EXCEEDS_8
#define TALLEST 4
#define VECTORS 2
#define VECTORS_OF_ROW 8
#define SHIFT 128
#define HAS_REMAINDERS
#define DOT dot_avx2
#include "int8_finish.h"
#include "int8_loops.h"

// Weights that are not split: the row's sign is moved to the weight, so that both magnitudes are at most 127, and
// 2 * 127 * 127 fits.
__attribute__((always_inline, target("arch=x86-64-v3"))) static inline ints8 dot_of_signs(ints8 sums, ints8 x, ints8 w) {
  __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8((__m256i)x), _mm256_sign_epi8((__m256i)w, (__m256i)x));
  return sums + (ints8)_mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define NAME(x) int8_avx2_whole_##x
#define WIDTH 8
#define EXCEEDS EXCEEDS_8
#define TALLEST 2
#define VECTORS 4
#define VECTORS_OF_ROW 8
#define SHIFT 0
#define DOT dot_of_signs
#include "int8_finish.h"
#include "int8_loops.h"
#endif

#ifdef __aarch64__
// 4 x 4 sums, four vectors of weights and one factor: 21 of 32 registers.
#define NEON_EXCEEDS(Y, LIMIT) (vmaxvq_u32(vcgtq_f32((float32x4_t)(Y), vdupq_n_f32(LIMIT))) != 0)
#define TARGET BYTE_DOT_TARGET
#define NAME(x) int8_neon_dot_##x
#define WIDTH 4
#define EXCEEDS NEON_EXCEEDS
#define TALLEST 4
#define VECTORS 4
#define VECTORS_OF_ROW 8
#define SHIFT 0
#define DOT(SUMS, X, W) ((int8_neon_dot_ints)byte_dot((int32x4_t)(SUMS), (int8x16_t)(X), (int8x16_t)(W)))
#include "int8_finish.h"
#include "int8_loops.h"

#define TARGET
#define NAME(x) int8_neon_##x
#define WIDTH 4
#define EXCEEDS NEON_EXCEEDS
#define TALLEST 4
#define VECTORS 4
#define VECTORS_OF_ROW 8
#define SHIFT 0
#define DOT(SUMS, X, W) ((int8_neon_ints)byte_dot_base((int32x4_t)(SUMS), (int8x16_t)(X), (int8x16_t)(W)))
#include "int8_finish.h"
#include "int8_loops.h"
#endif

// Any processor.
typedef int32_t ints4 __attribute__((vector_size(16), aligned(4)));
typedef int16_t halves8 __attribute__((vector_size(16), aligned(2)));

ALWAYS_INLINE ints4 dot_portable(ints4 sums, ints4 x, ints4 w) {
  // Even and odd bytes as 16 bits with their signs. Two products of magnitudes up to 127 fit into 16 bits.
  halves8 x_even = (halves8)x << 8 >> 8, x_odd = (halves8)x >> 8;
  halves8 w_even = (halves8)w << 8 >> 8, w_odd = (halves8)w >> 8;
  halves8 pairs = x_even * w_even + x_odd * w_odd;
  return sums + ((ints4)pairs << 16 >> 16) + ((ints4)pairs >> 16);
}
#define TARGET
#define NAME(x) int8_portable_##x
#define WIDTH 4
#define EXCEEDS(Y, LIMIT) ((Y)[0] > (LIMIT) || (Y)[1] > (LIMIT) || (Y)[2] > (LIMIT) || (Y)[3] > (LIMIT))
#define TALLEST 2
#define VECTORS 4
#define VECTORS_OF_ROW 4
#define SHIFT 0
#define DOT dot_portable
#include "int8_finish.h"
#include "int8_loops.h"
