public import CommandLineArguments
import Layers
public import Models

extension ModelPart: ArgumentValue {}

/// Training that goes on from another model.
extension TrainTranslationArguments {
  static let continuingOptions: [Option<Self>] = [
    Option(
      "--initialize-from", "folder",
      "model whose weights, architecture and vocabulary are taken over; optimizer and learning rate start anew",
      \.initializeFrom),
    Option(
      "--freeze", "part", "weights that stay as they are in that model; see below", \.freeze),
  ]

  /// Refuses what has no meaning without another model.
  func validateContinuing() throws(ArgumentError) {
    if !freeze.isEmpty, initializeFrom == nil {
      throw .conflict("'--freeze' keeps what another model has learned; it needs '--initialize-from'")
    }
    if isAutomatic, initializeFrom != nil {
      throw .conflict(
        "'--preset auto' chooses the size of a model, and '--initialize-from' names one; leave one of them out"
      )
    }
  }

  /// What `--freeze` names, each part once.
  var frozenParts: [ModelPart] { ModelPart.allCases.filter(freeze.contains) }

  /// The architecture of the model that is trained on, with the rates of dropout that were given.
  ///
  /// - Throws: `ArgumentError` for an option that contradicts it.
  func configuration(of start: StartingModel) throws(ArgumentError) -> ModelConfiguration {
    try requireArchitecture(of: start)
    var result = start.configuration
    if let dropout { result.dropout = Float(dropout) }
    if given.contains(\.attentionDropout) { result.attentionDropout = Float(attentionDropout) }
    if given.contains(\.activationDropout) { result.activationDropout = Float(activationDropout) }
    if given.contains(\.decoder) { setDecoders(&result) }
    // A table that was learned has the rows that it has.
    if result.positions != .learned { result.maxPositions = max(result.maxPositions, maxLength + 1) }
    if let problem = result.problem { throw .conflict("no such model can be: \(problem)") }
    if Transformer(result).parameters.allSatisfy({ freeze.contains(ModelPart($0)) }) {
      throw .conflict("'--freeze' leaves nothing to train; leave out one of its parts")
    }
    if freeze.contains(.output), result.tying != .none {
      throw .conflict(
        "'--freeze output': the output layer of '\(start.record.folder)' is tied to its embeddings, one matrix for "
          + "both; freeze embeddings instead")
    }
    return result
  }

  private func requireArchitecture(of start: StartingModel) throws(ArgumentError) {
    let model = start.configuration
    let preset = preset.configuration(
      sourceVocabularySize: model.sourceVocabularySize, targetVocabularySize: model.targetVocabularySize)
    let sizes: [(option: String, given: Int?, words: String, size: (ModelConfiguration) -> Int)] = [
      ("--encoder-layers", encoderLayers, "encoder_layers", \.encoderLayers),
      ("--decoder-layers", decoderLayers, "decoder_layers", \.decoderLayers),
      ("--size", size, "d_model", \.size), ("--inner-size", innerSize, "encoder_ffn_dim", \.innerSize),
      ("--heads", heads, "encoder_attention_heads", \.heads),
    ]
    for item in sizes {
      if let given = item.given, given != item.size(model) {
        throw contradiction("\(item.option) \(given)", start, "\(item.words) is \(item.size(model))")
      }
      if item.given == nil, given.contains(\.presetName), item.size(preset) != item.size(model) {
        throw contradiction(
          "--preset \(self.preset.rawValue)", start,
          "\(item.words) is \(item.size(model)), not \(item.size(preset))")
      }
    }
    let names: [(option: String, given: String?, words: String, found: String)] = [
      ("--activation", activation.rawValue, "activation_function", model.activation.rawValue),
      ("--norm", normPlacement.rawValue, "norm_placement", model.normPlacement.rawValue),
      ("--tie", tying?.rawValue, "the tying of embeddings", model.tying.rawValue),
      ("--positions", positions.rawValue, "position_encoding", model.positions.rawValue),
      ("--bias-free", "", "use_bias", model.usesBias ? "true" : ""),
    ]
    for item in names where given.contains(option: item.option) && item.given != item.found {
      let words = [item.option, item.given ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      throw contradiction(words, start, "\(item.words) is '\(item.found)'")
    }
    if given.contains(\.initialization) {
      throw .conflict(
        "'--initialization' draws new weights, and '--initialize-from' takes those of a model; leave one of them out"
      )
    }
    if model.positions == .learned, maxLength + 1 > model.maxPositions, given.contains(\.maxLength) {
      throw contradiction(
        "--max-length \(maxLength)", start,
        "positions are learned and max_position_embeddings is \(model.maxPositions)")
    }
  }

  private func contradiction(_ option: String, _ start: StartingModel, _ found: String) -> ArgumentError {
    .conflict(
      "'\(option)' contradicts '\(start.record.folder)/\(ModelFiles.configuration)', where \(found); leave the option "
        + "out to train that model on, or leave out '--initialize-from'")
  }

  /// Takes the model's sizes over, and from the preset of its size the defaults that depend on that.
  mutating func adoptSize(of model: ModelConfiguration) {
    let sizes = ModelPreset.allCases.map { preset in
      (preset, preset.configuration(sourceVocabularySize: 1, targetVocabularySize: 1).size)
    }
    preset = sizes.first { $0.1 >= model.size }?.0 ?? .big
    (size, innerSize, heads) = (model.size, model.innerSize, model.heads)
    (encoderLayers, decoderLayers) = (model.encoderLayers, model.decoderLayers)
    // A sentence that is longer than the table of learned positions has none.
    if model.positions == .learned { maxLength = min(maxLength, model.maxPositions - 1) }
  }
}
