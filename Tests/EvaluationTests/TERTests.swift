import Evaluation
import Testing

/// Texts as long as documents.
///
/// What TER finds in them is compared with sacreBLEU in ``ScoreTests``.
@Suite struct TERTests {
  private static func edits(_ hypothesis: [String], _ reference: [String]) throws -> Int {
    let bytes = [hypothesis, reference].map { Array($0.joined(separator: " ").utf8) }
    let score = TER().score(hypotheses: [bytes[0]], references: [[bytes[1]]])
    guard case .ter(let edits, _) = score.details else { throw BLEUDetailsTests.UnexpectedDetails() }
    return edits
  }

  /// A full matrix would have 400 million cells.
  @Test func memoryOfADocumentGrowsWithItsLength() throws {
    let reference = (0..<20_000).map { "w\($0 % 3000)" }
    let hypothesis = reference.enumerated().map { $0.offset % 100 == 0 ? "x" : $0.element }
    #expect(try Self.edits(hypothesis, reference) == 200)
    #expect(try Self.edits(Array(hypothesis.dropLast(10)), reference) == 210)
  }

  /// A phrase that was moved within reach is one edit, also far from the beginning, where only the rows that it changes
  /// are computed again.
  @Test(arguments: [0, 1, 700, 1990])
  func aMovedPhraseIsOneEdit(place: Int) throws {
    let reference = (0..<2030).map { "w\($0)" }
    var hypothesis = reference
    let phrase = Array(hypothesis[place..<place + 4])
    hypothesis.removeSubrange(place..<place + 4)
    hypothesis.insert(contentsOf: phrase, at: place + 30)
    #expect(try Self.edits(hypothesis, reference) == 1)
    #expect(try Self.edits(reference, hypothesis) == 1)
  }

  @Test func lengthsMayDifferMuch() throws {
    let words = (0..<3000).map { "w\($0)" }
    #expect(try Self.edits([], words) == 3000)
    #expect(try Self.edits(words, []) == 3000)
    // The match is too far from the diagonal, for Tercom as well.
    #expect(try Self.edits(["w0"], words) == 3000)
    #expect(try Self.edits(["w1500"], words) == 2999)
    #expect(try Self.edits(words, ["w0"]) == 2999)
  }
}
