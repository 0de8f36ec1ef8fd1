import DataChecks
import Files
import Foundation
import TestSupport
import Testing

@Suite struct CleaningTests {
  private func cleaned(_ pairs: [(String, String)], _ folder: TemporaryFolder) throws -> [(String, String)] {
    let (files, _) = try PlantedText.write(pairs.map { (Array($0.0.utf8), Array($0.1.utf8)) }, to: folder)
    var options = CheckOptions()
    (options.keepsLines, options.isQuick) = (true, true)
    let report = try DataChecker(text: CheckedText(training: files), options: options).run()
    let summary = try report.writeClean(to: folder("clean"))
    let source = try String(contentsOfFile: folder("clean/clean.en"), encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let target = try String(contentsOfFile: folder("clean/clean.de"), encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(source.count == target.count && source.count == summary.kept + 1)
    #expect(summary.kept + summary.dropped == report.pairs)
    return zip(source, target).map { (String($0), String($1)) }
  }

  @Test func faultsAreRepaired() throws {
    let folder = try TemporaryFolder()
    let pairs = [
      ("The bridge is new.", "Die BrÃ¼cke  ist neu. "), ("The bridge is wide.", "Die BrÃƒÂ¼cke ist breit."),
      ("Bed &amp;amp; breakfast &#8211; here.", "Zimmer mit Frühstück."),
      ("A\tb\u{7}ridge\u{200B} there.", "Eine Bru\u{308}cke dort."),
    ]
    let result = try cleaned(pairs, folder)
    let wanted = [
      ("The bridge is new.", "Die Brücke ist neu."), ("The bridge is wide.", "Die Brücke ist breit."),
      ("Bed & breakfast – here.", "Zimmer mit Frühstück."), ("A bridge there.", "Eine Brücke dort."),
    ]
    for pair in wanted {
      #expect(
        result.contains { Array($0.0.utf8) == Array(pair.0.utf8) && Array($0.1.utf8) == Array(pair.1.utf8) },
        "\(pair)")
    }
  }

  @Test func aCleanedTextIsClean() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write(PairKindTests.cases.map(\.fault), to: folder)
    var options = CheckOptions()
    (options.keepsLines, options.isQuick) = (true, true)
    let report = try DataChecker(text: CheckedText(training: files), options: options).run()
    let summary = try report.writeClean(to: folder("clean"))
    #expect(summary.dropped > 20 && summary.repaired > 5)
    let clean = PairFiles(source: folder("clean/clean.en"), target: folder("clean/clean.de"))
    let again = try DataChecker(text: CheckedText(training: clean), options: options).run()
    for kind in FindingKind.allCases where kind.action != .keep {
      #expect(again.count(of: kind) == 0, "\(kind.rawValue): \(again.lines(of: kind))")
    }
  }

  @Test func droppedLinesAreLogged() throws {
    let folder = try TemporaryFolder()
    let (files, lines) = try PlantedText.write(
      [(Array("".utf8), Array("Ein\tTab.".utf8)), (Array("A <b>word</b>.".utf8), Array("Ein Wort.".utf8))],
      to: folder)
    var options = CheckOptions()
    options.keepsLines = true
    let report = try DataChecker(text: CheckedText(training: files), options: options).run()
    _ = try report.writeClean(to: folder("new/folder"))
    let log = try String(contentsOfFile: folder("new/folder/dropped.tsv"), encoding: .utf8)
    #expect(
      log == "\(files.source)\t\(lines[0])\tempty-source\t\tEin Tab.\n"
        + "\(files.source)\t\(lines[1])\tmarkup\tA <b>word</b>.\tEin Wort.\n")
    #expect(folder.names.filter { $0.hasPrefix("new/folder/") }.count == 3)
  }

  @Test func aFileInTheWayIsAnError() throws {
    let folder = try TemporaryFolder()
    let (files, _) = try PlantedText.write([], count: 60, to: folder)
    try Data().write(to: URL(fileURLWithPath: folder("taken")))
    var options = CheckOptions()
    options.keepsLines = true
    let report = try DataChecker(text: CheckedText(training: files), options: options).run()
    #expect(throws: FileError.notAFolder(path: folder("taken"))) {
      try report.writeClean(to: folder("taken"))
    }
  }
}
