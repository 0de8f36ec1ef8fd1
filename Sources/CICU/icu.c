#include "icu.h"

#include <stddef.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

_Static_assert(ICU_CATEGORY_UPPERCASE_LETTER == U_UPPERCASE_LETTER, "as in ICU");
_Static_assert(ICU_CATEGORY_OTHER_LETTER == U_OTHER_LETTER, "as in ICU");
_Static_assert(ICU_CATEGORY_OTHER_NUMBER == U_OTHER_NUMBER, "as in ICU");
_Static_assert(ICU_CATEGORY_END_PUNCTUATION == U_END_PUNCTUATION, "as in ICU");
_Static_assert(ICU_CATEGORY_FINAL_PUNCTUATION == U_FINAL_PUNCTUATION, "as in ICU");
_Static_assert(ICU_CATEGORY_START_PUNCTUATION == U_START_PUNCTUATION, "as in ICU");
_Static_assert(ICU_CATEGORY_INITIAL_PUNCTUATION == U_INITIAL_PUNCTUATION, "as in ICU");

static int32_t error_of(UErrorCode status) { return U_FAILURE(status) ? (int32_t)status : 0; }

const char *icu_error_name(int32_t error) { return u_errorName((UErrorCode)error); }

// A BCP 47 code (or the common form "de_DE") as an ICU locale; the root locale for anything else.
static void locale_of(const char *language, char locale[ULOC_FULLNAME_CAPACITY]) {
  char tag[ICU_LANGUAGE_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  locale[0] = 0;
  if (strlen(language) >= sizeof tag) return;
  strcpy(tag, language);
  for (char *c = tag; *c; c++)
    if (*c == '_') *c = '-';
  uloc_forLanguageTag(tag, locale, ULOC_FULLNAME_CAPACITY, NULL, &status);
  // A name that exactly fills the array lacks its final zero, which ICU reports as a warning.
  if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) locale[0] = 0;
}

static int32_t open_breaker(UBreakIteratorType type, const char *language, void **result) {
  char locale[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  locale_of(language, locale);
  *result = ubrk_open(type, locale, NULL, 0, &status);
  return error_of(status);
}

// The ends of all segments, and with `is_word` whether each is a word.
static int32_t segments(
    UBreakIterator *iterator, const uint16_t *text, int32_t length, int32_t *ends, uint8_t *is_word,
    int32_t *count) {
  static const UChar nothing[1] = {0};
  UErrorCode status = U_ZERO_ERROR;
  int32_t end, found = 0;
  *count = 0;
  ubrk_setText(iterator, (const UChar *)text, length, &status);
  if (U_FAILURE(status)) return error_of(status);
  ubrk_first(iterator);
  while (found < length && (end = ubrk_next(iterator)) != UBRK_DONE) {
    if (is_word) is_word[found] = ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT;
    ends[found++] = end;
  }
  *count = found;
  // The iterator must not outlive its text.
  ubrk_setText(iterator, nothing, 0, &status);
  return error_of(status);
}

int32_t icu_word_breaker_open(const char *language, icu_word_breaker **result) {
  return open_breaker(UBRK_WORD, language, (void **)result);
}

void icu_word_breaker_close(icu_word_breaker *breaker) { ubrk_close((UBreakIterator *)breaker); }

int32_t icu_word_segments(
    icu_word_breaker *breaker, const uint16_t *text, int32_t length, int32_t *ends, uint8_t *is_word,
    int32_t *count) {
  return segments((UBreakIterator *)breaker, text, length, ends, is_word, count);
}

int32_t icu_sentence_breaker_open(const char *language, icu_sentence_breaker **result) {
  return open_breaker(UBRK_SENTENCE, language, (void **)result);
}

void icu_sentence_breaker_close(icu_sentence_breaker *breaker) { ubrk_close((UBreakIterator *)breaker); }

int32_t icu_sentence_ends(
    icu_sentence_breaker *breaker, const uint16_t *text, int32_t length, int32_t *ends, int32_t *count) {
  return segments((UBreakIterator *)breaker, text, length, ends, NULL, count);
}

// Results that do not fit, which the caller detects by their length, and results without a final zero are not errors.
static int32_t error_of_result(UErrorCode status) {
  return status == U_BUFFER_OVERFLOW_ERROR ? 0 : error_of(status);
}

int32_t icu_normalize(
    int32_t compatibility, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity,
    int32_t *result_length) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form =
      compatibility ? unorm2_getNFKCInstance(&status) : unorm2_getNFCInstance(&status);
  *result_length = 0;
  if (U_FAILURE(status)) return error_of(status);
  *result_length = unorm2_normalize(form, (const UChar *)text, length, (UChar *)result, capacity, &status);
  return error_of_result(status);
}

int32_t icu_lowercase(
    const char *language, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity,
    int32_t *result_length) {
  char locale[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  locale_of(language, locale);
  *result_length =
      u_strToLower((UChar *)result, capacity, (const UChar *)text, length, locale, &status);
  return error_of_result(status);
}

int32_t icu_fold_case(
    const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity, int32_t *result_length) {
  UErrorCode status = U_ZERO_ERROR;
  *result_length =
      u_strFoldCase((UChar *)result, capacity, (const UChar *)text, length, U_FOLD_CASE_DEFAULT, &status);
  return error_of_result(status);
}

int32_t icu_category(uint32_t code_point) {
  return code_point > UCHAR_MAX_VALUE ? 0 : u_charType((UChar32)code_point);
}

int32_t icu_may_change_in_nfc(uint32_t code_point) {
  return u_getIntPropertyValue((UChar32)code_point, UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
}

const char *icu_script_name(uint32_t code_point) {
  UErrorCode status = U_ZERO_ERROR;
  const char *name = uscript_getShortName(uscript_getScript((UChar32)code_point, &status));
  return U_FAILURE(status) || name == NULL ? "Zzzz" : name;
}
