// Messages between the processes of an OpenMPI job.
//
// C because OpenMPI is loaded only when it is asked for: its functions, and the addresses that stand for its communicator
// and its type of bytes, are found by name when the program runs. Nothing else needs OpenMPI, not even building.
//
// Calls may come from any thread; one runs at a time.
#ifndef MPI_MESSAGES_H
#define MPI_MESSAGES_H

#include <stdint.h>

// A message that is being sent or received.
typedef void *mpi_transfer;

// Loads OpenMPI and joins the job that started this process.
//
// Returns NULL, or why that failed: a text that stays valid.
const char *mpi_join(void);

// The number of this process in its job, and the number of processes. Only after `mpi_join`.
int32_t mpi_rank(void);
int32_t mpi_count(void);

// Starts sending or receiving `bytes` bytes, at most 2^31 - 1, to or from the process `other`. The memory must stay as it
// is until the transfer is done. Messages with equal tags between two processes arrive in order.
//
// Returns 0, or OpenMPI's error number.
int32_t mpi_start_send(mpi_transfer *transfer, const void *memory, int64_t bytes, int32_t other, int32_t tag);
int32_t mpi_start_receive(mpi_transfer *transfer, void *memory, int64_t bytes, int32_t other, int32_t tag);

// Whether a transfer is done: 1 or 0; a negative number is OpenMPI's error number, negated. A transfer that is done is gone.
int32_t mpi_is_done(mpi_transfer *transfer);

// Leaves the job in order; every process must call it.
void mpi_leave(void);

// Ends all processes of the job, this one included, with an exit code.
_Noreturn void mpi_abort(int32_t code);

#endif
