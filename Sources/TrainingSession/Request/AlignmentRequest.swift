import Models

/// Guided alignment: attention that follows given word alignments.
public struct AlignmentRequest: Sendable, Equatable {
  /// Word alignments of the training text in fast_align's format, one file for each source file; empty: not guided.
  public var files: [String] = []
  /// Weight of the alignment loss, relative to the translation loss; nil: 0.1.
  public var weight: Double?
  /// Decoder layer to supervise, counted from 1; nil: the last but one, or the only one.
  public var layer: Int?
  /// Number of heads whose mean is supervised, from the first; nil: 1.
  public var heads: Int?

  /// No guided alignment.
  public init() {}

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
    let sources = request.files.trainCount
    if files.count != sources {
      throw .conflict(
        "\(sources) \(request.files.train.isEmpty ? "files of --train-source" : "training files") and \(files.count) of --guided-alignment; give as many of both"
      )
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
