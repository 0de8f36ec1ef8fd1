import Synchronization
import Tokens

/// How a token is written within words.
public struct TokenSpelling: Sendable, Equatable {
  /// Its text, without marks of words.
  public var text: [UInt8]
  /// Whether a word can begin with it.
  public var canBegin: Bool
  /// Whether it can come later in a word.
  public var canFollow: Bool
  /// Whether the word can go on after it.
  public var canContinue: Bool

  /// Whether the word goes on after it, whatever comes next.
  public var goesOnAfter: Bool { canContinue && canBegin && canFollow }

  /// Whether it goes on with the word before it: not if it is punctuation, or of a script that is written without spaces.
  public var goesOnBefore: Bool {
    guard !canBegin, let first = String(decoding: text, as: UTF8.self).unicodeScalars.first?.value else {
      return false
    }
    return ICU.isLetterOrDigit(first) && [.spaced, .european].contains(Spacing(first))
  }
}

/// How the tokens of a segmentation are written, found out when it is first asked for: few programs need it.
final class TokenSpellings: Sendable {
  private let segmentation: any Segmentation
  private let found = Mutex<[TokenSpelling?]?>(nil)

  init(_ segmentation: any Segmentation) { self.segmentation = segmentation }

  /// One for each id.
  var all: [TokenSpelling?] {
    found.withLock { found in
      if let found { return found }
      let all = (0..<TokenID(segmentation.vocabulary.count)).map { segmentation.spelling(of: $0) }
      found = all
      return all
    }
  }
}
