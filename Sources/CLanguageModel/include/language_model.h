// The weights of the built-in language identification, as bytes of the program.
//
// This is C because only C can embed a file (`#embed`, C23). In Swift it would have to be a literal of more than a million
// bytes, which takes minutes to compile, or a file next to the program, which could be missing.

#pragma once
#include <stdint.h>

/// The bytes of `languages.bin`, which `train-language-identifier` writes. Never NULL.
const uint8_t *_Nonnull language_model_bytes(void);

/// How many they are.
int64_t language_model_size(void);
