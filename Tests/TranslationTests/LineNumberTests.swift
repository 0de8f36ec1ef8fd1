import Decoding
import Files
import Foundation
import Testing
import Translation

/// Translating the rest of a file gives what translating the whole file gives for these lines.
@Suite struct LineNumberTests {
  @Test func linesOfAPartHaveTheirNumbersInTheWhole() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/text"
    let text = Data(manyLines(150).map { $0 + "\n" }.joined().utf8)
    try text.write(to: URL(fileURLWithPath: path))
    let translator = try makeTranslator { $0.request.search.sampling = .init(seed: 3) }
    var whole: [TranslationResult] = []
    try translator.translate(LineReader(path: path)) { whole += $0 }
    #expect(whole.map(\.lineNumber) == Array(1...150))
    let range = try TextParts(path: path, count: 3).range(of: 1)
    let before = text.prefix(range.lowerBound).count { $0 == 0x0a }
    var part: [TranslationResult] = []
    try translator.translate(LineReader(path: path, range: range, preceding: before)) { part += $0 }
    #expect(part == Array(whole[before..<before + part.count]))
    #expect(part.count > 30)
  }
}
