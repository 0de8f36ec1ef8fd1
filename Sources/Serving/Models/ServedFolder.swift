import Files
import ModelFolders
public import Text

/// A model folder, and between which languages its model translates.
public struct ServedFolder: Sendable, Equatable {
  /// A direction in which a model translates.
  public struct Direction: Sendable, Hashable {
    /// The language of the text.
    public var source: Language
    /// The language of its translation.
    public var target: Language
    /// The tag that chooses the target language in a model of several, such as `<2de>`; nil for others.
    public var tag: String?

    /// A direction.
    public init(source: Language, target: Language, tag: String? = nil) {
      (self.source, self.target, self.tag) = (source, target, tag)
    }
  }

  /// The path of the folder.
  public let path: String
  /// All directions.
  public let directions: [Direction]

  /// A folder with known directions.
  package init(path: String, directions: [Direction]) { (self.path, self.directions) = (path, directions) }

  /// Reads what a folder says about its languages, without the weights.
  ///
  /// - Parameter argument: the path; or, for a folder that does not say its languages, `en-de=PATH`.
  /// - Throws: ``ServingError``, or the errors of a model folder that cannot be read.
  public init(_ argument: String) throws {
    let given = Self.givenLanguages(argument)
    path = given?.path ?? argument
    let settings = try ModelFolder(path).readDescription().pipeline.settings
    let source = given?.source ?? Language(stored: settings.sourceLanguage)
    let target = given?.target ?? Language(stored: settings.targetLanguage)
    let tagged = settings.tags.compactMap { tag in
      Self.language(ofTag: tag).map { Direction(source: source, target: $0, tag: tag) }
    }
    directions =
      tagged.isEmpty || given != nil ? [Direction(source: source, target: target, tag: nil)] : tagged
    guard directions.allSatisfy({ $0.source != .none && $0.target != .none }) else {
      throw ServingError.unknownLanguages(folder: path)
    }
  }

  /// The languages and the path of `en-de=PATH`; nil for a plain path.
  private static func givenLanguages(_ argument: String) -> (
    source: Language, target: Language, path: String
  )? {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    let codes = argument[..<equals]
    // A code may have a hyphen itself: pt-BR-en.
    for hyphen in codes.indices where codes[hyphen] == "-" {
      if let source = try? Language(code: String(codes[..<hyphen])),
        let target = try? Language(code: String(codes[codes.index(after: hyphen)...])), source != .none,
        target != .none
      {
        return (source, target, String(argument[argument.index(after: equals)...]))
      }
    }
    return nil
  }

  /// The language of a tag such as `<2de>` or `>>por<<`; nil for another tag.
  static func language(ofTag tag: String) -> Language? {
    let code: Substring
    if tag.hasPrefix("<2"), tag.hasSuffix(">") {
      code = tag.dropFirst(2).dropLast()
    } else if tag.hasPrefix(">>"), tag.hasSuffix("<<") {
      code = tag.dropFirst(2).dropLast(2)
    } else {
      return nil
    }
    guard let language = try? Language(code: String(code)), language != .none else { return nil }
    return language
  }
}
