// From sums of bytes to outputs, for one instruction set. Included once for each, after these are defined:
//
//   TARGET         attributes of the functions
//   NAME(x)        x with the name of the instruction set
//   WIDTH          32-bit lanes of a vector: 4, 8 or 16
//   EXCEEDS        whether a lane of its first operand is greater than the second

typedef int32_t NAME(ints) __attribute__((vector_size(4 * WIDTH), aligned(4)));
typedef float NAME(floats) __attribute__((vector_size(4 * WIDTH), aligned(4)));

// Considers WIDTH outputs of a row, of which one may be greater than all before.
TARGET static __attribute__((noinline)) void NAME(consider)(
    int8_row *row, const float *y, size_t first, size_t outer) {
  for (size_t l = 0; l < WIDTH && first + l < outer; ++l) {
    if (first + l < 16 && (row->excluded >> (first + l) & 1)) continue;
    if (y[l] > row->greatest) {
      row->greatest = y[l];
      row->output = (int32_t)(first + l);
    }
  }
}

// Outputs first ..< first + WIDTH of a row, of which those from w->outer on are padding. seeks_greatest is a constant
// wherever this is inlined.
static inline __attribute__((always_inline)) TARGET void NAME(finish)(
    int8_row *row, size_t index, NAME(ints) sums, size_t first, const int8_weights *w, const int8_outputs *to,
    const int seeks_greatest) {
  NAME(floats) scale, value;
  memcpy(&scale, w->scale + first, sizeof scale);
  value = __builtin_convertvector(sums, NAME(floats)) * (scale * row->scale);
  int is_whole = first + WIDTH <= w->outer;
  if (to->bias != NULL) {
    NAME(floats) added = {0};
    if (is_whole) memcpy(&added, to->bias + first, sizeof added);
    else
      for (size_t l = 0; first + l < w->outer; ++l) added[l] = to->bias[first + l];
    value += added;
  }
  if (seeks_greatest) {
    if (__builtin_expect(EXCEEDS(value, row->greatest), 0)) {
      float lanes[WIDTH];
      memcpy(lanes, &value, sizeof value);
      NAME(consider)(row, lanes, first, w->outer);
    }
    return;
  }
  float *y = to->y + index * w->outer + first;
  if (is_whole) memcpy(y, &value, sizeof value);
  else
    for (size_t l = 0; first + l < w->outer; ++l) y[l] = value[l];
}
