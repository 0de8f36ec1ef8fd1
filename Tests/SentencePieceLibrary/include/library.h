// The encoding of SentencePiece's library, with which tests compare ours.

#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct library_model library_model;

/// Makes a model from a serialized ModelProto; NULL if the library refuses it.
library_model *_Nullable library_open(const uint8_t *_Nonnull proto, size_t count);

void library_close(library_model *_Nonnull model);

/// Encodes a text to ids, which the caller frees with `free`.
int32_t *_Nullable library_encode(
    const library_model *_Nonnull model, const uint8_t *_Nullable text, size_t count, size_t *_Nonnull ids);

/// Decodes ids to text, which the caller frees with `free`.
uint8_t *_Nullable library_decode(
    const library_model *_Nonnull model, const int32_t *_Nullable ids, size_t count, size_t *_Nonnull length);

#ifdef __cplusplus
}
#endif
