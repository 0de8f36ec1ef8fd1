public import Models

/// The decoders of a model.
public enum DecoderName: String, Sendable, CaseIterable {
  /// One that predicts tokens one by one.
  case autoregressive
  /// One that predicts all tokens in parallel.
  case nonautoregressive
  /// Both, sharing an encoder.
  case both
}

/// The decoders: autoregressive, non-autoregressive or both.
public struct DecoderRequest: Sendable, Equatable {
  /// The decoders.
  @Given public var name = DecoderName.autoregressive
  /// Method of the non-autoregressive decoder.
  public var method = NonautoregressiveMethod.ctc
  /// Number of layers of the non-autoregressive decoder; nil: the number of decoder layers.
  public var layers: Int?
  /// Positions per source token, for CTC; nil: 2.
  public var upsampling: Int?
  /// How the method `length` decides where a translation ends; nil: at the predicted length.
  public var lengthEnding: LengthEnding?
  /// Share of a first draft's errors for which the correct tokens are shown; 0 disables it.
  public var glancing = 0.0
  /// The share that ``glancing`` decays to by the last update; nil: it does not decay.
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
      throw .conflict("'\(option)' has an effect only with \(names)")
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
        "'--r-drop' works only without a non-autoregressive decoder; leave out '--r-drop' or '--decoder'")
    }
    if name == .nonautoregressive, request.regularization.wordDropout > 0 {
      throw .conflict("'--word-dropout' needs an autoregressive decoder; leave it out")
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

  /// Settings that only the training of a non-autoregressive decoder uses.
  ///
  /// - Parameter updates: the update at which the share of glancing stops decaying; nil: no limit.
  /// - Returns: the settings of glancing.
  func training(updates: Int?) -> NonautoregressiveTraining {
    var result = NonautoregressiveTraining()
    // Nothing that is never shown has a schedule, or memory for a first draft would be planned.
    guard glancing > 0 else { return result }
    result.glancing = GlancingSchedule(
      first: Float(glancing), last: Float(glancingEnd ?? glancing), updates: updates ?? 0)
    return result
  }
}
