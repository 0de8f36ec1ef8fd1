#include "processors.h"

#include <fcntl.h>
#include <stdlib.h>
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

int32_t threads_are_scarce(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) return 1;
#ifdef RLIMIT_NPROC
  if (getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_cur < MANY_PROCESSES) return 1;
#endif
  return control_group_limit() < MANY_PROCESSES;
}
