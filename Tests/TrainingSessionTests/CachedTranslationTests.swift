import Files
import Foundation
import Synchronization
import TestSupport
import Testing
import TrainingSession

@Suite struct CachedTranslationTests {
  /// Uppercases lines, and stops after some of them.
  final class Shouting: LineTranslator {
    struct Interruption: Error {}

    var lines: [String] = []
    let limit: Int

    init(stoppingAfter limit: Int = .max) { self.limit = limit }

    func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws {
      while let line = try reader.next() {
        guard lines.count < limit else { throw Interruption() }
        lines.append(String(decoding: line, as: UTF8.self))
        try take([lines[lines.count - 1].uppercased()])
      }
    }
  }

  let folder: TemporaryFolder
  let events = Events()

  init() throws {
    folder = try TemporaryFolder()
    try "a\nb\nc\nd\n".write(toFile: folder("source"), atomically: true, encoding: .utf8)
  }

  func make(
    _ translator: Shouting, weights: String = "1", model: String = "teacher",
    control: SessionControl = .init()
  ) throws {
    let translation = CachedTranslation(
      folder("source"), to: folder("1.txt"),
      record: .init(model: model, weights: weights, source: "s", tag: nil, beam: 5))
    try translation.make({ translator }, SessionMonitor(control, observe: events.add))
  }

  var text: String { get throws { try String(contentsOfFile: folder("1.txt"), encoding: .utf8) } }

  @Test func aWholeTranslationIsMadeOnce() throws {
    try make(Shouting())
    #expect(try text == "A\nB\nC\nD\n")
    #expect(try CachedTranslation.whole(folder("1.txt"))?.lines == 4)
    let second = Shouting()
    // A moved model is the same model.
    try make(second, model: "elsewhere/teacher")
    #expect(second.lines.isEmpty)
    #expect(events.notices == [.translationFound(path: folder("1.txt"), source: folder("source"))])
  }

  @Test func anInterruptedTranslationContinuesAfterItsLastWholeLine() throws {
    #expect(throws: Shouting.Interruption.self) { try make(Shouting(stoppingAfter: 2)) }
    #expect(try CachedTranslation.whole(folder("1.txt")) == nil)
    // What a killed process would leave.
    let partial = try #require(FileHandle(forUpdatingAtPath: folder("1.txt.partial")))
    try partial.seekToEnd()
    try partial.write(contentsOf: Data("half a li".utf8))
    try partial.close()
    let second = Shouting()
    try make(second)
    #expect(second.lines == ["c", "d"])
    #expect(try text == "A\nB\nC\nD\n")
    #expect(events.notices == [.translationContinued(source: folder("source"), line: 2)])
  }

  @Test func linesThatDidNotEndAreCounted() throws {
    /// Leaves every other line blank.
    struct Faltering: LineTranslator {
      func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws {
        while try reader.next() != nil { try take([reader.lineNumber % 2 == 0 ? "" : "x"]) }
      }
    }
    try "a\nb\n\n \nc\nd\n".write(toFile: folder("source"), atomically: true, encoding: .utf8)
    let translation = CachedTranslation(
      folder("source"), to: folder("1.txt"),
      record: .init(model: "teacher", weights: "1", source: "s", tag: nil, beam: 5))
    for _ in 0..<2 {
      let record = try translation.make(
        { Faltering() }, SessionMonitor(SessionControl(), observe: events.add))
      #expect(record.lines == 6 && record.endless == 2)
    }
    // Also if the translation was found.
    #expect(
      events.notices.filter { $0 == .endlessTranslations(2, of: 6, source: folder("source")) }.count == 2)
  }

  @Test func anotherModelStartsAnew() throws {
    #expect(throws: Shouting.Interruption.self) { try make(Shouting(stoppingAfter: 2)) }
    let other = Shouting()
    try make(other, weights: "2")
    #expect(other.lines == ["a", "b", "c", "d"])
  }

  @Test func aSessionThatIsStoppedKeepsTheLinesThatItHas() throws {
    let control = SessionControl()
    control.stop()
    #expect(throws: CancellationError.self) { try make(Shouting(), control: control) }
    let second = Shouting()
    try make(second)
    #expect(second.lines == ["b", "c", "d"])
  }
}
