internal import Files

/// A SentencePiece model, which splits text into pieces.
///
/// Source: Kudo and Richardson 2018, "SentencePiece: A simple and language independent subword tokenizer and detokenizer
/// for Neural Text Processing".
public final class SentencePieceModel: Sendable {
  /// The file, unchanged.
  public let contents: [UInt8]
  let file: SentencePieceFile
  let normalizer: PieceNormalizer
  let segmenter: PieceSegmenter

  /// Reads a model file.
  ///
  /// - Throws: ``VocabularyError`` if the file cannot be read, or is no model that can be used.
  public convenience init(path: String) throws(VocabularyError) {
    let contents: [UInt8]
    do { contents = try readFile(path: path) } catch { throw .file(error) }
    try self.init(contents: contents, path: path)
  }

  /// A model from the contents of its file.
  ///
  /// - Parameters:
  ///   - contents: a serialized `ModelProto`.
  ///   - path: the file's name, for messages.
  /// - Throws: ``VocabularyError/malformedModel(path:reason:)``.
  public init(contents: [UInt8], path: String) throws(VocabularyError) {
    self.contents = contents
    do { file = try SentencePieceFile(contents: contents) } catch {
      throw .malformedModel(path: path, reason: error.reason)
    }
    let kinds = file.pieceKinds
    let userDefined = PieceTrie(file.pieces, ids: kinds.indices.filter { kinds[$0] == .userDefined })
    normalizer = PieceNormalizer(file, kept: userDefined)
    segmenter = PieceSegmenter(file, userDefined: userDefined)
  }

  /// Number of pieces.
  public var count: Int { file.scores.count }
}
