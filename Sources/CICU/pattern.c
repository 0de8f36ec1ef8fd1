#include "icu.h"

#include <stddef.h>
#include <unicode/uregex.h>

// Bounds of a single match, so that no pattern can stop a program. Steps of about a thousand operations, and bytes.
enum { longest_match = 1000, deepest_match = 8 << 20 };

static const UChar nothing[1] = {0};

static URegularExpression *expression_of(icu_pattern *pattern) { return (URegularExpression *)pattern; }

int32_t icu_pattern_open(
    const uint16_t *pattern, int32_t length, int32_t ignores_case, icu_pattern **result,
    int32_t *error_offset) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place = {.line = 0, .offset = -1};
  URegularExpression *expression = uregex_open(
      (const UChar *)pattern, length, ignores_case ? UREGEX_CASE_INSENSITIVE : 0, &place, &status);
  *error_offset = place.offset;
  if (U_SUCCESS(status)) uregex_setTimeLimit(expression, longest_match, &status);
  if (U_SUCCESS(status)) uregex_setStackLimit(expression, deepest_match, &status);
  if (U_FAILURE(status) && expression) {
    uregex_close(expression);
    expression = NULL;
  }
  *result = (icu_pattern *)expression;
  return U_FAILURE(status) ? (int32_t)status : 0;
}

void icu_pattern_close(icu_pattern *pattern) { uregex_close(expression_of(pattern)); }

int32_t icu_pattern_matches(icu_pattern *pattern, const uint16_t *text, int32_t length, int32_t part) {
  URegularExpression *expression = expression_of(pattern);
  UErrorCode status = U_ZERO_ERROR, end = U_ZERO_ERROR;
  uregex_setText(expression, (const UChar *)text, length, &status);
  UBool found = part == ICU_PATTERN_WHOLE ? uregex_matches(expression, 0, &status)
                                          : uregex_lookingAt(expression, 0, &status);
  // The expression must not outlive its text.
  uregex_setText(expression, nothing, 0, &end);
  return U_SUCCESS(status) && found;
}

int32_t icu_pattern_find(
    icu_pattern *pattern, const uint16_t *text, int32_t length, int32_t *starts, int32_t *ends) {
  URegularExpression *expression = expression_of(pattern);
  UErrorCode status = U_ZERO_ERROR, end = U_ZERO_ERROR;
  int32_t found = 0;
  uregex_setText(expression, (const UChar *)text, length, &status);
  while (U_SUCCESS(status) && uregex_findNext(expression, &status)) {
    int32_t from = uregex_start(expression, 0, &status), to = uregex_end(expression, 0, &status);
    if (U_FAILURE(status)) break;
    if (from < to) {
      starts[found] = from;
      ends[found++] = to;
    }
  }
  uregex_setText(expression, nothing, 0, &end);
  return found;
}
