// What this package needs of ICU, behind names and types of its own.
//
// This is C for two reasons. ICU's functions are macros that add the library's version to each name
// (`ubrk_open` is `ubrk_open_72`), which Swift cannot import. And ICU's headers must not be seen by
// Swift at all: Foundation carries another ICU with the same declarations, and a module that imports
// both does not compile. So this header includes no header of ICU.
//
// Text is UTF-16 in arrays that belong to the caller; nothing here keeps a pointer to them.
// Every function that can fail returns 0, or the code of an error for `icu_error_name`.

#pragma once
#include <stdint.h>

/// The longest language code that is read; a longer one counts as "", the root language.
#define ICU_LANGUAGE_CAPACITY 100

/// General categories of punctuation that opens: Ps and Pi.
#define ICU_CATEGORY_START_PUNCTUATION 20
#define ICU_CATEGORY_INITIAL_PUNCTUATION 28

/// Finds words. For one thread at a time.
typedef struct icu_word_breaker icu_word_breaker;

/// ICU's name for an error, such as "U_FILE_ACCESS_ERROR". Never NULL.
const char *_Nonnull icu_error_name(int32_t error);

/// Opens a word breaker for a language (BCP 47, "" for the root rules; unknown languages use those too).
int32_t icu_word_breaker_open(const char *_Nonnull language, icu_word_breaker *_Nullable *_Nonnull result);

void icu_word_breaker_close(icu_word_breaker *_Nonnull breaker);

/// Cuts `text` into segments: words, and whatever stands between them.
///
/// `ends` receives the end of each segment, `is_word` 1 where the segment holds letters, digits or
/// ideographs and else 0; both have room for `length` entries. `count` receives the number of segments.
int32_t icu_word_segments(
    icu_word_breaker *_Nonnull breaker, const uint16_t *_Nonnull text, int32_t length,
    int32_t *_Nonnull ends, uint8_t *_Nonnull is_word, int32_t *_Nonnull count);

/// Writes the NFC of `text`, or its NFKC, to `result`.
///
/// `result_length` receives the length of the whole result, also where it exceeds `capacity`: then the
/// content of `result` is undefined, and the call is to be repeated with that capacity.
int32_t icu_normalize(
    int32_t compatibility, const uint16_t *_Nonnull text, int32_t length, uint16_t *_Nonnull result,
    int32_t capacity, int32_t *_Nonnull result_length);

/// Writes `text` in lower case, by the rules of `language`, to `result`; lengths as in `icu_normalize`.
int32_t icu_lowercase(
    const char *_Nonnull language, const uint16_t *_Nonnull text, int32_t length, uint16_t *_Nonnull result,
    int32_t capacity, int32_t *_Nonnull result_length);

/// The general category of a code point, numbered as in ICU's `UCharCategory`; 0 for what is none.
int32_t icu_category(uint32_t code_point);

/// The script that a code point is written in, by its ISO 15924 code such as "Latn"; "Zyyy" and "Zinh" for what
/// many scripts share, "Zzzz" for none. Never NULL.
const char *_Nonnull icu_script_name(uint32_t code_point);
