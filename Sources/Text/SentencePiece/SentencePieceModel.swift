internal import CSentencePiece
internal import Files
internal import Synchronization

/// A SentencePiece model that encodes text.
///
/// Source: Kudo and Richardson 2018, "SentencePiece: A simple and language independent subword tokenizer and detokenizer
/// for Neural Text Processing".
///
/// - Safety: `@unchecked Sendable`, although it holds a pointer: the library's model does not change after it was made,
///   and its encoding may be called by several threads.
@safe public final class SentencePieceModel: @unchecked Sendable {
  /// The file, unchanged.
  public let contents: [UInt8]
  let file: SentencePieceFile
  private let handle: OpaquePointer
  private let sampler = Mutex<SentencePieceSampler?>(nil)

  /// A piece of a text.
  struct Piece {
    /// Its id in the model.
    var id: Int
    /// The bytes of the original text.
    var surface: Range<Int>
    /// Its place in the texts of unknown pieces, if it is unknown.
    var unknown: Range<Int>
  }

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
    let checked = file.checkedContents
    var message = [CChar](repeating: 0, count: Int(SENTENCEPIECE_MESSAGE_CAPACITY))
    guard let handle = unsafe sentencepiece_open(checked, checked.count, &message) else {
      throw .malformedModel(path: path, reason: text(ofMessage: message))
    }
    unsafe self.handle = handle
  }

  deinit { unsafe sentencepiece_close(handle) }

  /// Number of pieces.
  public var count: Int { file.scores.count }

  /// Encodes a text.
  ///
  /// - Returns: its pieces, and the normalized texts of unknown pieces, one after another; nil if the library fails, which
  ///   it does for lack of memory.
  func encode(_ text: [UInt8]) -> (pieces: [Piece], unknowns: [UInt8])? {
    var sentence = unsafe sentencepiece_sentence()
    let succeeded = unsafe sentencepiece_encode(handle, text, text.count, &sentence) != 0
    defer { unsafe sentencepiece_free(sentence) }
    guard succeeded else { return nil }
    var (start, end) = (0, 0)
    let found = unsafe UnsafeBufferPointer(start: sentence.pieces, count: sentence.count)
    let pieces = unsafe found.map { piece in
      (start, end) = (end, Int(piece.text_end))
      return Piece(id: Int(piece.id), surface: Int(piece.begin)..<Int(piece.end), unknown: start..<end)
    }
    return (pieces, unsafe Array(UnsafeBufferPointer(start: sentence.texts, count: end)))
  }

  /// Draws segmentations of text; made when it is first needed.
  func makeSampler() -> SentencePieceSampler {
    sampler.withLock { sampler in
      let made = sampler ?? SentencePieceSampler(file)
      sampler = made
      return made
    }
  }
}

/// A message of the library.
func text(ofMessage message: [CChar]) -> String {
  String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
