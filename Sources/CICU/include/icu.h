// The parts of ICU that this package needs, behind its own names and types.
//
// This is C for two reasons. ICU's functions are macros that append the library's version to each name
// (`ubrk_open` is `ubrk_open_72`), which Swift cannot import. And Swift must not see ICU's headers at all:
// Foundation bundles another ICU with the same declarations, and a module that imports both does not
// compile. So this header does not include any of ICU's headers.
//
// Text is UTF-16 in arrays owned by the caller; no function keeps a pointer to them.
// Functions that can fail return 0 for success or an error code for `icu_error_name`.

#pragma once
#include <stdint.h>

/// The longest supported language code, including the final zero; longer ones are treated as "", the root language.
#define ICU_LANGUAGE_CAPACITY 100

/// The general categories of closing punctuation, Pe and Pf.
#define ICU_CATEGORY_END_PUNCTUATION 21
#define ICU_CATEGORY_FINAL_PUNCTUATION 29
/// The first and the last of the general categories of letters, marks and numbers, Lu to No.
#define ICU_CATEGORY_UPPERCASE_LETTER 1
#define ICU_CATEGORY_OTHER_NUMBER 11
/// The last category of letters, Lo.
#define ICU_CATEGORY_OTHER_LETTER 5
/// The general categories of opening punctuation, Ps and Pi.
#define ICU_CATEGORY_START_PUNCTUATION 20
#define ICU_CATEGORY_INITIAL_PUNCTUATION 28

/// Finds word boundaries. Not thread-safe.
typedef struct icu_word_breaker icu_word_breaker;

/// Finds sentence boundaries. Not thread-safe.
typedef struct icu_sentence_breaker icu_sentence_breaker;

/// ICU's name for an error, such as "U_FILE_ACCESS_ERROR". Never NULL.
const char *_Nonnull icu_error_name(int32_t error);

/// Opens a word breaker for a language (BCP 47, "" for the root rules; unknown languages use those too).
int32_t icu_word_breaker_open(const char *_Nonnull language, icu_word_breaker *_Nullable *_Nonnull result);

void icu_word_breaker_close(icu_word_breaker *_Nonnull breaker);

/// Cuts `text` into segments: words and what is between them.
///
/// `ends` receives the end of each segment, and `is_word` 1 if the segment contains letters, digits or
/// ideographs, otherwise 0; both have room for `length` entries. `count` receives the number of segments.
int32_t icu_word_segments(
    icu_word_breaker *_Nonnull breaker, const uint16_t *_Nonnull text, int32_t length,
    int32_t *_Nonnull ends, uint8_t *_Nonnull is_word, int32_t *_Nonnull count);

/// Writes the NFC of `text`, or with `compatibility` its NFKC, to `result`.
///
/// `result_length` receives the length of the whole result. If it exceeds `capacity`, the contents of
/// `result` are undefined, and the caller must repeat the call with that capacity.
int32_t icu_normalize(
    int32_t compatibility, const uint16_t *_Nonnull text, int32_t length, uint16_t *_Nonnull result,
    int32_t capacity, int32_t *_Nonnull result_length);

/// Writes `text` in lower case, by the rules of `language`, to `result`; for lengths see `icu_normalize`.
int32_t icu_lowercase(
    const char *_Nonnull language, const uint16_t *_Nonnull text, int32_t length, uint16_t *_Nonnull result,
    int32_t capacity, int32_t *_Nonnull result_length);

/// Writes `text` with its cases folded, so that words that differ only by case become equal; for lengths see
/// `icu_normalize`.
int32_t icu_fold_case(
    const uint16_t *_Nonnull text, int32_t length, uint16_t *_Nonnull result, int32_t capacity,
    int32_t *_Nonnull result_length);

/// The general category of a code point, numbered as in ICU's `UCharCategory`; 0 if it is not a code point.
int32_t icu_category(uint32_t code_point);

/// Whether NFC may change a text because of this code point: not if all of a text's are 0.
int32_t icu_may_change_in_nfc(uint32_t code_point);

