#include "int8.h"
#include "tiles.h"

#ifdef HAS_TILES
#define TARGET WITH_TILES
#define NAME(x) int8_tile_##x
#define WIDTH 16
#define EXCEEDS(Y, LIMIT) (_mm512_cmp_ps_mask((__m512)(Y), _mm512_set1_ps(LIMIT), _CMP_GT_OQ) != 0)
#define TILE(x) tile_##x##_amx
#define TILE_SET NULL
#include "int8_tile_loops.h"
#elif defined(HAS_VERSIONS) && WIDEST_KERNELS >= 4
void int8_tile_outputs(
    int8_row *rows, const int8_t *x, size_t count, const int8_weights *w, const int8_outputs *to) {
  __builtin_trap();
}
#endif

#define TARGET
#define NAME(x) int8_tile_double_##x
#define WIDTH 4
#define EXCEEDS(Y, LIMIT) ((Y)[0] > (LIMIT) || (Y)[1] > (LIMIT) || (Y)[2] > (LIMIT) || (Y)[3] > (LIMIT))
#define TILE(x) tile_##x##_c
#define TILE_SET (&(tile_set){{{0}}})
#include "int8_tile_loops.h"
