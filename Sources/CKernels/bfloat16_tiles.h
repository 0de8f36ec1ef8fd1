// The loops of bfloat16_tiles.c, which includes this for each kind of tiles, with
//   NAMED(NAME)  the name of a function here
//   TILE(NAME)   a function on tiles
//   SPLIT        the function that rounds
//   FUNCTION, INLINE  begin a function that is called, or inlined, here

// Rounds the unit of x that begins at (line, from). Rows of x are lines if it is stored along the inner side, and
// elements of the inner side otherwise; sixteen rows or pairs of rows become sixteen rows of 64 bytes.
INLINE void NAMED(round_unit)(
    uint8_t *to, size_t step, size_t part_step, bfloat16_operand x, size_t line, size_t lines, size_t from,
    size_t inner, const int is_along, const int parts) {
  for (size_t r = 0; r < TILE_SIDE; ++r) {
    float16 low, high;
    if (is_along) {
      const float *row = x.elements + (line + r) * x.stride + from;
      ptrdiff_t left = line + r < lines ? (ptrdiff_t)(inner - from) : 0;
      load_present(&low, row, left);
      load_present(&high, row + LANES, left - LANES);
    } else {
      size_t even = from + 2 * r;
      const float *row = x.elements + even * x.stride + line;
      ptrdiff_t left = (ptrdiff_t)(lines - line);
      load_present(&low, row, even < inner ? left : 0);
      load_present(&high, row + x.stride, even + 1 < inner ? left : 0);
    }
    SPLIT(to + r * step, part_step, &low, &high, parts, !is_along);
  }
}

// A unit in the order of its factor, whose rows are lines in a and pairs in b.
INLINE void NAMED(pack_unit)(
    uint8_t *to, size_t step, size_t part_step, bfloat16_operand x, size_t line, size_t lines, size_t from,
    size_t inner, const int is_along, const int has_lines, const int parts) {
  if (is_along == has_lines) {
    NAMED(round_unit)(to, step, part_step, x, line, lines, from, inner, is_along, parts);
    return;
  }
  _Alignas(64) uint32_t unit[3][TILE_SIDE * TILE_SIDE];
  NAMED(round_unit)(
      (uint8_t *)unit, TILE_LINE_BYTES, TILE_BYTES, x, line, lines, from, inner, is_along, parts);
  for (int part = 0; part < parts; ++part) transpose_unit(to + (size_t)part * part_step, step, unit[part]);
}

// All units of a block, in the order in which x is stored.
INLINE void NAMED(pack_units)(
    uint8_t *packed, bfloat16_operand x, size_t lines, size_t inner, const int is_along, const int is_a,
    const int parts) {
  size_t depth = rounded_up(inner, UNIT_INNER), count = (size_t)parts;
#define PACK_UNIT(LINE, FROM) \
  if (is_a) \
    NAMED(pack_unit)( \
        packed + (LINE * depth / UNIT_INNER + FROM / 2) * count * TILE_LINE_BYTES, TILE_LINE_BYTES, TILE_BYTES, x, \
        LINE, lines, FROM, inner, is_along, 1, parts); \
  else \
    NAMED(pack_unit)( \
        packed + (LINE / PANEL_COLUMNS * depth + FROM) * count * TILE_LINE_BYTES + \
            LINE % PANEL_COLUMNS / TILE_SIDE * TILE_LINE_BYTES, \
        2 * TILE_LINE_BYTES, 2 * TILE_BYTES, x, LINE, lines, FROM, inner, is_along, 0, parts);
  if (is_along) {
    for (size_t line = 0; line < lines; line += TILE_SIDE)
      for (size_t from = 0; from < inner; from += UNIT_INNER) { PACK_UNIT(line, from) }
  } else {
    for (size_t from = 0; from < inner; from += UNIT_INNER)
      for (size_t line = 0; line < lines; line += TILE_SIDE) { PACK_UNIT(line, from) }
  }
#undef PACK_UNIT
}

INLINE void NAMED(pack_rows_or_columns)(
    uint8_t *packed, bfloat16_operand x, size_t lines, size_t inner, const int is_along, const int is_a, int parts) {
  if (parts == 1) NAMED(pack_units)(packed, x, lines, inner, is_along, is_a, 1);
  else NAMED(pack_units)(packed, x, lines, inner, is_along, is_a, 3);
}

// m rows by k elements of a, from (row, from).
FUNCTION void NAMED(pack_a)(
    uint8_t *packed, bfloat16_operand a, size_t row, size_t from, size_t m, size_t k, int parts) {
  a.elements += a.is_transposed ? from * a.stride + row : row * a.stride + from;
  if (a.is_transposed) NAMED(pack_rows_or_columns)(packed, a, m, k, 0, 1, parts);
  else NAMED(pack_rows_or_columns)(packed, a, m, k, 1, 1, parts);
}

