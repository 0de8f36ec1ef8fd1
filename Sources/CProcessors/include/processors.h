// The processors that this process may use, which C libraries tell by macros that Swift cannot import.

#pragma once
#include <stdint.h>

/// Processors that this process may run on: fewer than the machine has where a scheduler or `taskset` said so.
/// At least 1.
int32_t processors_available(void);

/// From now on blocks of 1 MiB and more go back to the system when they are freed. Otherwise the allocator keeps
/// up to 64 MiB of them for each thread.
void memory_return_large_blocks(void);
