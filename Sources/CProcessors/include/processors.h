// Processors, memory and limits of this process, through interfaces of the C library that Swift cannot import.

#pragma once
#include <stdint.h>

/// The number of processors that this process may run on, which a scheduler or `taskset` can make smaller than that of
/// the machine. At least 1.
int32_t processors_available(void);

/// From now on, blocks of 1 MiB and more are returned to the system when freed. Otherwise the allocator keeps up to
/// 64 MiB of them per thread.
void memory_return_large_blocks(void);

/// Whether a limit makes threads scarce: a limit of address space (`ulimit -v`), or one of processes below 4096
/// (`ulimit -u`, or `pids.max` of the control group). 0 or 1.
int32_t threads_are_scarce(void);

/// Maps the first `size` bytes of an open file into memory, for reading. NULL if the file cannot be mapped, or should not
/// be: only regular files of file systems on this machine are.
const void *memory_map_file(int32_t file, int64_t size);
void memory_unmap_file(const void *memory, int64_t size);