/// The script of a code point as an ISO 15924 code such as "Latn"; "Zyyy" and "Zinh" for characters shared by
/// many scripts, "Zzzz" if unknown. Never NULL.
const char *_Nonnull icu_script_name(uint32_t code_point);

/// Opens a sentence breaker for a language; see `icu_word_breaker_open`.
int32_t icu_sentence_breaker_open(
    const char *_Nonnull language, icu_sentence_breaker *_Nullable *_Nonnull result);

void icu_sentence_breaker_close(icu_sentence_breaker *_Nonnull breaker);

/// Cuts `text` into sentences; white space between two belongs to the first.
///
/// `ends` receives the end of each sentence and has room for `length` entries, `count` receives their number.
int32_t icu_sentence_ends(
    icu_sentence_breaker *_Nonnull breaker, const uint16_t *_Nonnull text, int32_t length,
    int32_t *_Nonnull ends, int32_t *_Nonnull count);

// Languages. Results are strings in arrays of `ICU_LANGUAGE_CAPACITY` bytes, empty if there is none; functions return
// whether there is one.

/// Parts of a locale for `icu_language_part`.
#define ICU_PART_LANGUAGE 0
#define ICU_PART_SCRIPT 1
#define ICU_PART_REGION 2
/// The whole locale as a BCP 47 code.
#define ICU_PART_TAG 3
/// The whole locale, with script and region added if they are likely.
#define ICU_PART_LIKELY 4

/// ICU's locale for a BCP 47 code, with "-" or "_" between its parts; none if the code is malformed.
int32_t icu_language_locale(const char *_Nonnull code, char *_Nonnull locale);

/// A part of a locale. Languages are written as briefly as possible: "ja", not "jpn".
int32_t icu_language_part(const char *_Nonnull locale, int32_t part, char *_Nonnull result);

/// The code by which CLDR replaces a language code: "zh" for "cmn", "fr" for "fre"; with a script for some: "sr_Latn".
int32_t icu_language_replacement(const char *_Nonnull language, char *_Nonnull result);

/// The name of a language in a language, as UTF-8: "German", "Deutsch".
int32_t icu_language_name(const char *_Nonnull language, const char *_Nonnull in, char *_Nonnull result);

/// The codes of languages that ICU lists, by number from 0; NULL after the last.
const char *_Nullable icu_language_at(int32_t index);

/// Whether a code is that of a script (ISO 15924).
int32_t icu_is_script(const char *_Nonnull code);

/// Whether a code is that of a region (ISO 3166-1, UN M49).
int32_t icu_is_region(const char *_Nonnull code);

/// A compiled regular expression. Not thread-safe.
typedef struct icu_pattern icu_pattern;

/// What `icu_pattern_matches` compares with the pattern: the whole text, or its beginning.
#define ICU_PATTERN_WHOLE 0
#define ICU_PATTERN_BEGINNING 1

/// Compiles a regular expression. `error_offset` receives the code unit at which it is malformed, or -1.
int32_t icu_pattern_open(
    const uint16_t *_Nonnull pattern, int32_t length, int32_t ignores_case,
    icu_pattern *_Nullable *_Nonnull result, int32_t *_Nonnull error_offset);

void icu_pattern_close(icu_pattern *_Nonnull pattern);

/// Whether the pattern matches the text or, with `ICU_PATTERN_BEGINNING`, its beginning.
///
/// 0 as well if the match would take unreasonable time or memory, as with `(a*)*b`; that does not depend on the machine.
int32_t icu_pattern_matches(
    icu_pattern *_Nonnull pattern, const uint16_t *_Nonnull text, int32_t length, int32_t part);

/// Finds the matches in a text from left to right, which do not overlap. Empty ones are skipped.
///
/// `starts` and `ends` have room for `length` entries. The result is the number of matches.
int32_t icu_pattern_find(
    icu_pattern *_Nonnull pattern, const uint16_t *_Nonnull text, int32_t length, int32_t *_Nonnull starts,
    int32_t *_Nonnull ends);
