import Glibc
import Reporting
import Testing

@Suite struct StandardOutputTests {
  /// Descriptors of a new pipe.
  private func makePipe() -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  private func readAll(_ descriptor: Int32) -> [UInt8] {
    var (bytes, piece) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = read(descriptor, &piece, piece.count), count > 0 { bytes += piece[..<count] }
    return bytes
  }

  @Test func linesArriveInOrderAfterAFlush() throws {
    let ends = makePipe()
    let output = StandardOutput(descriptor: ends.writer)
    try output.writeLine("first")
    try output.writeLine([0xC3, 0xA4])
    try output.writeLine("")
    try output.flush()
    close(ends.writer)
    #expect(readAll(ends.reader) == Array("first\nä\n\n".utf8))
    close(ends.reader)
  }

  @Test func aClosedReaderIsAnError() {
    signal(SIGPIPE, SIG_IGN)
    let ends = makePipe()
    close(ends.reader)
    let output = StandardOutput(descriptor: ends.writer)
    #expect(throws: OutputError.outputClosed) {
      try output.writeLine("nobody reads this")
      try output.flush()
    }
    close(ends.writer)
    #expect("\(OutputError.outputClosed)" == "standard output was closed before everything was written")
  }

  @Test func aFullDeviceIsAnError() {
    let descriptor = open("/dev/full", O_WRONLY)
    let output = StandardOutput(descriptor: descriptor)
    #expect(throws: OutputError.outputFull) {
      for _ in 0..<100_000 { try output.writeLine("a line") }
    }
    close(descriptor)
  }

  @Test func aDescriptorThatIsNotOpenIsAnErrorInTheSystemsWords() {
    let output = StandardOutput(descriptor: 987)
    #expect(throws: OutputError.failed(reason: "bad file descriptor")) {
      try output.writeLine("x")
      try output.flush()
    }
  }
}
