public import Models

/// Which decoders a model gets.
public enum DecoderName: String, Sendable, CaseIterable {
  /// One that predicts token after token.
  case autoregressive
  /// One that predicts all tokens at once.
  case nonautoregressive
  /// Both, which share an encoder.
  case both
}

/// How the model predicts: token after token, all tokens at once, or either.
public struct DecoderRequest: Sendable, Equatable {
  /// The decoders.
  @Given public var name = DecoderName.autoregressive
  /// How the non-autoregressive decoder predicts.
  public var method = NonautoregressiveMethod.ctc
  /// Layers of the non-autoregressive decoder; nil: as many as the decoder's.
  public var layers: Int?
  /// Positions that CTC has for each source token; nil: 2.
  public var upsampling: Int?
  /// Where a translation by predicted length ends; nil: at the predicted length.
  public var lengthEnding: LengthEnding?
  /// Share of a first draft's errors for which the right tokens are shown; 0 is off.
  public var glancing = 0.0
  /// The share to which that falls by the last update; nil: it stays.
  public var glancingEnd: Double?

  /// One autoregressive decoder.
  public init() {}

  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    let given: [(option: String, isGiven: Bool, methods: [NonautoregressiveMethod])] = [
      ("--upsampling", upsampling != nil, [.ctc]), ("--length-ending", lengthEnding != nil, [.length]),
      ("--glancing", glancing > 0, [.length, .ctc]),
    ]
    for (option, isGiven, methods) in given where isGiven && !methods.contains(method) {
      let names = methods.map { "'--nat-method \($0.rawValue)'" }.joined(separator: " or ")
      throw .conflict("'\(option)' has a meaning with \(names) alone")
    }
    let needy = given.map { ($0.option, $0.isGiven) } + [("--nat-layers", layers != nil)]
    if name == .autoregressive, let (option, _) = needy.first(where: \.1) {
      throw .conflict("'\(option)' needs '--decoder nonautoregressive' or '--decoder both'")
    }
    if glancingEnd != nil, glancing == 0 { throw .conflict("'--glancing-end' needs '--glancing'") }
    if glancingEnd != nil, request.stopping.maxUpdates == nil {
      throw .conflict("'--glancing-end' needs '--max-updates': that is when the share is reached")
    }
    if name != .autoregressive, request.regularization.rDrop > 0 {
      throw .conflict(
        "'--r-drop' compares predictions of one token after another; leave it out with '--decoder'")
    }
    if name == .nonautoregressive, request.regularization.wordDropout > 0 {
      throw .conflict("'--word-dropout' leaves out words that a decoder reads one after another")
    }
  }

  /// Sets the decoders of an architecture.
  func apply(to configuration: inout ModelConfiguration) {
    configuration.isAutoregressive = name != .nonautoregressive
    guard name != .autoregressive else { return }
    var part = NonautoregressiveConfiguration(method: method)
    part.layers = layers ?? configuration.decoderLayers
    part.upsampling = upsampling ?? part.upsampling
    part.ending = lengthEnding ?? part.ending
    configuration.nonautoregressive = part
  }

  /// What only the training of a non-autoregressive decoder knows.
  ///
  /// - Parameter updates: after which the share of glancing stays; nil: no limit.
  /// - Returns: the settings of glancing.
  func training(updates: Int?) -> NonautoregressiveTraining {
    var result = NonautoregressiveTraining()
    result.glancing = GlancingSchedule(
      first: Float(glancing), last: Float(glancingEnd ?? glancing), updates: updates ?? 0)
    return result
  }
}
