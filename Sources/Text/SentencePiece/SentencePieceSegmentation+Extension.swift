import Tokens

extension SentencePieceSegmentation {
  /// The segmentations with more tokens at the end.
  ///
  /// Text becomes a user-defined piece, which normalization does not change and which is found wherever it occurs, so that
  /// pieces with scores are not needed; a tag becomes a control piece. With lists of tokens, tags are only in these, as in
  /// models of OPUS-MT. A span token is like a tag, on both sides. If the number of pieces is a multiple of 8, as engines
  /// need it that multiply bytes, control pieces without a use fill it up to the next one.
  public static func extended(
    _ source: Self, _ target: Self, by addition: VocabularyExtension, settings: TextPipelineSettings
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    let sharesModel = source.model.contents == target.model.contents
    func part(_ segmentation: Self, _ side: TextPipeline.Side) throws(VocabularyError) -> SentencePiecePart {
      let tags = (side == .source || settings.joint ? addition.tags : []).map { Array($0.utf8) }
      let text = addition.text(side, isShared: settings.joint || sharesModel)
      // Pieces that both sides' models share, if only one side has tags.
      let controls =
        segmentation.list == nil
        ? (sharesModel ? addition.tags.map { Array($0.utf8) } : tags) + settings.markNames : []
      let model = try segmentation.model.adding(text: text, controls: controls, name: modelNames.ofSide(side))
      let list = try segmentation.list.map { list throws(VocabularyError) in
        try list.adding(
          tags + settings.markNames + addition.text(side, isShared: settings.joint),
          name: listNames.ofSide(side))
      }
      return (model, list)
    }
    return try pair(
      source: try part(source, .source), target: try part(target, .target), settings: settings, folder: "")
  }

  /// The characters of unknown text.
  public func unknownParts(of unknown: UnknownText) -> [[UInt8]] {
    String(decoding: WhiteSpace.trimmed(unknown.bytes[...]), as: UTF8.self).unicodeScalars
      .map { Array(String($0).utf8) }
  }
}

extension SentencePieceModel {
  /// The model with more pieces.
  ///
  /// - Parameters:
  ///   - text: text that becomes user-defined pieces; what is a piece already is ignored.
  ///   - controls: names that become control pieces.
  ///   - name: the file's name, for messages.
  /// - Returns: the model with the pieces at its end.
  /// - Throws: ``VocabularyError`` if a piece is impossible.
  func adding(text: [[UInt8]], controls: [[UInt8]], name: String) throws(VocabularyError)
    -> SentencePieceModel
  {
    // The pieces of a model are a repeated field, which may go on at the end of the file.
    var contents = contents
    for (pieces, kind) in [(controls, SentencePieceFile.PieceKind.control), (text, .userDefined)] {
      for piece in pieces where file.pieces.find(piece.span) == nil {
        guard piece.count <= SentencePieceFile.longestPiece else {
          throw .badToken("a token of \(piece.count) bytes is too long")
        }
        let message = [0x0A] + number(piece.count) + piece + [0x15, 0, 0, 0, 0, 0x18, UInt8(kind.rawValue)]
        contents += [0x0A] + number(message.count) + message
      }
    }
    guard contents.count > self.contents.count else { return self }
    let model = try Self(contents: contents, path: name)
    guard count.isMultiple(of: 8), !model.count.isMultiple(of: 8) else { return model }
    let names = (model.count..<(model.count + 7) / 8 * 8).map { Array("<unused_\($0)>".utf8) }
    return try model.adding(text: [], controls: names, name: name)
  }
}

/// A number in the wire format of Protocol Buffers.
private func number(_ value: Int) -> [UInt8] {
  var (bytes, rest): ([UInt8], Int) = ([], value)
  while rest >= 0x80 {
    bytes.append(UInt8(rest & 0x7F) | 0x80)
    rest >>= 7
  }
  return bytes + [UInt8(rest)]
}

extension TokenList {
  /// The list with more tokens at its end; those that it has already are ignored.
  ///
  /// - Parameters:
  ///   - added: the tokens.
  ///   - name: the file's name, for messages.
  /// - Returns: the longer list.
  /// - Throws: ``VocabularyError`` if a token is impossible.
  func adding(_ added: [[UInt8]], name: String) throws(VocabularyError) -> TokenList {
    var contents = Array(textLines(of: contents).joined(separator: [UInt8(ascii: "\n")]))
    if !contents.isEmpty { contents.append(UInt8(ascii: "\n")) }
    for token in added where tokens.find(token.span) == nil {
      contents += token
      contents.append(UInt8(ascii: "\n"))
    }
    return try TokenList(contents: contents, path: name)
  }
}
