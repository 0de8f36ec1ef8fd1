// Sums of products of bytes in vectors, for one instruction set. Included once for each, after these are defined:
//
//   TARGET          attributes of the functions
//   NAME(x)         x with the name of the instruction set; NAME(ints) is a vector of WIDTH 32-bit integers
//   WIDTH           32-bit lanes of a vector: 4, 8 or 16
//   TALLEST         rows of a tile, 1 to 6
//   VECTORS         vectors of outputs of a tile; a divisor of those of OUTER_STEP outputs
//   VECTORS_OF_ROW  the same for a tile of one row, which needs more for as many independent sums
//   SHIFT           what was added to the bytes of rows
//   HAS_REMAINDERS  defined if weights have remainders
//   DOT             adds products of four neighboring bytes, of a row and of weights, to each 32-bit lane
//   ROW, SINK       the types of a row, and of where results go
//   MODE(to)        a number, for which there is a copy of the loops for 0 and one for all others
//   FINISH          what is done with sums: (a row, its index, sums of the outputs from `first` on, weights, to, mode)

// Vectors of a panel.
#define PARTS (PANEL / WIDTH)

// height, width and mode are constants wherever this is inlined. `column` counts vectors.
static inline __attribute__((always_inline)) TARGET void NAME(tile)(
    ROW *rows, const int8_t *x, const int8_weights *w, const SINK *to, size_t row, size_t column, const int height,
    const int width, const int mode) {
  NAME(ints) sums[TALLEST][VECTORS_OF_ROW];
  size_t step = int8_step(w);
#pragma clang loop unroll(full)
  for (int c = 0; c < width; ++c) {
    NAME(ints) start = {0};
    if (SHIFT != 0) memcpy(&start, w->shift + (column + c) * WIDTH, sizeof start);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) sums[r][c] = -start;
  }
  const int8_t *bytes = w->bytes + column / PARTS * PANEL * step + column % PARTS * WIDTH * 4;
  const int8_t *factors = x + row * step;
  for (size_t i = 0; i < w->inner; i += 4) {
    NAME(ints) weights[VECTORS_OF_ROW];
#pragma clang loop unroll(full)
    for (int c = 0; c < width; ++c)
      memcpy(&weights[c], bytes + (c / PARTS * step + i) * PANEL + c % PARTS * WIDTH * 4, sizeof weights[c]);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      int32_t four;
      memcpy(&four, factors + r * step + i, sizeof four);
      NAME(ints) factor = four - (NAME(ints)){0};
#pragma clang loop unroll(full)
      for (int c = 0; c < width; ++c) sums[r][c] = DOT(sums[r][c], factor, weights[c]);
    }
  }
#ifdef HAS_REMAINDERS
#pragma clang loop unroll(full)
  for (int c = 0; c < width; ++c) {
    const uint32_t *starts = w->remainders.starts + column + (size_t)c;
    for (size_t n = starts[0]; n < starts[1]; ++n) {
      NAME(ints) weights;
      memcpy(&weights, w->remainders.bytes + n * sizeof weights, sizeof weights);
#pragma clang loop unroll(full)
      for (int r = 0; r < height; ++r) {
        int32_t four;
        memcpy(&four, factors + r * step + w->remainders.places[n], sizeof four);
        sums[r][c] = DOT(sums[r][c], four - (NAME(ints)){0}, weights);
      }
    }
  }
#endif
#pragma clang loop unroll(full)
  for (int c = 0; c < width; ++c)
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r)
      FINISH(&rows[row + r], row + r, sums[r][c], (column + c) * WIDTH, w, to, mode);
}

#define TILE_OF(HEIGHT) \
  case HEIGHT: \
    if (TALLEST >= HEIGHT) \
      NAME(tile)(rows, x, w, to, row, column, TALLEST >= HEIGHT ? HEIGHT : 1, VECTORS, mode); \
    break;

// Rows in tiles of nearly equal height, since a low tile has too few sums to keep the multipliers busy.
static inline __attribute__((always_inline)) TARGET void NAME(all_tiles)(
    ROW *rows, const int8_t *x, size_t count, const int8_weights *w, const SINK *to, const int mode) {
  size_t columns = rounded_up(w->outer, OUTER_STEP) / WIDTH, column = 0;
  if (count == 1)
    for (; column + VECTORS_OF_ROW <= columns; column += VECTORS_OF_ROW)
      NAME(tile)(rows, x, w, to, 0, column, 1, VECTORS_OF_ROW, mode);
  for (; column < columns && column * WIDTH < w->outer; column += VECTORS) {
    size_t tiles = (count + TALLEST - 1) / TALLEST;
    for (size_t row = 0, height; tiles > 0; --tiles, row += height) {
      height = (count - row + tiles - 1) / tiles;
      switch (height) { TILE_OF(1) TILE_OF(2) TILE_OF(3) TILE_OF(4) TILE_OF(5) TILE_OF(6) }
    }
  }
}

TARGET void NAME(outputs)(
    ROW *rows, const int8_t *x, size_t count, const int8_weights *w, const SINK *to) {
  if (MODE(to) != 0) NAME(all_tiles)(rows, x, count, w, to, 1);
  else NAME(all_tiles)(rows, x, count, w, to, 0);
}

#undef TILE_OF
#undef PARTS
#undef TARGET
#undef NAME
#undef WIDTH
#undef EXCEEDS
#undef TALLEST
#undef VECTORS
#undef VECTORS_OF_ROW
#undef SHIFT
#undef HAS_REMAINDERS
#undef DOT
