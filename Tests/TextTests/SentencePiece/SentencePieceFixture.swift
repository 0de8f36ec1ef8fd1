import RandomNumbers
import SentencePieceLibrary
import Text
import Tokens

/// A SentencePiece model that a test writes field by field.
struct HandMadeModel {
  /// The types of pieces, by their numbers in the file.
  static let (normal, unknown, control, userDefined, unused, byte) = (1, 2, 3, 4, 5, 6)

  var pieces: [(text: String, score: Float, type: Int)] = []
  var type = 1
  var spellsBytes = false
  var endsWordsWithSpaces = false
  var addsSpace = true
  var removesSpaces = true
  var characterMap: [UInt8] = []

  /// A unigram model of Marian's kind: `</s>` 0, `<unk>` 1, and no other special tokens.
  static func marian(_ pieces: [(String, Float)]) -> HandMadeModel {
    var model = HandMadeModel()
    model.pieces =
      [("</s>", 0, control), ("<unk>", 0, unknown)] + pieces.map { ($0.0, $0.1, normal) }
    return model
  }

  var contents: [UInt8] {
    var output = ProtobufWriter()
    for piece in pieces {
      var message = ProtobufWriter()
      message.write(piece.text.utf8, field: 1)
      message.write(piece.score, field: 2)
      message.write(piece.type, field: 3)
      output.write(message.bytes, field: 1)
    }
    var training = ProtobufWriter()
    training.write(type, field: 3)
    training.write(endsWordsWithSpaces ? 1 : 0, field: 24)
    training.write(spellsBytes ? 1 : 0, field: 35)
    output.write(training.bytes, field: 2)
    var normalization = ProtobufWriter()
    if !characterMap.isEmpty { normalization.write(characterMap, field: 2) }
    normalization.write(addsSpace ? 1 : 0, field: 3)
    normalization.write(removesSpaces ? 1 : 0, field: 4)
    output.write(normalization.bytes, field: 3)
    return output.bytes
  }

  func segmentation(list: String? = nil, tags: [String] = []) throws -> SentencePieceSegmentation {
    try makeSegmentation(contents, list: list, tags: tags)
  }
}

/// The segmentation of a model's file, with a list of tokens.
func makeSegmentation(_ contents: [UInt8], list: String? = nil, tags: [String] = []) throws
  -> SentencePieceSegmentation
{
  var settings = TextPipelineSettings()
  (settings.segmentation, settings.tags) = ("sentencepiece", tags)
  let model = try SentencePieceModel(contents: contents, path: "m.model")
  let part: SentencePiecePart = (
    model, try list.map { try TokenList(contents: Array($0.utf8), path: "vocab.txt") }
  )
  return try SentencePieceSegmentation.pair(source: part, target: part, settings: settings, folder: "f")
    .source
}

extension SentencePieceSegmentation {
  func encode(_ text: String) -> EncodedSentence {
    var encoder = makeEncoder()
    return encoder.encode(Array(text.utf8))
  }

  /// The pieces of a text, separated by spaces.
  func pieces(_ text: String) -> String {
    var encoder = makeEncoder()
    return String(decoding: encoder.subwords(of: Array(text.utf8)), as: UTF8.self)
  }

  /// The text that ids stand for.
  func decode(_ ids: [TokenID], _ unknowns: [UnknownText] = []) -> String {
    String(decoding: text(of: EncodedSentence(ids: ids, unknowns: unknowns)), as: UTF8.self)
  }
}

/// The words of a text that is enough to learn from, in several scripts.
enum LearningText {
  /// Segmentations, and one of them with byte fallback.
  static let kinds = ["icu", "whitespace", "sentencepiece", "byte fallback"]

  /// A vocabulary with marks, of this text and a line that it has often.
  static func learn(_ kind: String, marks: MarkTokens, joint: Bool, with line: String) throws -> TextPipeline
  {
    var settings = TextPipelineSettings()
    settings.segmentation = kind == "byte fallback" ? "sentencepiece" : kind
    (settings.joint, settings.marks, settings.tags, settings.merges) = (joint, marks, ["<2de>"], 90)
    (settings.sentencePiece.vocabularySize, settings.sentencePiece.spellsBytes) = (
      kind == "byte fallback" ? 465 : 205, kind == "byte fallback"
    )
    let folder = try ScratchFolder()
    let often = [[UInt8]](repeating: Array(line.utf8), count: 20)
    try folder.write("text", Array((lines + often).joined(separator: [0x0A])))
    var learner = VocabularyLearner(settings: settings, threads: 1)
    for side in TextPipeline.Side.allCases { try learner.count(path: "\(folder.path)/text", side: side) }
    return try learner.learn()
  }

  static let lines: [[UInt8]] = {
    let parts = [
      "low", "lower", "lowest", "new", "newer", "newest", "wide", "wider", "widest", "play", "played",
      "playing",
      "Haus", "Häuser", "niedrig", "größer", "дом", "дома", "домов", "новый", "новая", "σπίτι", "σπίτια", "家",
      "家屋",
      "新しい", "古い", "बड़ा", "बड़े", "집", "집에", "42", "1984", "3.14", "(", ")", "!", "e\u{301}tait", "ﬁn",
    ]
    var generator = SplitMix64(state: 5)
    return (0..<1500).map { _ in
      let words = (0..<1 + Int(generator.next() % 6)).map { _ in
        parts[Int(generator.next() % UInt64(parts.count))]
      }
      return Array(words.joined(separator: generator.next() % 4 == 0 ? "" : " ").utf8)
    }
  }()

  /// A segmentation learned from the lines.
  static func learn(_ change: (inout TextPipelineSettings) -> Void = { _ in }) throws -> TextPipeline {
    var settings = TextPipelineSettings()
    settings.segmentation = "sentencepiece"
    settings.sentencePiece.vocabularySize = 180
    change(&settings)
    let split = settings.makeWordSplitter(.source)
    let counts = WordCounts(lines: lines.map(split))
    let pair = try SentencePieceSegmentation.learn(
      from: (counts, counts), settings: settings, progress: { _, _ in })
    return TextPipeline(settings: settings, source: pair.source, target: pair.target)
  }
}

extension TextPipeline {
  var sentencePiece: SentencePieceSegmentation {
    get throws {
      guard let segmentation = segmentation(.source) as? SentencePieceSegmentation else { throw WrongKind() }
      return segmentation
    }
  }

  private struct WrongKind: Error {}
}

/// SentencePiece's library.
final class Library {
  private let model: OpaquePointer

  init?(_ contents: [UInt8]) {
    guard let model = library_open(contents, contents.count) else { return nil }
    self.model = model
  }

  deinit { library_close(model) }

  func encode(_ text: [UInt8]) -> [TokenID]? {
    var count = 0
    guard let ids = library_encode(model, text, text.count, &count) else { return nil }
    defer { ids.deallocate() }
    return Array(UnsafeBufferPointer(start: ids, count: count))
  }

  func decode(_ ids: [TokenID]) -> [UInt8]? {
    var length = 0
    guard let text = library_decode(model, ids, ids.count, &length) else { return nil }
    defer { text.deallocate() }
    return Array(UnsafeBufferPointer(start: text, count: length))
  }
}
