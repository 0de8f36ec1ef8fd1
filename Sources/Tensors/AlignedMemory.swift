#if os(Linux)
  private import Glibc
#endif

/// Memory for floats, aligned to a cache line for vector loads and the matrix library; freed with `deallocate()`.
func allocateAligned(_ count: Int) -> UnsafeMutablePointer<Float> {
  allocateAligned(byteCount: max(count, 1) * 4).bindMemory(to: Float.self, capacity: max(count, 1))
}

/// Memory aligned to a cache line; freed with `deallocate()`.
///
/// If there is none, the process ends with exit code 1 and a message: activations are allocated in places that cannot go
/// on without them, and where Swift's own allocation would crash.
func allocateAligned(byteCount: Int) -> UnsafeMutableRawPointer {
  #if os(Linux)
    // Swift's `deallocate()` frees memory by the C library's `free`, whatever its alignment.
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, 64, byteCount) == 0, let memory else { endForLack(of: byteCount) }
    return memory
  #else
    return UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
  #endif
}

#if os(Linux)
  private func endForLack(of byteCount: Int) -> Never {
    let name = CommandLine.arguments.first?.split(separator: "/").last ?? "translation"
    let message =
      "\(name): out of memory: the system refuses \(max(1, byteCount / 1_000_000)) MB; use smaller batches or fewer threads, "
      + "or raise the limits (ulimit -v)\n"
    let bytes = Array(message.utf8)
    _ = write(2, bytes, bytes.count)
    // Without running exit handlers, because other threads go on.
    _exit(1)
  }
#endif
