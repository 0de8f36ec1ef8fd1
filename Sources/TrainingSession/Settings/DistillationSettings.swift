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
  /// Whether the translations are of texts of their own, so that a model does not forget what it can do.
  public let isReplay: Bool
  /// Number of times each pair is seen per epoch, if ``isReplay``.
  let replayWeight: Double
  /// The folder of the translations.
  public let folder: String
  /// One translation for each source file of the training text.
  public let translations: [Translation]

  /// The option that asks for it.
  var option: String { isReplay ? "--replay" : "--distill-from" }

  /// The translations of a model that is to be trained further; nil without ``StartRequest/replay``.
  init?(replay request: StartRequest, model: String) {
    guard let teacher = request.folder, !request.replay.isEmpty else { return nil }
    let folder = "\(model)/replayed"
    (self.teacher, beam, givenBeam, withOriginal) = (teacher, 5, nil, true)
    (self.folder, isReplay, replayWeight) = (folder, true, request.replayWeight)
    translations = request.replay.enumerated().map { index, file in
      Translation(source: file, tag: nil, path: "\(folder)/\(index + 1).txt")
    }
  }

  /// Returns nil without a teacher.
  init?(_ request: DistillationRequest, files: [TextFiles], model: String) {
    guard let teacher = request.teacher else { return nil }
    let folder = "\(model)/distilled"
    (self.teacher, beam, withOriginal) = (teacher, request.beam, request.withOriginal)
    (self.folder, isReplay, replayWeight) = (folder, false, 1)
    givenBeam = request.$beam.isGiven ? request.beam : nil
    translations = files.enumerated().map { index, file in
      Translation(source: file.source, tag: file.tag, path: "\(folder)/\(index + 1).txt")
    }
  }

  /// The training text with translations in place of its targets, followed by the original if that is learned too; or
  /// followed by the replayed texts.
  func replacingTargets(of files: [TextFiles]) -> [TextFiles] {
    if isReplay {
      return files
        + translations.map { TextFiles(source: $0.source, target: $0.path, weight: replayWeight) }
    }
    let translated = zip(files, translations).map { file, translation in
      var file = file
      file.target = translation.path
      return file
    }
    return translated + (withOriginal ? files : [])
  }
}
