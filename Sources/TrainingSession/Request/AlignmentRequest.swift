import Models

/// Guided alignment: attention that follows given alignments of words.
public struct AlignmentRequest: Sendable, Equatable {
  /// Alignments of the training text in the format of fast_align, a file for each source file; none: no guide.
  public var files: [String] = []
  /// Weight of its loss beside that of translating; nil: 0.1.
  public var weight: Double?
  /// Decoder layer that is taught, from 1; nil: the last but one, or the only one.
  public var layer: Int?
  /// First heads of it whose mean is taught; nil: 1.
  public var heads: Int?

  /// No guide.
  public init() {}

  /// The weight of its loss; nil where there are no files.
  var weightInUse: Double? { files.isEmpty ? nil : weight ?? 0.1 }

  /// What attention is taught, where there are files.
  var guidedAlignment: GuidedAlignment? {
    guard let weightInUse else { return nil }
    var result = GuidedAlignment()
    result.weight = Float(weightInUse)
    result.layer = layer
    result.heads = heads ?? result.heads
    return result
  }

  /// Refuses what could have no effect, and parts that the model does not have.
  func validate(for model: ModelOutline, in request: TrainingRequest) throws(TrainingRequestError) {
    guard !files.isEmpty else {
      let given = [
        ("--guided-alignment-weight", weight != nil), ("--guided-alignment-layer", layer != nil),
        ("--guided-alignment-heads", heads != nil),
      ]
      guard let (option, _) = given.first(where: \.1) else { return }
      throw .conflict("'\(option)' needs '--guided-alignment'")
    }
    let sources = request.files.trainSource.count
    if files.count != sources {
      throw .conflict(
        "\(sources) files of --train-source and \(files.count) of --guided-alignment; give as many of both")
    }
    if let layer, layer > model.decoderLayers {
      throw .conflict(
        "no '--guided-alignment-layer \(layer)': the decoder has \(model.decoderLayers), counted from 1")
    }
    if let heads, heads > model.heads {
      throw .conflict("no '--guided-alignment-heads \(heads)': a layer has \(model.heads)")
    }
  }
}
