import Glibc

// The calls into the C library whose arguments are pointers.

/// Writes all bytes to a descriptor; returns the error number, 0 for success.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
    }
    if count > 0 {
      written += count
    } else if count < 0, errno == EAGAIN {
      waitUntilWritable(descriptor)
    } else if count < 0, errno != EINTR {
      return errno
    }
  }
  return 0
}

/// Waits until a non-blocking descriptor accepts bytes.
private func waitUntilWritable(_ descriptor: Int32) {
  var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
  _ = unsafe poll(&request, 1, -1)
}

/// The number of columns of a terminal, or `nil` if the descriptor is not a terminal.
func columns(ofTerminal descriptor: Int32) -> Int? {
  guard isatty(descriptor) == 1 else { return nil }
  var size = winsize()
  let known = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
  return known ? Int(size.ws_col) : 80
}

/// Seconds of a monotonic clock.
func monotonicSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
