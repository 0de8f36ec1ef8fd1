#include "icu.h"

#include <stddef.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uregion.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

_Static_assert(ICU_LANGUAGE_CAPACITY <= ULOC_FULLNAME_CAPACITY, "codes fit into ICU's arrays");

// Whether a call succeeded and its result is terminated.
static int succeeded(UErrorCode status) {
  return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING;
}

int32_t icu_language_locale(const char *code, char *locale) {
  char tag[ICU_LANGUAGE_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  int32_t parsed = 0;
  locale[0] = 0;
  if (strlen(code) >= sizeof tag) return 0;
  strcpy(tag, code);
  for (char *c = tag; *c; c++)
    if (*c == '_') *c = '-';
  uloc_forLanguageTag(tag, locale, ICU_LANGUAGE_CAPACITY, &parsed, &status);
  if (succeeded(status) && parsed == (int32_t)strlen(tag)) return 1;
  locale[0] = 0;
  return 0;
}

int32_t icu_language_part(const char *locale, int32_t part, char *result) {
  UErrorCode status = U_ZERO_ERROR;
  switch (part) {
  case ICU_PART_LANGUAGE: uloc_getLanguage(locale, result, ICU_LANGUAGE_CAPACITY, &status); break;
  case ICU_PART_SCRIPT: uloc_getScript(locale, result, ICU_LANGUAGE_CAPACITY, &status); break;
  case ICU_PART_REGION: uloc_getCountry(locale, result, ICU_LANGUAGE_CAPACITY, &status); break;
  case ICU_PART_TAG: uloc_toLanguageTag(locale, result, ICU_LANGUAGE_CAPACITY, 0, &status); break;
  case ICU_PART_LIKELY: uloc_addLikelySubtags(locale, result, ICU_LANGUAGE_CAPACITY, &status); break;
  default: status = U_ILLEGAL_ARGUMENT_ERROR;
  }
  if (succeeded(status)) return 1;
  result[0] = 0;
  return 0;
}

int32_t icu_language_replacement(const char *language, char *result) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  result[0] = 0;
  UResourceBundle *data = ures_openDirect(NULL, "metadata", &status);
  UResourceBundle *aliases = ures_getByKey(data, "alias", NULL, &status);
  UResourceBundle *languages = ures_getByKey(aliases, "language", NULL, &status);
  UResourceBundle *entry = ures_getByKey(languages, language, NULL, &status);
  const UChar *text = ures_getStringByKey(entry, "replacement", &length, &status);
  if (U_SUCCESS(status)) u_strToUTF8(result, ICU_LANGUAGE_CAPACITY, NULL, text, length, &status);
  ures_close(entry);
  ures_close(languages);
  ures_close(aliases);
  ures_close(data);
  if (succeeded(status)) return 1;
  result[0] = 0;
  return 0;
}

int32_t icu_language_name(const char *language, const char *in, char *result) {
  UChar name[ICU_LANGUAGE_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  result[0] = 0;
  int32_t length = uloc_getDisplayLanguage(language, in, name, ICU_LANGUAGE_CAPACITY, &status);
  // ICU returns the code if it has no name.
  if (!U_SUCCESS(status) || status == U_USING_DEFAULT_WARNING || length > ICU_LANGUAGE_CAPACITY) return 0;
  u_strToUTF8(result, ICU_LANGUAGE_CAPACITY, NULL, name, length, &status);
  if (succeeded(status) && strcmp(result, language) != 0) return 1;
  result[0] = 0;
  return 0;
}

const char *icu_language_at(int32_t index) {
  const char *const *languages = uloc_getISOLanguages();
  while (*languages && index > 0) {
    languages++;
    index--;
  }
  return *languages;
}

int32_t icu_is_script(const char *code) {
  return u_getPropertyValueEnum(UCHAR_SCRIPT, code) != UCHAR_INVALID_CODE;
}

int32_t icu_is_region(const char *code) {
  UErrorCode status = U_ZERO_ERROR;
  return uregion_getRegionFromCode(code, &status) != NULL && U_SUCCESS(status);
}
