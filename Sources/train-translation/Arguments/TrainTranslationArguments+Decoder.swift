public import CommandLineArguments
public import Models

/// Which decoders a model gets.
enum DecoderName: String, CaseIterable, ArgumentValue {
  case autoregressive, nonautoregressive, both
}

extension NonautoregressiveMethod: ArgumentValue {}
extension LengthEnding: ArgumentValue {}

extension TrainTranslationArguments {
  static let decoderOptions: [Option<Self>] = [
    Option(
      "--decoder", "which",
      "autoregressive predicts token after token, nonautoregressive all tokens at once; "
        + "both share an encoder", \.decoder),
    Option(
      "--nat-method", "name",
      "how all tokens are predicted at once: ctc from the upsampled source, length from the source stretched to a "
        + "predicted length, mask-predict in several iterations", \.natMethod),
    Option(
      "--nat-layers", "count", "layers of that decoder (default: --decoder-layers)", \.natLayers,
      limit: .between(1, 256)),
    Option(
      "--upsampling", "count", "positions that ctc has for each source token (default: 2)", \.upsampling,
      limit: .between(1, 16)),
    Option(
      "--length-ending", "name",
      "with length: a predicted length, or the first </s> of as many tokens as there may be (default: predicted)",
      \.lengthEnding),
    Option(
      "--glancing", "share",
      "of a first draft's errors, for which length and ctc are shown the right tokens; 0.5 is usual, 0 is off",
      \.glancing, limit: .between(0, 1)),
    Option(
      "--glancing-end", "share", "to which it falls until --max-updates; 0.3 is usual (default: --glancing)",
      \.glancingEnd, limit: .between(0, 1)),
  ]

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
