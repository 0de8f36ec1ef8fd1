// What a command does about limits of its process: C, because the C library calls some of it before Swift's runtime
// exists, and some of it from a signal handler.

#pragma once
#include <stdint.h>

/// Whether this process has a limit that makes threads scarce: on address space (`ulimit -v`), or on processes, below
/// 4096 (`ulimit -u`, or `pids.max` of its control group).
int32_t startup_is_limited(void);

/// From now on, if the process crashes while its address space is limited (`ulimit -v`) and mostly used, it says so and
/// exits with 1. Swift crashes if the system refuses it memory.
///
/// `name` is the command's name for the message; it must stay valid.
void startup_explain_lack_of_memory(const char *name);
