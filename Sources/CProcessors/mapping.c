#include "processors.h"

#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

/// Whether a file is in a file system that the kernel keeps on this machine: the connection of another may fail at any
/// time, and its files may be changed elsewhere.
static int is_local(int file) {
#ifdef __linux__
  // NFS, SMB (three versions), Ceph, AFS, 9P, Coda, FUSE: their numbers in statfs(2).
  static const uint32_t remote[] = {0x6969,     0x517b,     0xfe534d42, 0xff534d42, 0x00c36400,
                                    0x5346414f, 0x01021997, 0x73757245, 0x65735546};
  struct statfs system;
  if (fstatfs(file, &system) != 0) return 0;
  for (unsigned i = 0; i < sizeof remote / sizeof *remote; ++i)
    if ((uint32_t)system.f_type == remote[i]) return 0;
#endif
  return 1;
}

const void *memory_map_file(int32_t file, int64_t size) {
  struct stat status;
  if (size <= 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || !is_local(file)) return NULL;
  int flags = MAP_PRIVATE;
#ifdef MAP_POPULATE
  // All of it is needed soon, and a page fault for each part would take longer.
  flags |= MAP_POPULATE;
#endif
  void *memory = mmap(NULL, (size_t)size, PROT_READ, flags, file, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void memory_unmap_file(const void *memory, int64_t size) { munmap((void *)memory, (size_t)size); }
