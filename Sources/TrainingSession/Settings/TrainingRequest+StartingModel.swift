import Layers
import ModelFolders
import Models

extension TrainingRequest {
  /// The architecture of the starting model, with the dropout rates that were given.
  ///
  /// - Throws: ``TrainingRequestError`` for a setting that contradicts it.
  func configuration(of start: StartingModel) throws(TrainingRequestError) -> ModelConfiguration {
    try requireSizes(of: start)
    try requireVariants(of: start)
    var result = start.configuration
    if let dropout = regularization.dropout { result.dropout = Float(dropout) }
    if regularization.$attentionDropout.isGiven {
      result.attentionDropout = Float(regularization.attentionDropout)
    }
    if regularization.$activationDropout.isGiven {
      result.activationDropout = Float(regularization.activationDropout)
    }
    if decoder.$name.isGiven { decoder.apply(to: &result) }
    // A table of learned positions cannot grow.
    if result.positions != .learned { result.maxPositions = max(result.maxPositions, batches.maxLength + 1) }
    if let problem = result.problem { throw .conflict("no such model is possible: \(problem)") }
    try validateFrozen(result, start)
    return result
  }

  private func validateFrozen(
    _ model: ModelConfiguration, _ start: StartingModel
  ) throws(TrainingRequestError) {
    let frozen = self.start.freeze
    if Transformer(model).parameters.allSatisfy({ frozen.contains(ModelPart($0)) }) {
      throw .conflict("'--freeze' leaves nothing to train; leave out one of its parts")
    }
    if frozen.contains(.output), model.tying.sharesOutput, !model.hasOutputBias {
      throw .conflict(
        "'--freeze output': the output layer of '\(start.record.folder)' is tied to its embeddings, one matrix for "
          + "both; freeze embeddings instead")
    }
  }

  private func requireSizes(of start: StartingModel) throws(TrainingRequestError) {
    let model = start.configuration
    let preset = architecture.sizePreset.configuration(
      sourceVocabularySize: model.sourceVocabularySize, targetVocabularySize: model.targetVocabularySize)
    let sizes: [(option: String, given: Int?, key: String, size: (ModelConfiguration) -> Int)] = [
      ("--encoder-layers", architecture.encoderLayers, "encoder_layers", \.encoderLayers),
      ("--decoder-layers", architecture.decoderLayers, "decoder_layers", \.decoderLayers),
      ("--size", architecture.size, "d_model", \.size),
      ("--inner-size", architecture.innerSize, "encoder_ffn_dim", \.innerSize),
      ("--heads", architecture.heads, "encoder_attention_heads", \.heads),
    ]
    for item in sizes {
      if let given = item.given, given != item.size(model) {
        throw contradiction("\(item.option) \(given)", start, "\(item.key) is \(item.size(model))")
      }
      if item.given == nil, architecture.$preset.isGiven, item.size(preset) != item.size(model) {
        throw contradiction(
          "--preset \(architecture.sizePreset.rawValue)", start,
          "\(item.key) is \(item.size(model)), not \(item.size(preset))")
      }
    }
  }

  private func requireVariants(of start: StartingModel) throws(TrainingRequestError) {
    let model = start.configuration
    for item in variants(model) where item.isGiven && item.given != item.found {
      let words = [item.option, item.given].filter { !$0.isEmpty }.joined(separator: " ")
      throw contradiction(words, start, "\(item.key) is '\(item.found)'")
    }
    if architecture.$initialization.isGiven {
      throw .conflict(
        "'--initialization' draws new weights, and '--initialize-from' takes those of a model; leave one of them out"
      )
    }
    let maxLength = batches.maxLength
    if model.positions == .learned, maxLength + 1 > model.maxPositions, batches.$maxLength.isGiven {
      throw contradiction(
        "--max-length \(maxLength)", start,
        "positions are learned and max_position_embeddings is \(model.maxPositions)")
    }
  }

  /// The variants of the architecture: what was given, and what the model has.
  private func variants(
    _ model: ModelConfiguration
  ) -> [(option: String, isGiven: Bool, given: String, key: String, found: String)] {
    let asked = architecture
    return [
      (
        "--activation", asked.$activation.isGiven, asked.activation.rawValue, "activation_function",
        model.activation.rawValue
      ),
      (
        "--norm", asked.$normPlacement.isGiven, asked.normPlacement.rawValue, "norm_placement",
        model.normPlacement.rawValue
      ),
      (
        "--tie", asked.tying != nil, asked.tying?.rawValue ?? "", "the tying of embeddings",
        model.tying.rawValue
      ),
      (
        "--positions", asked.$positions.isGiven, asked.positions.rawValue, "position_encoding",
        model.positions.rawValue
      ),
      (
        "--decoder-cell", asked.decoderCell != nil, asked.decoderCell?.rawValue ?? "", "decoder_cell",
        model.decoderCell.rawValue
      ),
      ("--bias-free", asked.$biasFree.isGiven, "", "use_bias", model.usesBias ? "true" : ""),
    ]
  }

  private func contradiction(
    _ option: String, _ start: StartingModel, _ found: String
  ) -> TrainingRequestError {
    .conflict(
      "'\(option)' contradicts '\(ModelFolder(start.record.folder).configuration)', where \(found); leave the option "
        + "out to train that model further, or leave out '--initialize-from'")
  }
}
