#include "kernels.h"
#include "softmax_row.h"

VERSIONED double ctc_emissions(
    float *emissions, float *logits, const int32_t *symbols, size_t symbol_count, size_t rows, size_t columns,
    float confidence, float smoothing, int with_gradient) {
  double uniform = 0;
  for (size_t r = 0; r < rows; ++r) {
    float *row = logits + r * columns, *emission = emissions == NULL ? NULL : emissions + r * symbol_count;
    float best = row_max(row, columns);
    if (emissions != NULL)
      for (size_t i = 0; i < symbol_count; ++i) emission[i] = row[symbols[i]] - best;
    row_sums sums = row_exponentials(row, columns, best);
    double log_total = log((double)sums.total);
    uniform += log_total - (double)sums.shifted_sum / (double)columns;
    if (emissions != NULL)
      for (size_t i = 0; i < symbol_count; ++i) emission[i] = (float)(emission[i] - log_total);
    if (!with_gradient) continue;
    float factor = (confidence + smoothing) / sums.total, floor = smoothing / (float)columns;
    for (size_t i = 0; i < columns; ++i) row[i] = row[i] * factor - floor;
  }
  return uniform;
}

void ctc_subtract(
    float *logits, const float *posteriors, const int32_t *symbols, size_t symbol_count, size_t rows,
    size_t columns, float confidence) {
  for (size_t r = 0; r < rows; ++r)
    for (size_t i = 0; i < symbol_count; ++i)
      logits[r * columns + symbols[i]] -= confidence * posteriors[r * symbol_count + i];
}

// The logarithm of probability 0: finite, so that the difference of two is not NaN, and small enough for a float.
#define IMPOSSIBLE (-1e36)

// log(1 + x) for 0 <= x <= 2, within 1e-7: the series of 2 atanh(x / (2 + x)). Exactly 0 at 0, so that no error
// accumulates if a sum has one term, however long the sentence.
ALWAYS_INLINE float log_1_plus(float x) {
  float z = x / (2 + x), s = z * z;
  float p = 1 / 23.0f;
  for (int divisor = 21; divisor >= 1; divisor -= 2) p = p * s + 1 / (float)divisor;
  return 2 * z * p;
}

// log(exp(a) + exp(b)): sums in double precision, the correction, which is at most log 3, in single.
ALWAYS_INLINE double log_add(double a, double b) {
  double best = a > b ? a : b, other = a > b ? b : a;
  return best + log_1_plus(fast_exp((float)(other - best)));
}
ALWAYS_INLINE double log_add3(double a, double b, double c) {
  double best = a > b ? a : b;
  best = c > best ? c : best;
  float sum = fast_exp((float)(a - best)) + fast_exp((float)(b - best)) + fast_exp((float)(c - best));
  return best + log_1_plus(sum - 1);
}

// The states of one row, in one half for blanks and one for labels: blanks[j] follows label j and blanks[0] comes
// first; labels[0] and labels[count + 1] are unused. So every loop below runs over neighbors in memory.
typedef struct {
  double *blanks, *labels;
} states;

#define WIDTH(count) ((count) + 2)

ALWAYS_INLINE states states_at(double *memory, size_t row, size_t count) {
  double *start = memory + row * 2 * WIDTH(count);
  return (states){.blanks = start, .labels = start + WIDTH(count)};
}

ALWAYS_INLINE void forget(states to, size_t count) {
  for (size_t i = 0; i < 2 * WIDTH(count); ++i) to.blanks[i] = IMPOSSIBLE;
}

// Probabilities of all beginnings of alignments that end in a state, from those of the row before.
ALWAYS_INLINE void forward_row(
    states next, states last, const float *emission, const double *skips, size_t count) {
  for (size_t j = 0; j <= count; ++j) next.blanks[j] = log_add(last.blanks[j], last.labels[j]) + emission[0];
  next.labels[0] = IMPOSSIBLE;
  for (size_t j = 1; j <= count; ++j)
    next.labels[j] =
        log_add3(last.labels[j], last.blanks[j - 1], last.labels[j - 1] + skips[j]) + emission[j];
}

// Probabilities of everything that may follow a state; `after` has those of the next row with its emissions.
ALWAYS_INLINE void backward_row(states to, states after, const double *skips, size_t count) {
  for (size_t j = 0; j <= count; ++j) to.blanks[j] = log_add(after.blanks[j], after.labels[j + 1]);
  for (size_t j = 1; j <= count; ++j)
    to.labels[j] = log_add3(after.labels[j], after.blanks[j], after.labels[j + 1] + skips[j + 1]);
}

// Overwrites a row's emissions. Relative to the row's best state, posteriors sum to 1 and are finite, however the sums
// over many rows were rounded.
ALWAYS_INLINE void posterior_row(float *emission, states forward, states backward, size_t count) {
  double best = forward.blanks[0] + backward.blanks[0];
  for (size_t j = 1; j <= count; ++j) {
    double blank = forward.blanks[j] + backward.blanks[j], label = forward.labels[j] + backward.labels[j];
    best = blank > best ? blank : best;
    best = label > best ? label : best;
  }
  float total = 0, blank = 0;
  for (size_t j = 0; j <= count; ++j)
    blank += fast_exp((float)(forward.blanks[j] + backward.blanks[j] - best));
  for (size_t j = 1; j <= count; ++j)
    emission[j] = fast_exp((float)(forward.labels[j] + backward.labels[j] - best));
  emission[0] = blank;
  for (size_t j = 0; j <= count; ++j) total += emission[j];
  for (size_t j = 0; j <= count; ++j) emission[j] /= total;
}

size_t ctc_scratch(size_t rows, size_t count) { return (rows + 3) * 2 * WIDTH(count) + WIDTH(count); }

VERSIONED double ctc_align(
    float *emissions, const int32_t *labels, size_t count, size_t rows, double *scratch, int with_posteriors) {
  if (rows == 0) return 0;
  // Row 0 of the lattice comes before the sentence, whose row r is row r + 1.
  double *skips = scratch + (rows + 3) * 2 * WIDTH(count);
  for (size_t j = 0; j < WIDTH(count); ++j)
    skips[j] = j >= 2 && j <= count && labels[j - 1] == labels[j - 2] ? IMPOSSIBLE : 0;
  states start = states_at(scratch, 0, count);
  forget(start, count);
  start.blanks[0] = 0;
  for (size_t r = 0; r < rows; ++r)
    forward_row(
        states_at(scratch, r + 1, count), states_at(scratch, r, count), emissions + r * (count + 1), skips, count);
  states end = states_at(scratch, rows, count);
  double log_likelihood = log_add(end.blanks[count], end.labels[count]);
  if (!with_posteriors) return log_likelihood;

  states backward = states_at(scratch, rows + 1, count), after = states_at(scratch, rows + 2, count);
  forget(backward, count);
  forget(after, count);
  backward.blanks[count] = 0;
  backward.labels[count] = 0;
  for (size_t r = rows; r-- > 0;) {
    float *emission = emissions + r * (count + 1);
    for (size_t j = 0; j <= count; ++j) after.blanks[j] = backward.blanks[j] + emission[0];
    for (size_t j = 1; j <= count; ++j) after.labels[j] = backward.labels[j] + emission[j];
    posterior_row(emission, states_at(scratch, r + 1, count), backward, count);
    backward_row(backward, after, skips, count);
  }
  return log_likelihood;
}
