#include <cblas.h>

// OpenBLAS begins threads of its own when it is loaded, which spin on a processor until they fall asleep. What ends them
// is exported but in no header, and a build without threads may lack it: hence weak, which Swift cannot express.
extern int blas_thread_shutdown_(void) __attribute__((weak));

static inline void openblas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
