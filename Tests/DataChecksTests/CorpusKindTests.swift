import DataChecks
import Foundation
import TestSupport
import Testing

/// Kinds that concern the corpus as a whole, or its files.
@Suite struct CorpusKindTests {
  private func bytes(_ pair: (source: String, target: String)) -> (source: [UInt8], target: [UInt8]) {
    (Array(pair.source.utf8), Array(pair.target.utf8))
  }

  private func report(
    _ files: PairFiles, validation: PairFiles? = nil, test: PairFiles? = nil,
    _ change: (inout CheckOptions) -> Void = { _ in }
  ) throws -> DataReport {
    var options = CheckOptions()
    options.keepsLines = true
    change(&options)
    return try DataChecker(
      text: CheckedText(training: files, validation: validation, test: test), options: options
    ).run()
  }

  @Test func duplicatesAreFoundFromTheSecondOn() throws {
    let folder = try TemporaryFolder()
    let pair = bytes(("A lonely sentence stands here.", "Hier steht ein einsamer Satz."))
    let similar = bytes(("a lonely sentence stands here", "Hier steht ein einsamer Satz!"))
    let other = bytes(("A lonely sentence stands here.", "Hier steht ein anderer Satz."))
    let (files, lines) = try PlantedText.write([pair, other, pair, similar, pair], to: folder)
    let report = try report(files)
    #expect(report.lines(of: .duplicatePair) == [lines[2]])
    #expect(report.lines(of: .nearDuplicatePair) == [lines[3], lines[4]])
  }

  @Test func sourcesWithManyTargetsAreFoundFromTheFifthOn() throws {
    let folder = try TemporaryFolder()
    let words = ["eins", "zwei", "drei", "vier", "fünf", "sechs"]
    let (files, lines) = try PlantedText.write(
      words.map { bytes(("What number is it?", "Die Zahl ist \($0).")) }, to: folder)
    #expect(try report(files).lines(of: .manyTargets) == Array(lines[4...]))
  }

  @Test func heldOutSentencesAreFound() throws {
    let folder = try TemporaryFolder()
    let held = bytes(
      (
        "An elderly woman feeds several pigeons near the fountain.",
        "Eine alte Frau füttert in der Nähe des Brunnens mehrere Tauben."
      ))
    let sameSource = bytes(
      ("An elderly woman feeds several pigeons near the fountain.", "Eine Frau füttert Tauben."))
    let sameTarget = bytes(
      (
        "A woman is feeding the birds there.",
        "Eine alte Frau füttert in der Nähe des Brunnens mehrere Tauben."
      ))
    let near = bytes(
      (
        "An elderly woman feeds several pigeons near the river.",
        "Eine alte Frau füttert in der Nähe des Flusses mehrere Tauben."
      ))
    let far = bytes(
      ("A young woman feeds two dogs near the river.", "Eine junge Frau füttert am Fluss zwei Hunde."))
    let (files, lines) = try PlantedText.write([held, sameSource, sameTarget, near, far], to: folder)
    let (test, _) = try PlantedText.write([held], count: 5, to: folder, name: "test")
    // Five ordinary sentences of the test are in the training text as well.
    let report = try report(files, test: test)
    #expect(report.lines(of: .heldOutPair) == [1, 2, 3, 4, 5, lines[0]])
    #expect(report.lines(of: .heldOutSource) == [lines[1]])
    #expect(report.lines(of: .heldOutTarget) == [lines[2]])
    #expect(report.lines(of: .nearHeldOut).filter(lines.contains) == [lines[3]])
    #expect(report.worst == .error)
  }

