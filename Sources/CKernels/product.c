#include "kernels.h"
#include "versions.h"

// A panel holds 32 outputs side by side: packed[panel][i][32]. Every element of y is summed over i in
// ascending order in one accumulator, whichever block of rows computes it: that is the promise.
#define PANEL (2 * LANES)

size_t product_packed_size(size_t outer, size_t inner) { return (outer + PANEL - 1) / PANEL * PANEL * inner; }

void product_pack(float *packed, const float *w, size_t outer, size_t inner) {
  for (size_t first = 0; first < outer; first += PANEL)
    for (size_t i = 0; i < inner; ++i)
      for (size_t o = first; o < first + PANEL; ++o) *packed++ = o < outer ? w[o * inner + i] : 0;
}

ALWAYS_INLINE void store_panel(float *y, const float16 *low, const float16 *high, size_t count) {
  if (count == PANEL) {
    store16(y, low);
    store16(y + LANES, high);
  } else {
    float both[PANEL];
    store16(both, low);
    store16(both + LANES, high);
    memcpy(y, both, count * sizeof(float));
  }
}

// `height` rows by one panel; height is a constant wherever this is inlined.
ALWAYS_INLINE void panel_product(
    float *y, const float *x, const float *panel, const float *bias, size_t outer, size_t inner, size_t count,
    const int height) {
  float16 low[8], high[8], w0, w1;
  for (int r = 0; r < height; ++r) {
    if (bias != NULL) {
      load16(&low[r], bias);
      load16(&high[r], bias + LANES);
    } else {
      low[r] = high[r] = (float16){0};
    }
  }
  for (size_t i = 0; i < inner; ++i) {
    load16(&w0, panel + i * PANEL);
    load16(&w1, panel + i * PANEL + LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < height; ++r) {
      float factor = x[(size_t)r * inner + i];
      low[r] += factor * w0;
      high[r] += factor * w1;
    }
  }
  for (int r = 0; r < height; ++r) store_panel(y + (size_t)r * outer, &low[r], &high[r], count);
}

VERSIONED void product_packed(
    float *y, const float *x, const float *packed, const float *bias, size_t rows, size_t outer, size_t inner) {
  for (size_t first = 0; first < outer; first += PANEL, packed += PANEL * inner) {
    size_t count = outer - first < PANEL ? outer - first : PANEL, r = 0;
    float padded_bias[PANEL] = {0};
    if (bias != NULL) memcpy(padded_bias, bias + first, count * sizeof(float));
    const float *b = bias != NULL ? padded_bias : NULL;
    float *out = y + first;
    for (; r + 8 <= rows; r += 8) panel_product(out + r * outer, x + r * inner, packed, b, outer, inner, count, 8);
    for (; r + 4 <= rows; r += 4) panel_product(out + r * outer, x + r * inner, packed, b, outer, inner, count, 4);
    for (; r < rows; ++r) panel_product(out + r * outer, x + r * inner, packed, b, outer, inner, count, 1);
  }
}
