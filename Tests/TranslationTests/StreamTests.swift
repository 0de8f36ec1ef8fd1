import Decoding
import Dispatch
import Files
import Glibc
import Synchronization
import Testing
import Text
import Translation

/// The writing end of a pipe.
struct PipeWriter: Sendable {
  fileprivate let descriptor: Int32

  /// Returns false if the reading end is closed.
  func write(_ bytes: [UInt8]) -> Bool { Glibc.write(descriptor, bytes, bytes.count) == bytes.count }
  func write(_ text: String) { #expect(write(Array(text.utf8))) }
  func finish() { close(descriptor) }
}

/// A pipe that is read by a `LineReader`.
func makePipe() throws -> (reader: LineReader, writer: PipeWriter) {
  _ = signal(SIGPIPE, SIG_IGN)
  var ends: [Int32] = [0, 0]
  try #require(pipe(&ends) == 0)
  let reader = try LineReader(path: "/proc/self/fd/\(ends[0])")
  // The reader has its own descriptor; this one would keep the pipe open after the reader is gone.
  close(ends[0])
  return (reader, PipeWriter(descriptor: ends[1]))
}

@Suite struct StreamTests {
  @Test func typedLineIsTranslatedBeforeTheNextIsTyped() throws {
    let (reader, writer) = try makePipe()
    let translator = try makeTranslator()
    let typing = Thread { read in
      for line in ["yes", "", "where is the station ?", "no"] {
        writer.write(line + "\n")
        guard read.wait(timeout: .now() + 20) == .success else { break }
      }
      writer.finish()
    }
    var texts: [String] = []
    try translator.translate(reader) { results in
      texts += results.map(\.text)
      for _ in results { typing.signal() }
    }
    #expect(typing.wait())
    #expect(texts == ["yes", "", "where is the station ?", "no"])
  }

  @Test func lineEndsAndEncodingsAreForgiven() throws {
    let (reader, writer) = try makePipe()
    #expect(
      writer.write([0xef, 0xbb, 0xbf] + Array("yes\r\nno ".utf8) + [0xff, 0xc3] + Array(" a\nthe cat".utf8)))
    writer.finish()
    var results: [TranslationResult] = []
    try makeTranslator().translate(reader) { results += $0 }
    #expect(results.map(\.text) == ["yes", "no \u{fffd}\u{fffd} a", "the cat"])
    #expect(results.map(\.wasRepaired) == [false, true, false])
  }

  @Test func slowReaderStopsTheReading() throws {
    let (reader, writer) = try makePipe()
    let written = Counter()
    let line = Array((String(repeating: "the cat ", count: 20) + "\n").utf8)
    _ = Thread { _ in
      while writer.write(line) { written.add() }
      writer.finish()
    }
    struct Enough: Error {}
    let translator = try makeTranslator {
      ($0.options.batchSize, $0.options.threads) = (2, 2)
      $0.request.search.beamSize = 1
    }
    var emitted = 0
    #expect(throws: Enough.self) {
      try translator.translate(reader) { results in
        emitted += results.count
        guard emitted > 100 else { return }
        usleep(300_000)
        // The pipe and the reader's buffer hold about 800 lines.
        #expect(written.value < 3000)
        throw Enough()
      }
    }
    #expect(emitted < 1000)
  }

  @Test func manyLinesStreamThrough() throws {
    let (reader, writer) = try makePipe()
    let lines = manyLines(3000)
    let writing = Thread { _ in
      for line in lines { writer.write(line + "\n") }
      writer.finish()
    }
    let translator = try makeTranslator {
      ($0.options.batchSize, $0.options.threads) = (8, 3)
      $0.request.search.beamSize = 2
    }
    var (texts, calls) = ([String](), 0)
    try translator.translate(reader) { results in
      texts += results.map(\.text)
      calls += 1
    }
    #expect(writing.wait())
    #expect(texts == lines)
    #expect(calls > 10)
  }
}

/// A block on a separate thread, with a signal for which it can wait.
final class Thread: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let signals = DispatchSemaphore(value: 0)

  init(_ body: @escaping @Sendable (DispatchSemaphore) -> Void) {
    DispatchQueue(label: "test").async { [done, signals] in
      body(signals)
      done.signal()
    }
  }

  func signal() { signals.signal() }
  /// Whether the block ended in time.
  func wait() -> Bool { done.wait(timeout: .now() + 20) == .success }
}

/// A counter for several threads.
final class Counter: Sendable {
  private let number = Atomic(0)
  func add() { number.add(1, ordering: .relaxed) }
  var value: Int { number.load(ordering: .relaxed) }
}
