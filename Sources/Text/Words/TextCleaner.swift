/// Removes what a reader does not see from lines, before they are normalized and tokenized.
///
/// - Each run of white space becomes one space, and there is none at the ends of a line.
/// - Invisible characters are removed: control characters, soft hyphens, zero-width spaces, direction marks, byte order
///   marks, interlinear annotations, and joiners, variation selectors and tags where they change nothing.
///
/// What changes how text looks is kept: joiners between letters of scripts that need them (Arabic, Indic) and in emoji,
/// variation selectors after symbols and ideographs, and tags in flags.
///
/// Cleaning is idempotent.
public struct TextCleaner: Sendable {
  /// White space that stays as it is when it is alone between two words.
  ///
  /// A translation needs the no-break spaces of its language, such as that before a French `!`; source text does not.
  private let kept: Set<UInt32>

  /// A cleaner for text that a model reads or writes.
  ///
  /// - Parameter kept: white space that stays as it is when it is alone between two words.
  init(keeping kept: Set<UInt32> = []) { self.kept = kept }

  /// A cleaner for source text.
  public static let source = TextCleaner()
  /// A cleaner for target text, which keeps no-break and ideographic spaces.
  public static let target = TextCleaner(keeping: typographicSpaces)

  /// The spaces that writers choose on purpose: no-break, narrow no-break, ideographic.
  static let typographicSpaces: Set<UInt32> = [0xA0, 0x202F, 0x3000]

  /// The cleaned line.
  ///
  /// - Parameter line: UTF-8 without a line feed; invalid bytes are kept.
  /// - Returns: UTF-8.
  /// - Complexity: O(`line.count`).
  public func clean(_ line: [UInt8]) -> [UInt8] {
    if Self.isCleanAtAGlance(line) { return line }
    var output = CleanedLine(kept: kept, capacity: line.count)
    let bytes = line.span
    var position = 0
    while position < bytes.count {
      let scalar = decodeScalar(bytes, at: position)
      let next = position + scalar.length
      if InvisibleCharacter.isWhitespace(scalar.value) {
        output.append(space: scalar.value)
      } else if !InvisibleCharacter.isDispensable(
        scalar.value, after: output.neighbor,
        before: next < bytes.count ? decodeScalar(bytes, at: next).value : nil)
      {
        output.append(scalar.value, bytes.extracting(position..<next))
      }
      position = next
    }
    return output.bytes
  }

  /// Whether the bytes alone show that there is nothing to remove.
  private static func isCleanAtAGlance(_ line: [UInt8]) -> Bool {
    var last = UInt8(ascii: " ")
    for byte in line {
      switch byte {
      case 0x20: if last == 0x20 { return false }
      // First bytes of U+00C0 to U+033F and U+0400 to U+05FF, and the bytes after them.
      case 0x21...0x7E, 0x80...0xBF, 0xC3...0xCC, 0xD0...0xD7: break
      default: return false
      }
      last = byte
    }
    return last != 0x20 || line.isEmpty
  }
}

/// The line that a cleaner has made so far.
private struct CleanedLine {
  private(set) var bytes: [UInt8] = []
  /// The character before, if there is no white space after it.
  var neighbor: UInt32? { space == nil ? last : nil }

  private var last: UInt32?
  private let kept: Set<UInt32>
  /// The white space after the last character: nil if there is none, a plain space if there are several.
  private var space: UInt32?

  init(kept: Set<UInt32>, capacity: Int) {
    self.kept = kept
    bytes.reserveCapacity(capacity)
  }

  mutating func append(space scalar: UInt32) {
    space = space == nil && kept.contains(scalar) ? scalar : 0x20
  }

  mutating func append(_ scalar: UInt32, _ text: Span<UInt8>) {
    if let space, !bytes.isEmpty { bytes.appendUTF8(space) }
    (space, last) = (nil, scalar)
    bytes.append(text)
  }
}

extension TextCleaner {
  /// The cleaner of a side of a pipeline.
  ///
  /// Vocabularies of earlier versions were learned from text as it was. If one has a token for a typographic space, its
  /// model has seen it regularly, so it stays.
  init(_ settings: TextPipelineSettings, _ side: TextPipeline.Side, _ vocabulary: Vocabulary?) {
    if side == .target {
      self = .target
    } else if let vocabulary, !settings.cleansText {
      self.init(
        keeping: Self.typographicSpaces.filter { space in
          var token: [UInt8] = []
          var text: [UInt8] = []
          text.appendUTF8(space)
          token.appendEscaped(text.span, from: 0, to: text.count)
          return ["", "￭"].contains { before in
            ["", "￭"].contains { after in
              vocabulary.id(of: Subword(bytes: Array(before.utf8) + token + Array(after.utf8))) != nil
            }
          }
        })
    } else {
      self = .source
    }
  }
}
