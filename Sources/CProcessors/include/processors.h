// The processors that this process may use, which C libraries tell by macros that Swift cannot import.

#pragma once
#include <stdint.h>

/// Processors that this process may run on: fewer than the machine has where a scheduler or `taskset` said so.
/// At least 1.
int32_t processors_available(void);
