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

/// The general categories of opening punctuation, Ps and Pi.
#define ICU_CATEGORY_START_PUNCTUATION 20
#define ICU_CATEGORY_INITIAL_PUNCTUATION 28

/// Finds word boundaries. Not thread-safe.
typedef struct icu_word_breaker icu_word_breaker;

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

/// The general category of a code point, numbered as in ICU's `UCharCategory`; 0 if it is not a code point.
int32_t icu_category(uint32_t code_point);

/// The script of a code point as an ISO 15924 code such as "Latn"; "Zyyy" and "Zinh" for characters shared by
/// many scripts, "Zzzz" if unknown. Never NULL.
const char *_Nonnull icu_script_name(uint32_t code_point);

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
