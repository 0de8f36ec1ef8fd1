import Files

/// The files of byte pair encoding: `vocab.txt` and `bpe.codes` if both sides share them, otherwise `vocab.source.txt`,
/// `bpe.source.codes` and the same for the target.
extension BytePairSegmentation {
  /// The files in which a segmentation is stored.
  enum FilePlace: Sendable, CaseIterable {
    /// The files that both sides share.
    case joint
    /// No files: those of the source are shared.
    case withSource
    case source
    case target

    static func ofSide(_ side: TextPipeline.Side) -> FilePlace { side == .source ? .source : .target }

    private var infix: String? {
      switch self {
      case .joint: ""
      case .withSource: nil
      case .source: "source."
      case .target: "target."
      }
    }

    var names: (vocabulary: String, codes: String)? { infix.map { ("vocab.\($0)txt", "bpe.\($0)codes") } }
  }

  /// The file names of both layouts.
  public static var fileNames: [String] {
    FilePlace.allCases.compactMap(\.names).flatMap { [$0.vocabulary, $0.codes] }
  }

  /// The vocabulary and the codes.
  public var files: [(name: String, contents: [UInt8])] {
    guard let names = place.names else { return [] }
    return [(names.vocabulary, vocabulary.contents), (names.codes, encoding.codes)]
  }

  /// Reads one vocabulary with its codes, or two.
  public static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)
  {
    func part(_ place: FilePlace, _ side: TextPipeline.Side) throws(VocabularyError) -> BytePairPart {
      guard let names = place.names else { preconditionFailure("BytePairSegmentation: no files to read") }
      let codes = "\(folder)/\(names.codes)"
      let encoding = try BytePairEncoding(path: codes)
      let path = "\(folder)/\(names.vocabulary)"
      let part = (encoding, try Vocabulary(path: path, tags: settings.tags(side), marks: settings.marks))
      try checkMerges(part, settings, side, path: codes)
      return part
    }
    if settings.joint {
      let part = try part(.joint, .source)
      return pair(part, part, settings)
    }
    return pair(try part(.source, .source), try part(.target, .target), settings)
  }

  /// The segmentations of both sides.
  static func pair(_ source: BytePairPart, _ target: BytePairPart, _ settings: TextPipelineSettings)
    -> (source: Self, target: Self)
  {
    (
      Self(source.encoding, source.vocabulary, settings, .source),
      Self(target.encoding, target.vocabulary, settings, .target)
    )
  }
}

/// Merges and the vocabulary of the subwords that they make.
public typealias BytePairPart = (encoding: BytePairEncoding, vocabulary: Vocabulary)
