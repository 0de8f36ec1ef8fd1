import Corpora
import Files
import Foundation
import Testing
import Text
import TextAlignment
import WordAlignment

@Suite struct TextAlignmentTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func write(_ lines: [String], _ name: String) throws -> String {
    try lines.map { $0 + "\n" }.joined().write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    return "\(folder)/\(name)"
  }

  private var words: AlignedWords {
    var settings = TextPipelineSettings()
    settings.tokenizer = .whitespace
    return AlignedWords(settings)
  }

  /// Word n is translated by word n, with capital letters.
  private func text(_ count: Int, from first: Int = 0) -> (source: [String], target: [String]) {
    let lines = (first..<first + count).map { number in (0..<5).map { "\((number * 7 + $0 * $0 * 3) % 23)" } }
    return (
      lines.map { $0.map { "s" + $0 }.joined(separator: " ") },
      lines.map { $0.map { "T" + $0 }.joined(separator: " ") }
    )
  }

  @Test func filesAreLearnedTogetherAndWrittenApart() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (first, second) = (text(200), text(3, from: 500))
    let files = try [
      FilesToAlign(source: write(first.source, "a.s"), target: write(first.target, "a.t"), words: words),
      FilesToAlign(
        source: write(second.source + [""], "b.s"), target: write(second.target + ["x"], "b.t"), words: words),
    ]
    let alignment = try TextAlignment(files, threads: 2) { _ in }
    #expect(alignment.count == 204 && alignment.learned == 203)
    func links(_ file: Int) throws -> [String] {
      var text: [UInt8] = []
      try alignment.forEachPart(of: file, by: .intersection, progress: { _ in }) { text += $0 }
      return String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
    #expect(try links(0) == Array(repeating: "0-0 1-1 2-2 3-3 4-4", count: 200) + [""])
    #expect(try links(1) == Array(repeating: "0-0 1-1 2-2 3-3 4-4", count: 3) + ["", ""])
  }

  @Test func whatCannotBeAlignedIsNamed() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (one, two) = (try write(["a", "b"], "one"), try write(["a"], "two"))
    #expect(throws: CorpusError.lineCounts(source: one, sourceLines: 2, target: two, targetLines: 1)) {
      try TextAlignment([FilesToAlign(source: one, target: two, words: words)], threads: 1) { _ in }
    }
    let blank = try write(["", ""], "blank")
    let error = #expect(throws: TextAlignmentError.self) {
      try TextAlignment([FilesToAlign(source: one, target: blank, words: words)], threads: 1) { _ in }
    }
    #expect(error?.description.contains(one) == true)
  }

  @Test func anErrorOfTheProgressEndsTheWork() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = text(50)
    let files = try FilesToAlign(
      source: write(text.source, "s"), target: write(text.target, "t"), words: words)
    for stop in [AlignmentPhase.reading(lines: 50), .learning(iterations: 2, of: 5)] {
      #expect(throws: CancellationError.self) {
        try TextAlignment([files], threads: 1) { if $0 == stop { throw CancellationError() } }
      }
    }
  }
}
