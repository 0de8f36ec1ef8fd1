internal import ModelFormats
internal import Models
internal import Tensors

/// The weights of a Hugging Face Marian model, whose names are ours.
struct HuggingFaceWeights {
  private let file: TensorFile

  /// Opens `model.safetensors` or `pytorch_model.bin`.
  ///
  /// - Throws: `FileError` for a damaged file.
  init(path: String) throws {
    guard path.hasSuffix(".safetensors") else {
      throw ModelConversionError.unsupported(
        path: path, what: "PyTorch's format", advice: "save the model as model.safetensors")
    }
    file = try .safetensors(path: path)
  }

  /// The architecture, with what only the weights say.
  func completed(_ configuration: ModelConfiguration) -> ModelConfiguration {
    var configuration = configuration
    configuration.hasOutputBias = file["final_logits_bias"] != nil
    return configuration
  }

  /// All weights.
  ///
  /// - Throws: ``ModelConversionError``, or `FileError` for a damaged file.
  func read(_ architecture: Transformer) throws -> ModelWeights {
    let parameters = architecture.parameters
    let tensors = try parameters.map { try tensor(of: $0) }
    let types = [WeightType](repeating: .float32, count: parameters.count)
    var index = 0
    return try ModelWeights(parameters, types: types) { _ in
      let tensor = tensors[index]
      index += 1
      let values = WeightValues.float32(try tensor.floats())
      guard values.isFinite else { throw ModelConversionError.notFinite(path: file.path, name: tensor.name) }
      return values
    }
  }

  private func tensor(of item: NamedParameter) throws(ModelConversionError) -> ForeignTensor {
    // Tied matrices are stored once, under any of their names.
    let shared = ["model.shared.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"]
    let others =
      item.name == shared[0] ? shared + ["lm_head.weight"]
      : item.name == shared[2] ? [shared[2], "lm_head.weight"] : [item.name]
    guard let tensor = others.lazy.compactMap({ file[$0] }).first else {
      throw .missingTensor(path: file.path, name: item.name, parameter: item.name)
    }
    guard tensor.shape == item.extents || tensor.shape == [1] + item.extents else {
      throw .wrongShape(path: file.path, name: tensor.name, found: tensor.shape, expected: item.extents)
    }
    return tensor
  }
}