// n columns by k elements of b, from (from, column).
FUNCTION void NAMED(pack_b)(
    uint8_t *packed, bfloat16_operand b, size_t column, size_t from, size_t n, size_t k, int parts) {
  b.elements += b.is_transposed ? column * b.stride + from : from * b.stride + column;
  if (b.is_transposed) NAMED(pack_rows_or_columns)(packed, b, n, k, 1, 0, parts);
  else NAMED(pack_rows_or_columns)(packed, b, n, k, 0, 0, parts);
}

FUNCTION void NAMED(pack_all)(float *packed, bfloat16_operand b, size_t columns, size_t inner, int parts) {
  tile_cut s = tile_cut_of(parts, columns, inner);
  for (size_t column = 0; column < columns; column += s.width)
    for (size_t from = 0; from < inner; from += s.depth)
      NAMED(pack_b)(
          (uint8_t *)packed + place_of_tiles(s, parts, column, from), b, column, from,
          at_most(s.width, columns - column), at_most(s.depth, inner - from), parts);
}

// Up to 32 x 32 sums: those of a row of tiles and, if tall, of the next; of a panel's first 16 columns and, if wide, its
// others. Tiles 0 to 3 are sums, 4 and 5 are of a, 6 and 7 of b.
typedef struct {
  tile_set *set;
  float *c;
  size_t stride;
  const uint8_t *a, *lower_a, *b;
  const float *bias;
  size_t rows, columns, units;
  int accumulate;
} NAMED(block);

INLINE void NAMED(load_a)(NAMED(block) o, size_t unit, int part, const int parts, const int tall) {
  size_t place = (unit * (size_t)parts + (size_t)part) * TILE_BYTES;
  TILE(load)(o.set, 4, o.a + place, TILE_LINE_BYTES);
  if (tall) TILE(load)(o.set, 5, o.lower_a + place, TILE_LINE_BYTES);
}

INLINE void NAMED(load_b)(NAMED(block) o, size_t unit, int part, const int parts, const int wide) {
  const uint8_t *b = o.b + (unit * (size_t)parts + (size_t)part) * 2 * TILE_BYTES;
  TILE(load)(o.set, 6, b, 2 * TILE_LINE_BYTES);
  if (wide) TILE(load)(o.set, 7, b + TILE_LINE_BYTES, 2 * TILE_LINE_BYTES);
}

INLINE void NAMED(add_products)(NAMED(block) o, const int tall, const int wide) {
  TILE(dot_bfloat16)(o.set, 0, 4, 6);
  if (wide) TILE(dot_bfloat16)(o.set, 1, 4, 7);
  if (tall) TILE(dot_bfloat16)(o.set, 2, 5, 6);
  if (tall && wide) TILE(dot_bfloat16)(o.set, 3, 5, 7);
}

// Whether a tile of sums begins with what is in c or with the bias, so that it needs nothing at the end. With three
// parts it begins with zero: each addition rounds, which costs less while sums are small.
INLINE int NAMED(begins_complete)(NAMED(block) o, const int parts) {
  return parts == 1 ? !(o.accumulate && o.bias != NULL) : !o.accumulate && o.bias == NULL;
}

INLINE void NAMED(begin_sums)(NAMED(block) o, const int tile, const int row, const int column, const int parts) {
  if (o.rows < (size_t)row + TILE_SIDE || o.columns < (size_t)column + TILE_SIDE || !NAMED(begins_complete)(o, parts))
    TILE(zero)(o.set, tile);
  else if (o.accumulate)
    TILE(load)(o.set, tile, o.c + (size_t)row * o.stride + column, o.stride * sizeof(float));
  else if (o.bias != NULL)
    TILE(load)(o.set, tile, o.bias + column, 0);
  else
    TILE(zero)(o.set, tile);
}

INLINE void NAMED(end_sums)(NAMED(block) o, const int tile, const int row, const int column, const int parts) {
  float *c = o.c + (size_t)row * o.stride + column;
  if (o.rows >= (size_t)row + TILE_SIDE && o.columns >= (size_t)column + TILE_SIDE && NAMED(begins_complete)(o, parts)) {
    TILE(store)(o.set, tile, c, o.stride * sizeof(float));
    return;
  }
  _Alignas(64) float sums[TILE_SIDE * TILE_SIDE];
  TILE(store)(o.set, tile, sums, TILE_LINE_BYTES);
  size_t width = at_most(o.columns - (size_t)column, TILE_SIDE);
  for (size_t r = 0; r < at_most(o.rows - (size_t)row, TILE_SIDE); ++r)
    for (size_t i = 0; i < width; ++i) {
      float sum = sums[r * TILE_SIDE + i];
      if (o.bias != NULL) sum += o.bias[(size_t)column + i];
      c[r * o.stride + i] = o.accumulate ? c[r * o.stride + i] + sum : sum;
    }
}

