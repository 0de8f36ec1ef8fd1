#include "startup.h"

#include <pthread.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *pass_gate(void *argument) {
  pthread_mutex_lock(&gate);
  pthread_mutex_unlock(&gate);
  return argument;
}

int32_t startup_can_start_threads(int32_t count) {
  pthread_t threads[16];
  int32_t started = 0;
  if (count > 16) count = 16;
  pthread_mutex_lock(&gate);
  while (started < count && pthread_create(&threads[started], NULL, pass_gate, NULL) == 0) ++started;
  pthread_mutex_unlock(&gate);
  for (int32_t i = 0; i < started; ++i) pthread_join(threads[i], NULL);
  return started == count;
}

const char *startup_no_threads(void) {
  return "the system refuses to start enough threads; end other programs, or raise the limits of processes (ulimit -u) "
         "and of address space (ulimit -v)";
}
