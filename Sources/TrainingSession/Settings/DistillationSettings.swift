/// Which translations a teacher makes, and where they go.
public struct DistillationSettings: Sendable, Equatable {
  /// A file to translate.
  public struct Translation: Sendable, Equatable {
    /// The source text.
    public let source: String
    /// The tag before each line; nil: lines have tags of their own, or none.
    public let tag: String?
    /// Where the translation goes.
    public let path: String
  }

  /// The teacher's model folder.
  public let teacher: String
  /// Hypotheses that it keeps at each step.
  public let beam: Int
  /// The same where it is not the default; nil: what each decoder is used to.
  let givenBeam: Int?
  /// Whether the translations given are learned as well.
  public let withOriginal: Bool
  /// The folder of the translations.
  public let folder: String
  /// What is translated, a file of the training text each.
  public let translations: [Translation]

  /// nil without a teacher.
  init?(_ request: DistillationRequest, files: [TextFiles], model: String) {
    guard let teacher = request.teacher else { return nil }
    let folder = "\(model)/distilled"
    (self.teacher, beam, withOriginal) = (teacher, request.beam, request.withOriginal)
    self.folder = folder
    givenBeam = request.beam == request.$beam.standard ? nil : request.beam
    translations = files.enumerated().map { index, file in
      Translation(source: file.source, tag: file.tag, path: "\(folder)/\(index + 1).txt")
    }
  }

  /// The training text with translations in place of its targets; where the given ones are learned too, they follow.
  func replacingTargets(of files: [TextFiles]) -> [TextFiles] {
    let translated = zip(files, translations).map { file, translation in
      var file = file
      file.target = translation.path
      return file
    }
    return translated + (withOriginal ? files : [])
  }
}
