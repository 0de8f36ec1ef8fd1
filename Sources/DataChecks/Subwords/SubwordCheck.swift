import Text
import Tokens

/// What training drops, and what a vocabulary does not know.
struct SubwordCheck: PairCheck {
  static let kinds: [FindingKind] = [.droppedTooLong, .manySubwords, .unknownTokens, .tagInText]

  let pipeline: TextPipeline
  let maxLength: Int
  private let unknown: (source: TokenID, target: TokenID)

  /// Text with more subwords per word is hardly known to the vocabulary: usual are 1 to 2.
  static let mostPerWord = 5.0

  init(pipeline: TextPipeline, maxLength: Int) {
    (self.pipeline, self.maxLength) = (pipeline, maxLength)
    unknown = (
      pipeline.vocabulary(.source).specialTokens.unknown, pipeline.vocabulary(.target).specialTokens.unknown
    )
  }

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    guard pair.source.visible > 0, pair.target.visible > 0 else { return }
    let text = Array(pair.text(.source))
    if pipeline.vocabulary(.source).cutTag(off: text).tag != nil { findings.add(.tagInText, .source) }
    let source = pipeline.encode(text, side: .source).ids
    let target = pipeline.encode(Array(pair.text(.target)), side: .target).ids
    func add(_ kind: FindingKind, _ isFault: ([TokenID], LineProfile, TokenID) -> Bool) {
      let sides = Sides(
        rawValue: (isFault(source, pair.source, unknown.source) ? 1 : 0)
          | (isFault(target, pair.target, unknown.target) ? 2 : 0))
      if !sides.isEmpty { findings.add(kind, sides) }
    }
    add(.droppedTooLong) { ids, _, _ in ids.count > maxLength }
    add(.unknownTokens) { ids, _, unknown in ids.contains(unknown) }
    add(.manySubwords) { ids, line, _ in
      line.words.count >= 2 && Double(ids.count) > Self.mostPerWord * Double(line.words.count) + 4
    }
  }
}
