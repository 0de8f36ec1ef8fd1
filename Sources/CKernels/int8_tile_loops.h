// Products of bytes in tiles (tiles.h). Included twice, for the instructions and for the same arithmetic in C, after
// what int8_finish.h needs and:
//
//   TILE(x)   the tile functions to use
#include "int8_finish.h"

// The sums of a tile for rows row ..< row + 16 and outputs first ..< first + 16.
static inline __attribute__((always_inline)) TARGET void NAME(finish_tile)(
    int8_row *rows, const int32_t *sums, size_t row, size_t count, size_t first, const int8_weights *w,
    const int8_outputs *to) {
  for (size_t r = row; r < count && r < row + TILE_SIDE; ++r, sums += TILE_SIDE)
    for (size_t c = 0; c < TILE_SIDE && first + c < w->outer; c += WIDTH) {
      NAME(ints) part;
      memcpy(&part, sums + c, sizeof part);
      NAME(finish)(&rows[r], r, part, first + c, w, to, to->y == NULL);
    }
}

// Blocks of 32 rows by 32 outputs: four tiles of sums. If there are at most 16 rows left, two of them.
TARGET void NAME(outputs)(
    int8_row *rows, const int8_t *x, size_t count, const int8_weights *w, const int8_outputs *to) {
  _Alignas(64) int32_t sums[4][TILE_SIDE * TILE_SIDE];
  tile_set *set = TILE_SET;
  size_t step = int8_step(w), panel = PANEL * step;
  TILE(configure)(set);
  for (size_t first = 0; first < w->outer; first += 2 * PANEL) {
    const int8_t *b = w->bytes + first * step;
    for (size_t row = 0; row < count; row += 2 * TILE_SIDE) {
      const int8_t *a = x + row * step;
      int is_tall = row + TILE_SIDE < count;
      TILE(zero)(set, 0);
      TILE(zero)(set, 1);
      if (is_tall) {
        TILE(zero)(set, 2);
        TILE(zero)(set, 3);
      }
      for (size_t i = 0; i < step; i += INNER_STEP) {
        TILE(load)(set, 4, a + i, step);
        TILE(load)(set, 6, b + i * PANEL, TILE_LINE_BYTES);
        TILE(load)(set, 7, b + panel + i * PANEL, TILE_LINE_BYTES);
        TILE(dot_bytes)(set, 0, 4, 6);
        TILE(dot_bytes)(set, 1, 4, 7);
        if (is_tall) {
          TILE(load)(set, 5, a + TILE_SIDE * step + i, step);
          TILE(dot_bytes)(set, 2, 5, 6);
          TILE(dot_bytes)(set, 3, 5, 7);
        }
      }
      TILE(store)(set, 0, sums[0], TILE_LINE_BYTES);
      TILE(store)(set, 1, sums[1], TILE_LINE_BYTES);
      if (is_tall) {
        TILE(store)(set, 2, sums[2], TILE_LINE_BYTES);
        TILE(store)(set, 3, sums[3], TILE_LINE_BYTES);
      }
      for (size_t t = 0; t < (is_tall ? 4 : 2); ++t)
        NAME(finish_tile)(rows, sums[t], row + t / 2 * TILE_SIDE, count, first + t % 2 * PANEL, w, to);
    }
  }
  TILE(release)(set);
}

#undef TARGET
#undef NAME
#undef WIDTH
#undef EXCEEDS
#undef TILE
#undef TILE_SET
