import Corpora
import Testing
import Tokens

/// Word alignments, from a file to the subwords of a batch.
@Suite struct AlignmentTests {
  /// A word of n characters has n subwords.
  static let encode: ParallelCorpus.WordEncoder = { line in
    let words = line.split(separator: 0x20)
    return EncodedWords(
      ids: words.flatMap { $0.map { TokenID($0) } }, wordLengths: words.map { UInt16($0.count) })
  }

  private let folder = TemporaryFolder()

  private func load(
    _ source: String, _ target: String, _ alignment: String,
    _ change: (inout CorpusOptions) -> Void = { _ in }
  ) throws -> ParallelCorpus {
    var options = CorpusOptions()
    change(&options)
    return try ParallelCorpus(
      sourceFiles: [folder.file("s", source)], targetFiles: [folder.file("t", target)],
      alignmentFiles: [folder.file("a", alignment)], options: options, encodeSource: Self.encode,
      encodeTarget: Self.encode)
  }

  /// The links as `target: sources` for each target subword that has any.
  private func words(_ links: [AlignmentLink]?) -> String {
    Dictionary(grouping: links ?? [], by: \.target).sorted { $0.key < $1.key }.map { target, links in
      "\(target): \(links.map { "\($0.source)" }.joined(separator: " "))"
    }.joined(separator: ", ")
  }

  @Test(arguments: [
    ("a b", "c d", "0-0 1-1", "0: 0, 1: 1"), ("a b", "c d", "1-0", "0: 1"), ("a b", "c d", "", ""),
    ("abc d", "ef", "0-0", "0: 0 1 2, 1: 0 1 2"), ("ab c", "d ef", "0-1 1-1 1-0", "0: 2, 1: 0 1 2, 2: 0 1 2"),
    ("a b", "c d", " 1-1\t1-1  1-0 ", "0: 1, 1: 1"), ("a b", "c", "001-0", "0: 1"),
  ])
  func everySubwordOfAWordIsLinked(_ source: String, _ target: String, _ line: String, expected: String)
    throws
  {
    let corpus = try load(source + "\n", target + "\n", line + "\n")
    let batch = Batch(corpus, pairs: [0])
    #expect(words(batch.alignments?[0]) == expected)
    // Without alignments there are none, not empty ones.
    let plain = ParallelCorpus(sources: [[4]], targets: [[4]])
    #expect(Batch(plain, pairs: [0]).alignments == nil)
  }

  @Test(arguments: [
    ("0-0 1", "'1'", "0-1"), ("0-0 1-x", "'1-x'", "two numbers"), ("0-0-0", "'0-0-0'", "two numbers"),
    ("0--1", "'0--1'", "two numbers"), ("-", "'-'", "two numbers"), ("0-+1", "'0-+1'", "two numbers"),
    ("0?1", "'0?1'", "two numbers"), ("2-0", "'2-0'", "the source sentence has 2, counted from 0"),
    ("1-3", "'1-3'", "the target sentence has 3"), ("99999999999999999999-0", "'99999", "source"),
    ("0-18446744073709551616", "0-18446744073709551616", "target"),
  ])
  func wrongLinesAreNamed(_ line: String, _ found: String, _ expected: String) throws {
    #expect {
      try load("a b\na b\na b\n", "c d e\nc d e\nc d e\n", "0-0\n\(line)\n0-0 9-9\n")
    } throws: { error in
      "\(error)".contains("/a:2: ") && "\(error)".contains(found) && "\(error)".contains(expected)
    }
  }

  @Test(arguments: [("0-0\n", 1), ("0-0\n\n\n", 3), ("", 0)])
  func asManyLinesAreNeeded(_ alignment: String, lines: Int) throws {
    #expect {
      try load("a\nb\n", "c\nd\n", alignment)
    } throws: { error in
      "\(error)".contains("/a' has \(lines) lines") && "\(error)".contains("/s' has 2")
    }
  }

  /// More lines than in a chunk, so that those after it must be counted, too.
  @Test(arguments: [-1, 0, 1])
  func linesOfLongFilesAreCounted(more: Int) throws {
    let text = String(repeating: "a\n", count: 5000)
    let alignment = String(repeating: "0-0\n", count: 5000 + more)
    if more == 0 {
      #expect(try load(text, text, alignment).count == 5000)
    } else {
      #expect { try load(text, text, alignment) } throws: { "\($0)".contains("has \(5000 + more) lines") }
    }
  }

  @Test func asManyFilesAreNeeded() {
    let (s, t, a) = (folder.file("s", "a\n"), folder.file("t", "b\n"), folder.file("a", "0-0\n"))
    #expect(throws: CorpusError.alignmentFileCounts(alignments: 2, sources: 1)) {
      try ParallelCorpus(
        sourceFiles: [s], targetFiles: [t], alignmentFiles: [a, a], encodeSource: Self.encode,
        encodeTarget: Self.encode)
    }
    #expect(throws: CorpusError.standardInputTwice) {
      try ParallelCorpus(
        sourceFiles: [s, "-"], targetFiles: [t, t], alignmentFiles: [a, "-"], encodeSource: Self.encode,
        encodeTarget: Self.encode)
    }
  }

  /// Pairs that are dropped take their alignments with them.
  @Test func alignmentsStayWithTheirPairs() throws {
    let corpus = try load("a b\n\nab cde\nc d\n", "x y\nx\nz z\ny x\n", "0-1\n\n0-0\n1-0\n") {
      $0.maxLength = 4
    }
    #expect(corpus.count == 2)
    let batch = Batch(corpus, pairs: [1, 0])
    #expect(batch.alignments?.map(words) == ["0: 1", "1: 0"])
  }

  @Test func shardsAndPiecesKeepTheirs() throws {
    let corpus = try load(
      "a\nab\nabc\nabcd\n", "a\na a\na a a\na a a a\n", "0-0\n0-1\n0-2\n0-3\n")
    let batch = Batch(corpus, pairs: [2, 0, 3, 1])
    let parts = batch.shards(count: 2).flatMap { $0.pieces(limit: 1) { $0 + $1 } }
    #expect(parts.count == 4)
    for part in parts {
      #expect(part.alignments == part.pairs.map { Batch(corpus, pairs: [$0]).alignments?.first ?? [] })
    }
  }

  /// The words stay the same, their subwords change; a pair that becomes too long keeps its encoding.
  @Test func linksFollowNewSegmentation() throws {
    let corpus = try load("ab c\nabc\n", "d ef\nd\n", "0-1 1-0\n0-0\n") { $0.keepsLines = true }
    var options = CorpusOptions()
    options.maxLength = 5
    func doubled() -> ParallelCorpus {
      corpus.reencoded(
        options: options,
        sourceWords: { line, _ in
          let words = Self.encode(line)
          return EncodedWords(
            ids: words.ids.flatMap { [$0, $0] }, wordLengths: words.wordLengths.map { 2 * $0 })
        }, targetWords: { line, _ in Self.encode(line) })
    }
    let kept = doubled()
    #expect(kept[0] == corpus[0] && kept[1] == corpus[1], "6 subwords are too many")
    options.maxLength = 6
    let again = doubled()
    let batch = Batch(again, pairs: [0, 1])
    #expect(batch.alignments?.map(words) == ["0: 4 5, 1: 0 1 2 3, 2: 0 1 2 3", "0: 0 1 2 3 4 5"])
  }
}
