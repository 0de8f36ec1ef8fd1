// What a command does about limits of its process: C, because the C library calls some of it before Swift's runtime
// exists, and some of it from a signal handler.

#pragma once
#include <stdint.h>

/// What to say if threads cannot be started. Never NULL.
const char *startup_no_threads(void);

/// Whether the system starts this many threads, at most 16, at the same time; they end at once. 0 or 1.
int32_t startup_can_start_threads(int32_t count);

/// From now on, if the process crashes while its address space is limited (`ulimit -v`) and mostly used, it says so and
/// exits with 1. Swift crashes if the system refuses it memory.
///
/// `name` is the command's name for the message; it must stay valid.
void startup_explain_lack_of_memory(const char *name);

/// From now on, if a file that is mapped into memory is cut off or cannot be read, the process says so and exits with 1.
///
/// `name` is the command's name for the message; it must stay valid.
void startup_explain_lost_files(const char *name);
