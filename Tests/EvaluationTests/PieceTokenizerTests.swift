import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct PieceTokenizerTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder("pieces.model")
    let model = try #require(Data(base64Encoded: SampleFixture.model))
    try model.write(to: URL(fileURLWithPath: path))
  }

  @Test func piecesAreThoseOfSacreBLEU() throws {
    var bleu = BLEU()
    bleu.pieces = try PieceTokenizer(path: path, name: "flores200")
    let (hypotheses, references) = SampleFixture.pieceTexts
    let score = bleu.score(hypotheses: hypotheses, references: references)
    #expect(score.description == SampleFixture.pieceScore)
  }

  @Test func aModelWithoutANameIsNamedByItsBytes() throws {
    let tokenizer = try PieceTokenizer(path: path)
    #expect(tokenizer.name.wholeMatch(of: /spm-[0-9a-f]{8}/) != nil, "\(tokenizer.name)")
    #expect(try PieceTokenizer(path: path) == tokenizer)
    #expect(try PieceTokenizer(path: path, name: "flores200") != tokenizer)
  }

  @Test func anotherFileIsNoModel() throws {
    let text = folder("text")
    try "This is a text.\n".write(toFile: text, atomically: false, encoding: .utf8)
    #expect(throws: (any Error).self) { try PieceTokenizer(path: text) }
    #expect(throws: (any Error).self) { try PieceTokenizer(path: folder("missing")) }
  }
}
