import Models

/// Guided alignment: attention that follows word alignments.
public struct AlignmentRequest: Sendable, Equatable {
  /// Word alignments of the training text in fast_align's format, one file for each source file; only ``automatic``: made by
  /// the session; only ``none``: not guided; empty: ``automatic`` for the preset `student`, not guided otherwise.
  public var files: [String] = []
  /// Weight of the alignment loss, relative to the translation loss; nil: 0.1.
  public var weight: Double?
  /// Decoder layer to supervise, counted from 1; nil: the last but one, or the only one.
  public var layer: Int?
  /// Number of heads whose mean is supervised, from the first; nil: 1.
  public var heads: Int?

  /// In place of a file: the session aligns the training text itself.
  public static let automatic = "auto"
  /// In place of a file: attention is not guided.
  public static let none = "none"

  /// The defaults.
  public init() {}

  /// Whether the session aligns the training text itself.
  var isAutomatic: Bool { files == [Self.automatic] }

  /// The weight of the alignment loss; nil without files.
  var weightInUse: Double? { files.isEmpty ? nil : weight ?? 0.1 }

  /// The settings for the model; nil without files.
  var guidedAlignment: GuidedAlignment? {
    guard let weightInUse else { return nil }
    var result = GuidedAlignment()
    result.weight = Float(weightInUse)
    result.layer = layer
    result.heads = heads ?? result.heads
    return result
  }

  /// Rejects settings without effect, and layers and heads that the model does not have.
  func validate(for model: ModelOutline, in request: TrainingRequest) throws(TrainingRequestError) {
    guard !files.isEmpty else {
      let given = [
        ("--guided-alignment-weight", weight != nil), ("--guided-alignment-layer", layer != nil),
        ("--guided-alignment-heads", heads != nil),
      ]
      guard let (option, _) = given.first(where: \.1) else { return }
      throw .conflict("'\(option)' needs '--guided-alignment'")
    }
    guard !isAutomatic else { return try validateAutomatic(for: model, in: request) }
    for word in [Self.automatic, Self.none] where files.contains(word) {
      throw .conflict(
        "'--guided-alignment \(word)' is for all of the training text; give it alone (or './\(word)' for a file of that name)"
      )
    }
    if !request.start.replay.isEmpty {
      throw .conflict(
        "'--guided-alignment' has no alignments of the texts of '--replay'; give '--guided-alignment auto', which aligns "
          + "everything")
    }
    let sources = request.files.trainCount
    if files.count != sources {
      throw .conflict(
        "\(sources) \(request.files.train.isEmpty ? "files of --train-source" : "training files") and \(files.count) of --guided-alignment; give as many of both"
      )
    }
    try validateHeads(for: model)
  }

  private func validateAutomatic(for model: ModelOutline, in request: TrainingRequest)
    throws(TrainingRequestError)
  {
    if (request.files.trainSource + request.files.trainTarget).contains("-") {
      throw .conflict(
        "'--guided-alignment auto', the default of '--preset student', reads the training text more than once; name files "
          + "for '--train-source' and '--train-target', or give '--guided-alignment none'")
    }
    try validateHeads(for: model)
  }

  private func validateHeads(for model: ModelOutline) throws(TrainingRequestError) {
    if let layer, layer > model.decoderLayers {
      throw .conflict(
        "no '--guided-alignment-layer \(layer)': the decoder has \(model.decoderLayers), counted from 1")
    }
    if let heads, heads > model.heads {
      throw .conflict("no '--guided-alignment-heads \(heads)': a layer has \(model.heads)")
    }
  }
}

extension TrainingRequest {
  /// Guided alignment as it is used: students of the preset are guided unless something else was given.
  var alignmentInUse: AlignmentRequest {
    var result = alignment
    if result.files == [AlignmentRequest.none] {
      result.files = []
    } else if result.files.isEmpty, architecture.preset == .student, start.folder == nil,
      decoder.name == .autoregressive
    {
      result.files = [AlignmentRequest.automatic]
    }
    return result
  }
}
