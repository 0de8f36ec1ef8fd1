/// The translations that a teacher makes, and where they are written.
public struct DistillationSettings: Sendable, Equatable {
  /// A file to translate.
  public struct Translation: Sendable, Equatable {
    /// Path of the source text.
    public let source: String
    /// The tag to put before each line; nil if lines have their own tags, or none.
    public let tag: String?
    /// Path of the translation.
    public let path: String
  }

  /// The teacher's model folder.
  public let teacher: String
  /// Beam size of the teacher.
  public let beam: Int
  /// The beam size if it was given; nil: each decoder uses its own default.
  let givenBeam: Int?
  /// Whether the given translations are learned too.
  public let withOriginal: Bool
  /// The folder of the translations.
  public let folder: String
  /// One translation for each source file of the training text.
  public let translations: [Translation]

  /// Returns nil without a teacher.
  init?(_ request: DistillationRequest, files: [TextFiles], model: String) {
    guard let teacher = request.teacher else { return nil }
    let folder = "\(model)/distilled"
    (self.teacher, beam, withOriginal) = (teacher, request.beam, request.withOriginal)
    self.folder = folder
    givenBeam = request.$beam.isGiven ? request.beam : nil
    translations = files.enumerated().map { index, file in
      Translation(source: file.source, tag: file.tag, path: "\(folder)/\(index + 1).txt")
    }
  }

  /// The training text with translations in place of its targets, followed by the original if that is learned too.
  func replacingTargets(of files: [TextFiles]) -> [TextFiles] {
    let translated = zip(files, translations).map { file, translation in
      var file = file
      file.target = translation.path
      return file
    }
    return translated + (withOriginal ? files : [])
  }
}
