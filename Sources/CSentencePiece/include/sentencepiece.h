// The parts of SentencePiece that this package needs, as C functions.
//
// This is C++ behind a C header because SentencePiece is a C++ library with classes and exceptions, and Swift's C++
// interoperability would have to be turned on in every target that imports this one, directly or not. No exception leaves
// these functions.
//
// The library trusts its model files: damaged ones can make it read beyond its tables. `sentencepiece_open` must only get
// what `SentencePieceFile` in `Text` has checked and written anew.
//
// Text is UTF-8 in arrays owned by the caller; no function keeps a pointer to them.

#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The size of the arrays for messages, including the final zero; longer messages are cut off.
#define SENTENCEPIECE_MESSAGE_CAPACITY 1024

/// A model that encodes text. Several threads may use one at the same time.
typedef struct sentencepiece_model sentencepiece_model;

/// A piece of a text.
typedef struct {
  /// Its id in the model.
  int32_t id;
  /// The bytes of the original text that it stands for; empty for the bytes of a character but the last.
  uint32_t begin, end;
  /// Where its normalized text ends in the texts of the sentence, if the id is that of unknown text.
  uint32_t text_end;
} sentencepiece_piece;

/// The pieces of a text, and the normalized texts of those that are unknown, one after another.
typedef struct {
  sentencepiece_piece *_Nullable pieces;
  size_t count;
  uint8_t *_Nullable texts;
} sentencepiece_sentence;

/// Makes a model from a serialized ModelProto, which is copied.
///
/// Returns NULL if the library refuses it, with the reason in `message`.
sentencepiece_model *_Nullable sentencepiece_open(
    const uint8_t *_Nonnull proto, size_t count, char message[_Nonnull SENTENCEPIECE_MESSAGE_CAPACITY]);

void sentencepiece_close(sentencepiece_model *_Nonnull model);

/// Encodes a text; the caller frees the sentence.
///
/// Returns 0 if the library fails, such as for lack of memory; the sentence is empty then.
int32_t sentencepiece_encode(
    const sentencepiece_model *_Nonnull model, const uint8_t *_Nullable text, size_t count,
    sentencepiece_sentence *_Nonnull sentence);

void sentencepiece_free(sentencepiece_sentence sentence);

/// Trains a model.
///
/// `settings` are lines `name=value` with the names of spm_train, without input and output; `words` are lines of a word,
/// a tab and its count. Returns the serialized ModelProto, which the caller frees with `free`, or NULL with the reason in
/// `message`.
uint8_t *_Nullable sentencepiece_train(
    const uint8_t *_Nonnull settings, size_t settings_count, const uint8_t *_Nonnull words, size_t words_count,
    size_t *_Nonnull model_count, char message[_Nonnull SENTENCEPIECE_MESSAGE_CAPACITY]);

#ifdef __cplusplus
}
#endif
