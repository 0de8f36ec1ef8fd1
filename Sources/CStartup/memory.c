// Lack of memory under a limit of address space, in words.

#define _GNU_SOURCE
#include "startup.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *command = "";
static unsigned long long limit_bytes;

/// The address space in use, in bytes; 0 if unknown. Uses only what a signal handler may.
static unsigned long long used_bytes(void) {
  char text[32] = "";
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  unsigned long long pages = 0;
  for (ssize_t i = 0; i < length && text[i] >= '0' && text[i] <= '9'; ++i) pages = pages * 10 + (text[i] - '0');
  return pages * (unsigned long long)sysconf(_SC_PAGESIZE);
}

static void append(char **end, const char *text) {
  size_t length = strlen(text);
  memcpy(*end, text, length);
  *end += length;
}

static void append_megabytes(char **end, unsigned long long bytes) {
  char digits[24];
  int start = sizeof digits;
  unsigned long long number = bytes / 1000000;
  do { digits[--start] = (char)('0' + number % 10); } while (number /= 10);
  memcpy(*end, digits + start, sizeof digits - start);
  *end += sizeof digits - start;
  append(end, " MB");
}

static void explain(int number) {
  unsigned long long used = used_bytes();
  // A crash while there is plenty of room has another reason.
  if (used < limit_bytes / 4) {
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  char message[400], *end = message;
  append(&end, command);
  append(&end, ": crashed, probably for lack of memory: the limit of address space (ulimit -v) is ");
  append_megabytes(&end, limit_bytes);
  append(&end, ", of which ");
  append_megabytes(&end, used);
  append(&end, " are in use; raise the limit, or use fewer threads and smaller batches\n");
  (void)!write(2, message, (size_t)(end - message));
  _exit(1);
}

void startup_explain_lack_of_memory(const char *name) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  limit_bytes = limit.rlim_cur;
  command = strlen(name) < 100 ? name : "";
  // The main thread's stack grows when it is used, which may be what the system refuses.
  static char memory[32768];
  const stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = explain;
  action.sa_flags = SA_ONSTACK;
  // What Swift and the C library use to stop the process, and what an unchecked null pointer leads to.
  const int signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; ++i) sigaction(signals[i], &action, NULL);
}
