import Glibc

// The calls into the C library whose arguments are pointers.

/// A standard stream by its descriptor.
enum StandardStream: Int32 {
  case output = 1
  case error = 2
}

/// Writes all of a text, past buffers; false where the stream takes no more.
@discardableResult
func write(_ text: String, to stream: StandardStream) -> Bool {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(stream.rawValue, $0.baseAddress, $0.count) }
    guard count >= 0 || errno == EINTR else { return false }
    bytes = bytes.dropFirst(max(0, count))
  }
  return true
}

/// The columns of the terminal behind standard output; 80 where it is none.
func terminalWidth() -> Int {
  var size = winsize()
  guard unsafe ioctl(StandardStream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
    return 80
  }
  return Int(size.ws_col)
}

/// Makes a write to a closed pipe fail with `EPIPE`.
func ignoreBrokenPipes() {
  _ = signal(SIGPIPE, SIG_IGN)
}

/// Opens `/dev/null` in place of each standard stream that is closed.
///
/// Otherwise the next file that is opened gets the stream's number, and messages go into it. Input and output
/// are opened for the contrary, so that their use still fails; messages for which there is no place are lost.
func reserveStandardStreams() {
  // The system gives out the lowest free number, so in this order each stream gets its own.
  for (number, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_WRONLY)]
  where fcntl(number, F_GETFD) < 0 {
    _ = unsafe open("/dev/null", mode)
  }
}
