import Glibc

// Calls into the C library.

/// A standard stream by its descriptor.
enum StandardStream: Int32 {
  case output = 1
  case error = 2
}

/// Writes a whole text, unbuffered; false if the stream does not accept it.
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

/// The number of columns of the terminal; 80 if standard output is not a terminal.
func terminalWidth() -> Int {
  var size = winsize()
  guard unsafe ioctl(StandardStream.output.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
    return 80
  }
  return Int(size.ws_col)
}

/// The bytes of each word of the command line, as the system passed them.
func rawCommandLine() -> [[UInt8]] {
  (0..<Int(CommandLine.argc)).compactMap { index in
    unsafe CommandLine.unsafeArgv[index].map { word in
      unsafe Array(UnsafeRawBufferPointer(start: word, count: strlen(word)))
    }
  }
}

/// Makes a write to a closed pipe fail with `EPIPE`, and one beyond the limit on the size of files with `EFBIG`, instead
/// of ending the process without a message.
func ignoreSignalsOfWriting() {
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
}

/// Opens `/dev/null` in place of each standard stream that is closed.
///
/// Otherwise the next file that is opened would get the stream's descriptor, and messages would be written to it. Input
/// and output are opened in the opposite direction, so that using them still fails; messages to a closed standard error
/// are lost.
func reserveStandardStreams() {
  // The system assigns the lowest free descriptor, so in this order each stream gets its own.
  for (number, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_WRONLY)]
  where fcntl(number, F_GETFD) < 0 {
    _ = unsafe open("/dev/null", mode)
  }
}
