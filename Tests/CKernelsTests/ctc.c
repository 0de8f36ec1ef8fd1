#include "references.h"

#define IMPOSSIBLE (-1e35)

static void check_emissions(size_t rows, size_t columns, size_t labels, int with_emissions, int with_gradient) {
  begin_case(
      "ctc_emissions, rows %zu, columns %zu, labels %zu, emissions %d, gradient %d", rows, columns, labels,
      with_emissions, with_gradient);
  const float confidence = 0.9f, smoothing = 0.1f;
  size_t n = rows * columns, count = labels + 1;
  float *logits = random_floats(n, 3), *emissions = with_emissions ? new_floats(rows * count) : NULL;
  int32_t *symbols = random_indices(count, (int32_t)columns);
  double *exact = as_doubles(logits, n), *expected = new_doubles(rows * count), *gradient = new_doubles(n), uniform = 0;
  for (size_t r = 0; r < rows; ++r) {
    double log_sum = log_sum_of(exact + r * columns, columns);
    for (size_t i = 0; i < count; ++i) expected[r * count + i] = exact[r * columns + (size_t)symbols[i]] - log_sum;
    for (size_t c = 0; c < columns; ++c) {
      double log_p = exact[r * columns + c] - log_sum;
      uniform -= log_p / (double)columns;
      gradient[r * columns + c] = ((double)confidence + smoothing) * exp(log_p) - (double)smoothing / (double)columns;
    }
  }
  double found = ctc_emissions(
      emissions, logits, symbols, count, rows, columns, confidence, smoothing, with_gradient);
  if (columns > 1) expect_close_number("the mean of -log p", found, uniform, 2e-6);
  if (with_emissions && columns > 1) expect_close("emissions", emissions, expected, rows * count, 1e-6);
  if (with_gradient) expect_close("logits", logits, gradient, n, 2e-6);
}

static void check_subtract(size_t rows, size_t columns, size_t labels) {
  begin_case("ctc_subtract, rows %zu, columns %zu, labels %zu", rows, columns, labels);
  size_t count = labels + 1;
  float *logits = random_floats(rows * columns, 1), *posteriors = random_floats(rows * count, 1);
  int32_t *symbols = random_indices(count, (int32_t)columns);
  double *expected = as_doubles(logits, rows * columns);
  for (size_t r = 0; r < rows; ++r)
    for (size_t i = 0; i < count; ++i)
      expected[r * columns + (size_t)symbols[i]] -= (double)0.9f * posteriors[r * count + i];
  ctc_subtract(logits, posteriors, symbols, count, rows, columns, 0.9f);
  expect_close("logits", logits, expected, rows * columns, 1e-6);
}

/// Emissions of a sentence: random logarithms of probabilities, the same for labels that are the same.
static float *random_emissions(const int32_t *labels, size_t count, size_t rows) {
  float *emissions = random_floats(rows * (count + 1), 1);
  for (size_t r = 0; r < rows; ++r)
    for (size_t j = 0; j <= count; ++j) {
      float *row = emissions + r * (count + 1);
      row[j] = -fabsf(row[j]);
      for (size_t earlier = 1; earlier < j; ++earlier)
        if (labels[earlier - 1] == labels[j - 1]) row[j] = row[earlier];
    }
  return emissions;
}

/// The total probability of all paths, by trying each. A path has a symbol for each row, which repeated symbols and
/// blanks are then removed from. With posteriors, adds the probability of each path to the labels that it stands on.
static double sum_of_paths(
    double *posteriors, const double *emissions, const int32_t *labels, size_t count, size_t rows) {
  size_t paths = 1;
  double total = 0;
  for (size_t r = 0; r < rows; ++r) paths *= count + 1;
  for (size_t path = 0; path < paths; ++path) {
    size_t rest = path, done = 0, place[10];
    int32_t last = -1;
    int fits = 1;
    double probability = 0;
    for (size_t r = 0; r < rows && fits; ++r, rest /= count + 1) {
      size_t choice = rest % (count + 1);
      // Symbols are compared, not places of labels: only the first of the same labels is a choice.
      for (size_t j = 1; j < choice; ++j) fits &= labels[j - 1] != labels[choice - 1];
      int32_t symbol = choice == 0 ? -1 : labels[choice - 1];
      if (symbol >= 0 && symbol != last) {
        fits &= done < count && labels[done] == symbol;
        ++done;
      }
      last = symbol;
      place[r] = symbol < 0 ? 0 : done;
      probability += emissions[r * (count + 1) + choice];
    }
    if (!fits || done != count) continue;
    total += exp(probability);
    for (size_t r = 0; r < rows; ++r) posteriors[r * (count + 1) + place[r]] += exp(probability);
  }
  return total;
}

