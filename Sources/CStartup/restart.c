// Starting without OpenBLAS's threads where threads are scarce.
//
// OpenBLAS starts threads when it is loaded. If the system refuses them, because of a limit on processes or on address
// space, it hangs or crashes before `main`. So under such limits a command starts itself again with
// OPENBLAS_NUM_THREADS=1, which makes OpenBLAS start no threads; this package gives them no work anyway.

#define _GNU_SOURCE
#include "startup.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// More threads than any library starts by itself.
#define MANY_PROCESSES 4096

/// The limit of the control group; "max" and missing files count as no limit.
static long control_group_limit(void) {
  char text[24] = "";
  int file = open("/sys/fs/cgroup/pids.max", O_RDONLY | O_CLOEXEC);
  if (file < 0) return MANY_PROCESSES;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0 || text[0] < '0' || text[0] > '9') return MANY_PROCESSES;
  return atol(text);
}

int32_t startup_is_limited(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) return 1;
  if (getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_cur < MANY_PROCESSES) return 1;
  return control_group_limit() < MANY_PROCESSES;
}

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
  if (contains(environment, THREADS) || contains(environment, MARK "=") || !startup_is_limited()) return;
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

static void *do_nothing(void *argument) { return argument; }

static int can_start_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, do_nothing, NULL) != 0) return 0;
  pthread_join(thread, NULL);
  return 1;
}

/// Called after the initializers of all libraries, before `main`.
__attribute__((constructor)) static void check_threads(void) {
  // Programs that this one starts get the environment that it was given; OpenBLAS has read its variable already.
  if (getenv(MARK)) {
    unsetenv(MARK);
    unsetenv("OPENBLAS_NUM_THREADS");
  }
  // Commands that compute with a model need a thread, and Swift's tasks would wait for one forever.
  if (!dlsym(RTLD_DEFAULT, "openblas_get_config") || !startup_is_limited() || can_start_thread()) return;
  static const char message[] =
      ": the system refuses to start a thread; end other programs, or raise the limits of processes (ulimit -u) and of "
      "address space (ulimit -v)\n";
  if (write(2, program_invocation_short_name, strlen(program_invocation_short_name)) >= 0) {
    (void)!write(2, message, sizeof message - 1);
  }
  _exit(1);
}

#endif
