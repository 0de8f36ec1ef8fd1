#include "int8.h"

// The only instruction of AVX2 that multiplies bytes adds two neighboring products to 16 bits, where sums above 32,767
// are cut off. Its factors of rows are 255 at most, so the sum fits if the magnitudes of two weights of one sign add up
// to 128 at most, which nearly all do. What others have beyond that is moved to remainders, which are multiplied by the
// same factors afterwards: the sum of all is exact. A product that moved signs from factors to weights instead would
// need no remainders, but a fourth instruction in the loop of three.

#define GREATEST_SUM 128
// Remainders are kept for a quarter of the groups at most. With more, moving signs is as fast.
#define GROUPS_OF_REMAINDER 4
// A group of four inputs of the outputs in a vector.
#define GROUP 32

ALWAYS_INLINE size_t vectors_of(size_t outer) { return rounded_up(outer, OUTER_STEP) / 8; }

ALWAYS_INLINE size_t capacity_of(size_t outer, size_t inner) {
  return vectors_of(outer) * (rounded_up(inner, INNER_STEP) / 4) / GROUPS_OF_REMAINDER;
}

size_t int8_split_size(size_t outer, size_t inner) {
  return (vectors_of(outer) + 1 + capacity_of(outer, inner)) * sizeof(uint32_t) + capacity_of(outer, inner) * GROUP;
}

int8_remainders int8_remainders_of(const void *packed, size_t outer, size_t inner) {
  const uint32_t *starts = packed, *places = starts + vectors_of(outer) + 1;
  return (int8_remainders){
      .starts = starts, .places = places, .bytes = (const int8_t *)(places + capacity_of(outer, inner))};
}

// Whether the sum of two neighbors is too great. Those of different signs never are.
static int exceeds(const int8_t *bytes, size_t n);
VERSIONED static int exceeds(const int8_t *bytes, size_t n) {
  int32_t worst = 0;
  for (size_t i = 0; i < n; i += 2) {
    int32_t sum = bytes[i] + bytes[i + 1];
    sum = sum < 0 ? -sum : sum;
    worst = sum > worst ? sum : worst;
  }
  return worst > GREATEST_SUM;
}

// Moves what is too great from a group to its remainder.
static void split_group(int8_t *bytes, int8_t *remainder) {
  memset(remainder, 0, GROUP);
  for (size_t i = 0; i < GROUP; i += 2) {
    int sum = bytes[i] + bytes[i + 1], excess = sum > 0 ? sum - GREATEST_SUM : sum + GREATEST_SUM;
    if ((sum > 0) != (excess > 0) || excess == 0) continue;
    // The greater of the two has at least that much.
    size_t greater = (sum > 0) == (bytes[i] > bytes[i + 1]) ? i : i + 1;
    remainder[greater] = (int8_t)excess;
    bytes[greater] = (int8_t)(bytes[greater] - excess);
  }
}

static size_t groups_that_exceed(const int8_weights *w) {
  size_t panel = PANEL * int8_step(w), count = 0;
  for (size_t first = 0; first < vectors_of(w->outer) / 2 * panel; first += panel) {
    if (!exceeds(w->bytes + first, panel)) continue;
    for (size_t i = 0; i < panel; i += GROUP) count += (size_t)exceeds(w->bytes + first + i, GROUP);
  }
  return count;
}

void int8_split(const int8_weights *w) {
  uint32_t *starts = (uint32_t *)w->remainders.starts, *places = (uint32_t *)w->remainders.places;
  int8_t *remainders = (int8_t *)w->remainders.bytes;
  if (groups_that_exceed(w) > capacity_of(w->outer, w->inner)) {
    starts[0] = INT8_NOT_SPLIT;
    return;
  }
  size_t panel = PANEL * int8_step(w);
  uint32_t count = 0;
  for (size_t vector = 0; vector < vectors_of(w->outer); ++vector) {
    starts[vector] = count;
    int8_t *bytes = (int8_t *)w->bytes + vector / 2 * panel;
    if (!exceeds(bytes, panel)) continue;
    bytes += vector % 2 * GROUP;
    for (size_t i = 0; i < panel; i += 2 * GROUP) {
      if (!exceeds(bytes + i, GROUP)) continue;
      split_group(bytes + i, remainders + count * GROUP);
      places[count++] = (uint32_t)(i / PANEL);
    }
  }
  starts[vectors_of(w->outer)] = count;
}