  @Test func validationPairsInTheTestAreFound() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write([], to: folder)
    let (validation, _) = try PlantedText.write([], count: 8, to: folder, name: "valid")
    let (test, _) = try PlantedText.write([], count: 3, to: folder, name: "test")
    #expect(try report(files, validation: validation, test: test).count(of: .validationInTest) == 3)
  }

  @Test func stretchesThatAreMisalignedAreFound() throws {
    let folder = try TemporaryFolder()
    // Twenty targets, each one line too early.
    let pairs = (0..<20).map { index in
      bytes((PlantedText.pair(1000 + 37 * index).source, PlantedText.pair(1000 + 37 * (index + 1)).target))
    }
    var (source, target): ([UInt8], [UInt8]) = ([], [])
    for number in 0..<1600 {
      for pair in number == 800 ? pairs : [bytes(PlantedText.pair(number * 7 % 1920))] {
        source += pair.source + [0x0A]
        target += pair.target + [0x0A]
      }
    }
    let files = PairFiles(source: folder("a"), target: folder("b"))
    try Data(source).write(to: URL(fileURLWithPath: files.source))
    try Data(target).write(to: URL(fileURLWithPath: files.target))
    let lines = try report(files).lines(of: .misalignedStretch)
    #expect(Set(801...820).subtracting(lines).count <= 3, "\(lines)")
    #expect(lines.allSatisfy { (799...822).contains($0) }, "\(lines)")
  }

  @Test func linesWithoutACounterpartAreAnError() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write([], to: folder)
    let handle = try #require(FileHandle(forWritingAtPath: files.target))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("Zwei Zeilen\nmehr.\n".utf8))
    try handle.close()
    let report = try report(files)
    #expect(report.count(of: .unequalLineCounts) == 2)
    #expect(report.pairs == 1600)
  }

  @Test func marksAndLineEndsOfOtherSystemsAreNoted() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write([], to: folder)
    let text = try String(contentsOfFile: files.source, encoding: .utf8)
    try ("\u{FEFF}" + text.replacing("\n", with: "\r\n")).write(
      toFile: files.source, atomically: true, encoding: .utf8)
    let report = try report(files)
    #expect(report.count(of: .byteOrderMark) == 1 && report.count(of: .carriageReturns) == 1)
    #expect(report.count(of: .controlCharacter) == 0 && report.count(of: .invisibleCharacter) == 0)
    #expect(report.worst == .note)
  }

  @Test func exchangedLanguagesAreAnError() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write([], to: folder)
    let report = try report(files) { ($0.sourceLanguage, $0.targetLanguage) = ("de", "en") }
    #expect(report.count(of: .unexpectedLanguage) == 2 && report.worst == .error)
  }

  @Test func whatManyPairsDoIsAStyle() throws {
    let folder = try TemporaryFolder()
    let pairs = (0..<40).map { number in
      let pair = PlantedText.pair(1900 - number)
      return bytes((pair.source, "\"\(pair.target)\""))
    }
    let report = try report(try PlantedText.write(pairs, to: folder).files)
    #expect(report.count(of: .quotesDiffer) == 0 && report.worst == .note)
    // A few are findings.
    let few = try self.report(try PlantedText.write(Array(pairs.prefix(3)), to: folder).files)
    #expect(few.count(of: .quotesDiffer) == 3)
  }

  @Test func onlyWantedKindsAreReported() throws {
    let folder = try TemporaryFolder()
    let pairs = [bytes(("", "Leer.")), bytes(("One <b>word</b>.", "Ein Wort."))]
    let (files, lines) = try PlantedText.write(pairs, to: folder)
    let report = try report(files) { $0.kinds = [.markup] }
    #expect(report.count(of: .emptySource) == 0 && report.lines(of: .markup) == [lines[1]])
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let folder = try TemporaryFolder()
    let pairs = PairKindTests.cases.map(\.fault)
    let (files, _) = try PlantedText.write(pairs, to: folder)
    let json = try [1, 3].map { threads in
      try report(files) { $0.threads = threads }.json(examples: 3, allLines: true)
    }
    #expect(json[0] == json[1])
  }

  @Test func fewPairsAreSaidToBeTooFew() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write([], count: 20, to: folder)
    let text = try report(files).textLines(examples: 3)
    #expect(text.contains { $0.contains("too few") } && text.allSatisfy { $0.count <= 80 })
  }

  /// Bytes that are no text must never crash a check.
  @Test func randomBytesAreChecked() throws {
    let folder = try TemporaryFolder()
    var generator = SystemRandomNumberGenerator()
    for round in 0..<20 {
      var lines: [(source: [UInt8], target: [UInt8])] = []
      for _ in 0..<60 {
        func random() -> [UInt8] {
          let alphabet: [UInt8] =
            round % 2 == 0
            ? Array(0...255)
            : Array("ab &<{%\\:/@w.?0123,'\"()[]-\u{301}ÃÂ¤€中。".utf8) + [0xC3, 0xE2, 0xF0, 0x80]
          return (0..<Int.random(in: 0...40, using: &generator)).compactMap { _ in
            alphabet.randomElement(using: &generator).flatMap { $0 == 0x0A ? nil : $0 }
          }
        }
        lines.append((random(), random()))
      }
      let (files, _) = try PlantedText.write(lines, count: 700, to: folder)
      let report = try report(files) { $0.isThorough = true }
      #expect(report.pairs == 760)
      #expect(!report.json(examples: 5, allLines: true).isEmpty)
      #expect(report.textLines(examples: 100).allSatisfy { !$0.contains("\u{7}") })
      _ = try report.writeClean(to: folder("clean"))
    }
  }
}
