// A mapped file that was cut off while it was in use, in words.

#define _GNU_SOURCE
#include "startup.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const char *command = "";
static atomic_flag is_explaining = ATOMIC_FLAG_INIT;

// The system sends SIGBUS if the bytes of a mapped file are gone or cannot be read from the disk.
static void explain(int number) {
  (void)number;
  // Several threads may read the file: the first one speaks, and ends the process.
  while (atomic_flag_test_and_set(&is_explaining)) pause();
  const char *const parts[] = {
      command, ": a file that is in use was cut off or cannot be read any more, probably the weights of a model; start "
               "again, and replace the files of a model that is in use by renaming new ones, not by overwriting them\n"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) (void)!write(2, parts[i], strlen(parts[i]));
  _exit(1);
}

void startup_explain_lost_files(const char *name) {
  command = name;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = explain;
  sigaction(SIGBUS, &action, NULL);
}
