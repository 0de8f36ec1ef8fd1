// SentencePiece's training, as a C function.
//
// This is C++ behind a C header because SentencePiece is a C++ library with classes and exceptions, and Swift's C++
// interoperability would have to be turned on in every target that imports this one, directly or not. No exception leaves
// the function.
//
// Encoding and decoding are not here but in `Text`, in Swift: see `SentencePieceFile`.

#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The size of the array for a message, including the final zero; longer messages are cut off.
#define SENTENCEPIECE_MESSAGE_CAPACITY 1024

/// Trains a model.
///
/// `settings` are lines `name=value` with the names of spm_train, without input and output; `words` are lines of a word,
/// a tab and its count. Returns the serialized ModelProto, which the caller frees with `free`, or NULL with the reason in
/// `message`.
///
/// The library ends the process if normalization leaves nothing of the words.
uint8_t *_Nullable sentencepiece_train(
    const uint8_t *_Nonnull settings, size_t settings_count, const uint8_t *_Nonnull words, size_t words_count,
    size_t *_Nonnull model_count, char message[_Nonnull SENTENCEPIECE_MESSAGE_CAPACITY]);

#ifdef __cplusplus
}
#endif
