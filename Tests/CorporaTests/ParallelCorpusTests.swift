import Corpora
import Files
import Foundation
import Testing
import Tokens

@Suite struct ParallelCorpusTests {
  private func load(
    _ sources: [String], _ targets: [String], _ change: (inout CorpusOptions) -> Void = { _ in }
  ) throws -> ParallelCorpus {
    var options = CorpusOptions()
    change(&options)
    return try ParallelCorpus(
      sourceFiles: sources, targetFiles: targets, options: options, encodeSource: encodeWords,
      encodeTarget: encodeWords)
  }

  @Test func checksumSeesEveryChange() {
    let corpora = [
      ([[4, 5], [6]], [[7], [8]]), ([[6], [4, 5]], [[8], [7]]), ([[4], [5, 6]], [[7], [8]]),
      ([[4, 5], [6]], [[7], [9]]), ([[4, 5], [6]], [[7, 8], [8]]), ([[7], [8]], [[4, 5], [6]]),
    ].map { ParallelCorpus(sources: $0.0, targets: $0.1).checksum }
    #expect(Set(corpora).count == corpora.count)
    #expect(ParallelCorpus(sources: [[4, 5], [6]], targets: [[7], [8]]).checksum == corpora[0])
  }

  @Test func filesFollowEachOther() throws {
    let folder = TemporaryFolder()
    let sources = [folder.file("a.s", "a bb\nccc\n"), folder.file("b.s", ""), folder.file("c.s", "d\r\n")]
    let targets = [folder.file("a.t", "a\nb b b"), folder.file("b.t", ""), folder.file("c.t", "? ?\n")]
    var progress: [Int] = []
    let corpus = try ParallelCorpus(
      sourceFiles: sources, targetFiles: targets, encodeSource: encodeWords, encodeTarget: encodeWords,
      progress: { progress.append($0) })
    #expect(
      (0..<corpus.count).map { corpus[$0] } == [
        SentencePair(source: [11, 12], target: [11]), SentencePair(source: [13], target: [11, 11, 11]),
        SentencePair(source: [11], target: [3, 3]),
      ])
    #expect(corpus.text(of: 0) == nil)
    #expect(progress == [2, 3])
    #expect(
      "\(corpus.report)"
        == "pairs read: 3, kept: 3; source subwords: 4 (0 unknown), target subwords: 6 (2 unknown)")
  }

  @Test func whatIsDroppedIsCountedAndNamed() throws {
    let folder = TemporaryFolder()
    let source = folder.file(
      "s",
      Array("a\n\nb\nc c c c\nd\ne\n \t\u{3000}\u{a0}\nx".utf8) + [0xff, 0xfe, 0x0a] + Array("g g g\n".utf8))
    let target = folder.file("t", "a\na\n  \nc\nd d d d\ne e e\nz\ny\ng\n")
    let corpus = try load([source], [target]) {
      $0.maxLength = 3
      $0.maxLengthRatio = 2.5
      $0.keepsLines = true
    }
    #expect((0..<corpus.count).map { corpus[$0].source } == [[11], [17]])
    #expect(corpus.text(of: 1)?.source == Array("x\u{fffd}\u{fffd}".utf8))
    #expect(corpus.text(of: 1)?.target == [0x79])
    #expect(
      "\(corpus.report)" == """
        pairs read: 9, kept: 2; source subwords: 2 (0 unknown), target subwords: 2 (0 unknown)
          pairs dropped because a side is empty: 3, at \(source):2, \(target):3, \(source):7
          pairs dropped because a side is too long: 2, at \(source):4 (4 subwords), \(target):5 (4 subwords)
          pairs dropped because the lengths differ too much: 2, at \(source):6 (1 to 3 subwords), \(source):9 (3 to 1 subwords)
          lines repaired because they are not valid UTF-8: 1, at \(source):8
        """)
    for rule in CorpusRule.allCases where ![.heldOut, .ownTag, .noRoom].contains(rule) {
      #expect(corpus.report.count(rule) == corpus.report.findings[rule]?.count)
    }
  }

  @Test func lengthsUpToTheLimitAreKept() throws {
    let folder = TemporaryFolder()
    let long = folder.file(
      "l", String(repeating: "a ", count: 256) + "\n" + String(repeating: "a ", count: 257))
    let short = folder.file("s", "a\na\n")
    for files in [(long, short), (short, long)] {
      let corpus = try load([files.0], [files.1])
      #expect(
        corpus.count == 1 && corpus.report.count(.tooLong) == 1 && corpus.report.count(.lengthRatio) == 0)
    }
  }

  /// There are two positions for each source token, including the end; equal neighbors need a blank between them.
  @Test func targetsThatCTCHasNoRoomForAreDropped() throws {
    let folder = TemporaryFolder()
    let source = folder.file("s", "a\na\na\na\na b\n")
    let target = folder.file("t", "a bb ccc dddd\na bb bb\na bb ccc ccc\na bb ccc dddd eeeee\na a a a\n")
    let corpus = try load([source], [target]) {
      $0.upsampling = 2
      $0.keepsLines = true
    }
    #expect((0..<corpus.count).map { corpus[$0].target.count } == [4, 3])
    let (third, last) = (
      "\(source):3 (1 to 4 subwords), \(source):4 (1 to 5 subwords)", "\(source):5 (2 to 4 subwords)"
    )
    #expect(
      "\(corpus.report)".contains(
        "what the model can make of the source (see --upsampling): 3, at \(third), \(last)"))
    #expect(try load([source], [target]) { _ in }.count == 5)

    // If a target becomes too long when it is segmented again, the pair keeps its encoding.
    var options = CorpusOptions()
    options.upsampling = 2
    let again = corpus.reencoded(
      options: options, source: { line, _ in encodeWords(line) },
      target: { _, pair in [TokenID](repeating: 11, count: pair == 0 ? 3 : 2) })
    #expect(again[0] == corpus[0])
    #expect(again[1].target == [11, 11])
  }

  @Test func aLineOfMegabytesIsDroppedUnseen() throws {
    let folder = TemporaryFolder()
    let source = folder.file("s", [UInt8](repeating: 0x61, count: (1 << 20) + 1) + [0x0a, 0x61])
    let corpus = try load([source], [folder.file("t", "a\na")]) { $0.keepsLines = true }
    #expect(corpus.count == 1)
    #expect(
      "\(corpus.report)".contains("dropped because a side is too long: 1, at \(source):1 (1048577 bytes)"))
  }

  /// More lines than in a block, a chunk and a group of chunks, some of which are dropped.
  @Test(arguments: [1, 2, 5]) func threadsKeepTheOrder(threads: Int) throws {
    let folder = TemporaryFolder()
    let count = 50_000
    let source = folder.file("s", (1...count).map { $0 % 7 == 0 ? "\n" : "\($0)\n" }.joined())
    let target = folder.file("t", (1...count).map { "\($0) \($0)\n" }.joined())
    var options = CorpusOptions()
    options.threads = threads
    options.keepsLines = true
    let numbers: ParallelCorpus.Encoder = { line in
      line.split(separator: 0x20).compactMap { TokenID(String(decoding: $0, as: UTF8.self)) }
    }
    let corpus = try ParallelCorpus(
      sourceFiles: [source], targetFiles: [target], options: options, encodeSource: numbers,
      encodeTarget: numbers)
    let expected = (1...count).filter { $0 % 7 != 0 }.map(TokenID.init)
    #expect(corpus.count == expected.count)
    for (index, number) in expected.enumerated() {
      guard corpus[index] == SentencePair(source: [number], target: [number, number]) else {
        Issue.record("pair \(index) is \(corpus[index]), not of line \(number)")
        break
      }
      #expect(corpus.text(of: index)?.source == Array("\(number)".utf8))
    }
    #expect(corpus.report.count(.emptySide) == count / 7)
    #expect(corpus.report.findings[.emptySide]?.examples == [7, 14, 21].map { "\(source):\($0)" })
  }

  @Test(arguments: [(3, 2), (2, 3), (0, 1), (5000, 2500), (1, 10_000)])
  func unevenFilesAreAnErrorWithBothCounts(sources: Int, targets: Int) throws {
    let folder = TemporaryFolder()
    let source = folder.file("s", String(repeating: "a\n", count: sources))
    let target = folder.file("t", String(repeating: "a\n", count: targets))
    #expect(
      throws: CorpusError.lineCounts(
        source: source, sourceLines: sources, target: target, targetLines: targets)
    ) {
      _ = try load([source], [target])
    }
  }

  @Test func errorsNameTheFilesAndTheWayOut() throws {
    let folder = TemporaryFolder()
    let (empty, one) = (folder.file("empty", "\n \n"), folder.file("one", "a\na\n"))
    let missing = folder.path + "/missing"
    let cases: [([String], [String], String)] = [
      ([one, one], [one], "2 source but 1 target files: name as many of each, in the same order"),
      (["-"], ["-"], "'-' (standard input) is named more than once"),
      ([one], [missing], "cannot read '\(missing)': there is no such file"),
      ([folder.path], [one], "'\(folder.path)' is a folder"),
      ([one], [empty], "no sentence pair is left of '\(one)' (pairs read: 2, kept: 0"),
      ([folder.file("s.gz", [0x1f, 0x8b, 8, 0])], [one], "ends too early"),
    ]
    for (sources, targets, words) in cases {
      #expect { _ = try load(sources, targets) } throws: { $0 is CorpusError && "\($0)".contains(words) }
    }
  }

  /// Files of random bytes, compared with a plain implementation of the rules.
  @Test func agreesWithAPlainReferenceOnRandomFiles() throws {
    var random = SeededGenerator(state: 11)
    let folder = TemporaryFolder()
    let alphabet: [UInt8] = Array("ab  \t\r".utf8) + [0xc3, 0xa9, 0xff, 0xe3, 0x80]
    for _ in 0..<300 {
      func side() -> [[UInt8]] {
        (0..<20).map { _ in
          (0..<Int.random(in: 0...8, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        }
      }
      let (sources, targets) = (side(), side())
      func reference(_ line: [UInt8]) -> [TokenID] {
        // The reader removes the CR before a line feed; repair and splitting come later.
        let text = String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
        return text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? [] : encodeWords(Array(text.utf8))
      }
      let expected = zip(sources, targets).map { (reference($0), reference($1)) }
        .filter { 1...3 ~= $0.count && 1...3 ~= $1.count }
      let files = [(sources, "s"), (targets, "t")].map { folder.file($1, $0.map { $0 + [0x0a] }.joined()) }
      let corpus = try load([files[0]], [files[1]]) { $0.maxLength = 3 }
      #expect(
        (0..<corpus.count).map { corpus[$0] }
          == expected.map { SentencePair(source: $0[...], target: $1[...]) })
      #expect(
        corpus.report.pairsRead == 20
          && 20 == corpus.count + corpus.report.count(.emptySide) + corpus.report.count(.tooLong))
    }
  }

  @Test func reencodingKeepsThePairs() throws {
    let folder = TemporaryFolder()
    let text = (1...10_000).map { "\($0) x\n" }.joined()
    let corpus = try load([folder.file("s", text)], [folder.file("t", text)]) { $0.keepsLines = true }
    let again = corpus.reencoded(
      source: { line, pair in
        // One pair becomes too long, another one empty: both keep their encodings.
        if pair == 5 { return [TokenID](repeating: 9, count: 257) }
        return pair == 6 ? [] : [TokenID(pair), TokenID(line.count)]
      }, target: { line, _ in encodeWords(line) })
    #expect(again.count == corpus.count)
    for pair in 0..<corpus.count {
      let expected =
        pair == 5 || pair == 6 ? corpus[pair].source : [TokenID(pair), TokenID("\(pair + 1) x".utf8.count)]
      guard again[pair].source == expected, again[pair].target == corpus[pair].target,
        again.text(of: pair)?.source == corpus.text(of: pair)?.source
      else {
        Issue.record("pair \(pair) is \(again[pair])")
        break
      }
    }
    #expect(again.report.pairsRead == 10_000 && again.report.sourceTokens == 20_000)
  }
}