static void check_paths(const int32_t *labels, size_t count, size_t rows) {
  begin_case(
      "ctc_align, rows %zu, labels %zu: %d %d %d", rows, count, count > 0 ? labels[0] : -1, count > 1 ? labels[1] : -1,
      count > 2 ? labels[2] : -1);
  size_t n = rows * (count + 1);
  float *emissions = random_emissions(labels, count, rows), *before = copied_floats(emissions, n);
  double *posteriors = new_doubles(n), *scratch = new_doubles(ctc_scratch(rows, count));
  for (size_t i = 0; i < n; ++i) posteriors[i] = 0;
  double total = sum_of_paths(posteriors, as_doubles(emissions, n), labels, count, rows);
  for (size_t i = 0; i < n; ++i) posteriors[i] /= total;
  double found = ctc_align(emissions, labels, count, rows, scratch, 0);
  expect_same("emissions without posteriors", emissions, before, n);
  if (total == 0) return expect_equal("whether there is no alignment", found <= IMPOSSIBLE, 1);
  expect_close_number("probability", exp(found), total, 1e-6);
  double again = ctc_align(emissions, labels, count, rows, scratch, 1);
  expect_equal("whether the probability is the same with posteriors", again == found, 1);
  expect_close("posteriors", emissions, posteriors, n, 3e-6);
}

/// Labels 0 1 2 … and equal neighbors, compared with the recursion over states in double precision.
static void check_long(size_t count, size_t rows) {
  begin_case("ctc_align, rows %zu, labels %zu", rows, count);
  int32_t *labels = random_indices(count, 4);
  float *emissions = random_emissions(labels, count, rows);
  size_t states = 2 * count + 1;
  double *probability = new_doubles(states), *next = new_doubles(states), scale = 0;
  for (size_t s = 0; s < states; ++s) probability[s] = s == 0;
  // A state before the first row, from which the first blank and the first label are reached.
  for (size_t r = 0; r < rows; ++r) {
    double sum = 0;
    for (size_t s = 0; s < states; ++s) {
      double from = r == 0 ? s < 2 : probability[s] + (s > 0 ? probability[s - 1] : 0);
      if (r > 0 && s > 2 && s % 2 == 1 && labels[s / 2] != labels[s / 2 - 1]) from += probability[s - 2];
      next[s] = from * exp(emissions[r * (count + 1) + (s % 2 == 0 ? 0 : s / 2 + 1)]);
      sum += next[s];
    }
    for (size_t s = 0; s < states; ++s) probability[s] = next[s] / sum;
    scale += log(sum);
  }
  double expected = scale + log(probability[states - 1] + (count > 0 ? probability[states - 2] : 0));
  double *scratch = new_doubles(ctc_scratch(rows, count));
  expect_close_number("log probability", ctc_align(emissions, labels, count, rows, scratch, 1), expected, 1e-6);
  for (size_t r = 0; r < rows; ++r) {
    double sum = 0;
    for (size_t j = 0; j <= count; ++j) sum += emissions[r * (count + 1) + j];
    expect_close_number("the sum of a row's posteriors", sum, 1, 1e-5);
  }
}

CHECKS_OF(ctc.c) {
  static const size_t columns[] = {1, 2, 15, 16, 17, 33, 100};
  EACH(size_t, c, columns) {
    check_emissions(3, c, 4, 1, 1);
    check_emissions(2, c, 0, 1, 0);
    check_emissions(2, c, 2, 0, 1);
    check_subtract(3, c, 4);
  }
  check_emissions(0, 17, 2, 1, 1);
  static const int32_t labels[][3] = {{1, 2, 3}, {1, 1, 2}, {2, 1, 2}, {3, 3, 3}};
  for (size_t l = 0; l < COUNT_OF(labels); ++l)
    for (size_t count = 0; count <= 3; ++count)
      for (size_t rows = 1; rows <= 6; ++rows) check_paths(labels[l], count, rows);
  begin_case("ctc_align, no rows");
  expect_equal("log probability", (int64_t)ctc_align(NULL, labels[0], 3, 0, NULL, 0), 0);
  check_long(0, 40);
  check_long(17, 40);
  check_long(33, 100);
}
