public import CommandLineArguments
public import Models

/// Which decoders a model gets.
enum DecoderName: String, CaseIterable, ArgumentValue {
  case autoregressive, nonautoregressive, both
}

extension NonautoregressiveMethod: ArgumentValue {}
extension LengthEnding: ArgumentValue {}

extension TrainTranslationArguments {
  /// Sets the decoders of an architecture.
  func setDecoders(_ configuration: inout ModelConfiguration) {
    configuration.isAutoregressive = decoder != .nonautoregressive
    guard decoder != .autoregressive else { return }
    var part = NonautoregressiveConfiguration(method: natMethod)
    part.layers = natLayers ?? configuration.decoderLayers
    part.upsampling = upsampling ?? part.upsampling
    part.ending = lengthEnding ?? part.ending
    configuration.nonautoregressive = part
  }

  /// What only the training of a decoder that predicts all tokens at once knows.
  var nonautoregressiveTraining: NonautoregressiveTraining {
    var result = NonautoregressiveTraining()
    result.glancing = GlancingSchedule(
      first: Float(glancing), last: Float(glancingEnd ?? glancing), updates: maxUpdates ?? 0)
    return result
  }

  /// Refuses what could have no effect.
  func validateDecoder() throws(ArgumentError) {
    let given: [(option: String, isGiven: Bool, methods: [NonautoregressiveMethod])] = [
      ("--upsampling", upsampling != nil, [.ctc]), ("--length-ending", lengthEnding != nil, [.length]),
      ("--glancing", glancing > 0, [.length, .ctc]),
    ]
    for (option, isGiven, methods) in given where isGiven && !methods.contains(natMethod) {
      let names = methods.map { "'--nat-method \($0.rawValue)'" }.joined(separator: " or ")
      throw .conflict("'\(option)' has a meaning with \(names) alone")
    }
    let parallel = given.map { ($0.option, $0.isGiven) } + [("--nat-layers", natLayers != nil)]
    if decoder == .autoregressive, let (option, _) = parallel.first(where: \.1) {
      throw .conflict("'\(option)' needs '--decoder nonautoregressive' or '--decoder both'")
    }
    if glancingEnd != nil, glancing == 0 { throw .conflict("'--glancing-end' needs '--glancing'") }
    if glancingEnd != nil, maxUpdates == nil {
      throw .conflict("'--glancing-end' needs '--max-updates': that is when the share is reached")
    }
    if decoder != .autoregressive, rDrop > 0 {
      throw .conflict(
        "'--r-drop' compares predictions of one token after another; leave it out with '--decoder'")
    }
    if decoder == .nonautoregressive, wordDropout > 0 {
      throw .conflict("'--word-dropout' leaves out words that a decoder reads one after another")
    }
  }
}
