#include "mpi_messages.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// The names of OpenMPI's library: version 4 of Debian 12 and Ubuntu 24.04, and version 5, which has the same interface.
static const char *const names[] = {"libmpi.so.40", "libmpi.so"};

// OpenMPI's functions as we use them. Its handles are addresses; a status is never asked for, so a null pointer stands for it.
typedef void *handle;
static struct {
  int (*initialized)(int *);
  int (*init_thread)(int *, char ***, int, int *);
  int (*finalize)(void);
  int (*abort)(handle, int);
  int (*comm_rank)(handle, int *);
  int (*comm_size)(handle, int *);
  int (*isend)(const void *, int, handle, int, int, handle, mpi_transfer *);
  int (*irecv)(void *, int, handle, int, int, handle, mpi_transfer *);
  int (*test)(mpi_transfer *, int *, void *);
  int (*set_errhandler)(handle, handle);
} mpi;
static handle world, byte_type, errors_return;
static int rank, count;

// MPI_THREAD_SERIALIZED: any thread may call, one at a time.
enum { serialized = 2 };
static pthread_mutex_t one_call = PTHREAD_MUTEX_INITIALIZER;

static char reason[512];

static const char *cannot_load(void) {
  const char *detail = dlerror();
  snprintf(reason, sizeof reason, "%s", detail ? detail : "unknown reason");
  return reason;
}

static void *library(void) {
  for (unsigned i = 0; i < sizeof names / sizeof *names; ++i) {
    // Global: OpenMPI's own plugins look for its symbols there.
    void *found = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (found) return found;
  }
  return NULL;
}

const char *mpi_join(void) {
  void *from = library();
  if (!from) return cannot_load();
  struct {
    const char *name;
    void **place;
  } symbols[] = {
      {"MPI_Initialized", (void **)&mpi.initialized},
      {"MPI_Init_thread", (void **)&mpi.init_thread},
      {"MPI_Finalize", (void **)&mpi.finalize},
      {"MPI_Abort", (void **)&mpi.abort},
      {"MPI_Comm_rank", (void **)&mpi.comm_rank},
      {"MPI_Comm_size", (void **)&mpi.comm_size},
      {"MPI_Isend", (void **)&mpi.isend},
      {"MPI_Irecv", (void **)&mpi.irecv},
      {"MPI_Test", (void **)&mpi.test},
      {"MPI_Comm_set_errhandler", (void **)&mpi.set_errhandler},
      {"ompi_mpi_comm_world", &world},
      {"ompi_mpi_byte", &byte_type},
      {"ompi_mpi_errors_return", &errors_return},
  };
  for (unsigned i = 0; i < sizeof symbols / sizeof *symbols; ++i) {
    *symbols[i].place = dlsym(from, symbols[i].name);
    if (!*symbols[i].place) return cannot_load();
  }
  int done = 0, provided = 0;
  mpi.initialized(&done);
  if (!done && mpi.init_thread(NULL, NULL, serialized, &provided)) return "MPI_Init_thread failed";
  if (!done && provided < serialized) return "this OpenMPI was built without support for threads";
  mpi.set_errhandler(world, errors_return);
  mpi.comm_rank(world, &rank);
  mpi.comm_size(world, &count);
  return NULL;
}

int32_t mpi_rank(void) { return rank; }
int32_t mpi_count(void) { return count; }

int32_t mpi_start_send(mpi_transfer *transfer, const void *memory, int64_t bytes, int32_t other, int32_t tag) {
  pthread_mutex_lock(&one_call);
  int error = mpi.isend(memory, (int)bytes, byte_type, other, tag, world, transfer);
  pthread_mutex_unlock(&one_call);
  return error;
}

int32_t mpi_start_receive(mpi_transfer *transfer, void *memory, int64_t bytes, int32_t other, int32_t tag) {
  pthread_mutex_lock(&one_call);
  int error = mpi.irecv(memory, (int)bytes, byte_type, other, tag, world, transfer);
  pthread_mutex_unlock(&one_call);
  return error;
}

int32_t mpi_is_done(mpi_transfer *transfer) {
  int done = 0;
  pthread_mutex_lock(&one_call);
  int error = mpi.test(transfer, &done, NULL);
  pthread_mutex_unlock(&one_call);
  return error ? -error : done;
}

void mpi_leave(void) {
  pthread_mutex_lock(&one_call);
  mpi.finalize();
  pthread_mutex_unlock(&one_call);
}

_Noreturn void mpi_abort(int32_t code) {
  // Without the lock: another thread may hold it and hang.
  mpi.abort(world, code);
  _Exit(code);
}
