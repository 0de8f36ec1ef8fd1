// Starting without OpenBLAS's threads where threads are scarce.
//
// OpenBLAS starts threads when it is loaded. If the system refuses them, because of a limit on processes or on address
// space, it hangs or crashes before `main`. So under such limits a command starts itself again with
// OPENBLAS_NUM_THREADS=1, which makes OpenBLAS start no threads; this package gives them no work anyway.

#define _GNU_SOURCE
#include "startup.h"

#include "processors.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__linux__) && defined(__GLIBC__)

#define THREADS "OPENBLAS_NUM_THREADS="
#define MARK "SWIFT_TRANSLATION_RESTARTED"

static int contains(char **environment, const char *start) {
  for (; *environment; ++environment) {
    if (strncmp(*environment, start, strlen(start)) == 0) return 1;
  }
  return 0;
}

/// Starts the program again with one thread for OpenBLAS, unless the user or an earlier start set their number.
static void restart_if_limited(int count, char **arguments, char **environment) {
  (void)count;
  if (contains(environment, THREADS) || contains(environment, MARK "=") || !threads_are_scarce()) return;
  size_t size = 0;
  while (environment[size]) ++size;
  // On the stack, because the allocator is not ready yet.
  char *changed[size + 3];
  memcpy(changed, environment, size * sizeof *environment);
  changed[size] = (char[]){THREADS "1"};
  changed[size + 1] = (char[]){MARK "=1"};
  changed[size + 2] = NULL;
  // If this fails, the program goes on as it would have without.
  execve("/proc/self/exe", arguments, changed);
}

// Called before the initializers of all libraries.
__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char **, char **) =
    restart_if_limited;

/// Called after the initializers of all libraries, before `main`.
__attribute__((constructor)) static void check_threads(void) {
  // Programs that this one starts get the environment that it was given; OpenBLAS has read its variable already.
  if (getenv(MARK)) {
    unsetenv(MARK);
    unsetenv("OPENBLAS_NUM_THREADS");
  }
  // Commands that compute with a model need a thread, and Swift's tasks would wait for one forever.
  if (!dlsym(RTLD_DEFAULT, "openblas_get_config") || !threads_are_scarce() || startup_can_start_threads(1)) return;
  const char *const parts[] = {program_invocation_short_name, ": ", startup_no_threads(), "\n"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) (void)!write(2, parts[i], strlen(parts[i]));
  _exit(1);
}

#endif