INLINE void NAMED(multiply_block)(NAMED(block) o, const int parts, const int tall, const int wide) {
  // Prefetched now, available when the sums are done.
  for (size_t r = 0; r < o.rows; ++r) {
    __builtin_prefetch(o.c + r * o.stride, 1);
    if (wide) __builtin_prefetch(o.c + r * o.stride + o.columns - 1, 1);
  }
  NAMED(begin_sums)(o, 0, 0, 0, parts);
  if (wide) NAMED(begin_sums)(o, 1, 0, TILE_SIDE, parts);
  if (tall) NAMED(begin_sums)(o, 2, TILE_SIDE, 0, parts);
  if (tall && wide) NAMED(begin_sums)(o, 3, TILE_SIDE, TILE_SIDE, parts);
  // The small products of parts in an order in which one of the factors stays, and before the large ones: each addition
  // rounds, by less while sums are small.
  for (size_t unit = 0; parts == 3 && unit < o.units; ++unit) {
    NAMED(load_a)(o, unit, 2, parts, tall);
    NAMED(load_b)(o, unit, 0, parts, wide);
    NAMED(add_products)(o, tall, wide);
    NAMED(load_a)(o, unit, 1, parts, tall);
    NAMED(add_products)(o, tall, wide);
    NAMED(load_b)(o, unit, 1, parts, wide);
    NAMED(add_products)(o, tall, wide);
    NAMED(load_a)(o, unit, 0, parts, tall);
    NAMED(add_products)(o, tall, wide);
    NAMED(load_b)(o, unit, 2, parts, wide);
    NAMED(add_products)(o, tall, wide);
  }
  for (size_t unit = 0; unit < o.units; ++unit) {
    NAMED(load_a)(o, unit, 0, parts, tall);
    NAMED(load_b)(o, unit, 0, parts, wide);
    NAMED(add_products)(o, tall, wide);
  }
  NAMED(end_sums)(o, 0, 0, 0, parts);
  if (wide) NAMED(end_sums)(o, 1, 0, TILE_SIDE, parts);
  if (tall) NAMED(end_sums)(o, 2, TILE_SIDE, 0, parts);
  if (tall && wide) NAMED(end_sums)(o, 3, TILE_SIDE, TILE_SIDE, parts);
}

// All sums of a block of a and a block of b.
INLINE void NAMED(multiply_blocks)(NAMED(block) all, const int parts) {
  size_t line = all.units * (size_t)parts * TILE_LINE_BYTES;
  for (size_t column = 0; column < all.columns; column += PANEL_COLUMNS)
    for (size_t row = 0; row < all.rows; row += 2 * TILE_SIDE) {
      NAMED(block) o = all;
      o.c += row * o.stride + column;
      o.a += row * line;
      o.lower_a = o.a + TILE_SIDE * line;
      o.b += column * line;
      if (o.bias != NULL) o.bias += column;
      o.rows = at_most(all.rows - row, 2 * TILE_SIDE);
      o.columns = at_most(all.columns - column, PANEL_COLUMNS);
      if (o.rows > TILE_SIDE && o.columns > TILE_SIDE) NAMED(multiply_block)(o, parts, 1, 1);
      else if (o.rows > TILE_SIDE) NAMED(multiply_block)(o, parts, 1, 0);
      else if (o.columns > TILE_SIDE) NAMED(multiply_block)(o, parts, 0, 1);
      else NAMED(multiply_block)(o, parts, 0, 0);
    }
}
FUNCTION void NAMED(multiply_blocks_of_1)(NAMED(block) all) { NAMED(multiply_blocks)(all, 1); }
FUNCTION void NAMED(multiply_blocks_of_3)(NAMED(block) all) { NAMED(multiply_blocks)(all, 3); }

FUNCTION void NAMED(multiply)(bfloat16_operands o, int parts) {
  tile_set set;
  TILE(configure)(&set);
  tile_cut s = tile_cut_of(parts, o.columns, o.inner);
  size_t height = block(o.rows, s.rows, 2 * TILE_SIDE);
  uint8_t *block_of_a = (uint8_t *)o.scratch, *block_of_b = block_of_a + s.rows * bytes_of_line(parts, s.depth);
  for (size_t column = 0; column < o.columns; column += s.width)
    for (size_t from = 0; from < o.inner; from += s.depth) {
      size_t n = at_most(s.width, o.columns - column), k = at_most(s.depth, o.inner - from);
      const uint8_t *b = block_of_b;
      if (o.packed != NULL) b = (const uint8_t *)o.packed + place_of_tiles(s, parts, column, from);
      else NAMED(pack_b)(block_of_b, o.b, column, from, n, k, parts);
      for (size_t row = 0; row < o.rows; row += height) {
        size_t m = at_most(height, o.rows - row);
        NAMED(pack_a)(block_of_a, o.a, row, from, m, k, parts);
        NAMED(block) all = {
            .set = &set, .c = o.c + row * o.c_stride + column, .stride = o.c_stride, .a = block_of_a, .b = b,
            .bias = o.bias == NULL || from > 0 ? NULL : o.bias + column, .rows = m, .columns = n,
            .units = rounded_up(k, UNIT_INNER) / UNIT_INNER, .accumulate = o.accumulate || from > 0};
        if (parts == 1) NAMED(multiply_blocks_of_1)(all);
        else NAMED(multiply_blocks_of_3)(all);
      }
    }
  TILE(release)(&set);
}

#undef NAMED
#undef TILE
#undef SPLIT
#undef FUNCTION
#undef INLINE
