import Files
import Foundation
import Models
import Tensors
import Testing
import Tokens

/// A small Transformer as PyTorch computed it: `tools/make-fixtures` says how.
struct Fixture {
  /// The JSON next to the arrays.
  struct Description: Decodable {
    struct Adam: Decodable {
      let learningRate, beta1, beta2, epsilon, maxNorm: Float
      let updates: Int
    }

    let configuration: ModelConfiguration
    let source, target: [[TokenID]]
    let labelSmoothing: Float
    let loss, negativeLogLikelihood, lossAfterUpdates: Double
    let adam: Adam
    let gradientNorms: [Double]
  }

  static let names = [
    "post-norm", "pre-norm", "two-way-tied", "untied", "gelu", "swish", "learned", "rotary", "rotary-halves",
    "reglu",
    "geglu", "swiglu", "bias-free", "all-variants", "alibi", "alibi-three-heads",
    "ssru", "ssru-pre-norm", "average-attention", "average-attention-plain", "shared-embeddings", "norms",
    "pre-norm-without-final",
  ]

  let description: Description
  let model: Transformer
  private let arrays: [String: [Float]]

  init(_ name: String, file: String = #filePath) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appending(path: "Fixtures")
    let decoder = JSONDecoder()
    description = try decoder.decode(
      Description.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    let file = try SafetensorsFile(path: folder.appending(path: "\(name).safetensors").path)
    arrays = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.values) })
    model = Transformer(description.configuration)
  }

  var source: TokenBatch { TokenBatch(description.source) }
  var target: TokenBatch { TokenBatch(description.target) }

  /// PyTorch's numbers: `logits`, or a kind and a parameter's name as in `gradients/lm_head.weight`.
  func values(_ key: String) throws -> [Float] { try #require(arrays[key], "no '\(key)' in the fixture") }

  /// The weights that PyTorch computed with.
  func weights() throws -> FlatBuffer {
    let buffer = FlatBuffer(count: model.parameterCount)
    for item in model.parameters {
      buffer.replace(at: item.parameter.offset, with: try values("parameters/\(item.name)"))
    }
    return buffer
  }

  /// The names of the parameters that the fixture holds.
  var parameterNames: Set<String> {
    let prefix = "parameters/"
    return Set(arrays.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  }
}

extension FlatBuffer {
  /// The floats of one parameter.
  func array(_ item: NamedParameter) -> [Float] {
    array(item.range)
  }
}

extension Fixture.Description {
  private enum CodingKeys: String, CodingKey {
    case configuration, source, target, loss, adam
    case labelSmoothing = "label_smoothing"
    case negativeLogLikelihood = "negative_log_likelihood"
    case lossAfterUpdates = "loss_after_updates"
    case gradientNorms = "gradient_norms"
  }
}

extension Fixture.Description.Adam {
  private enum CodingKeys: String, CodingKey {
    case beta1, beta2, epsilon, updates
    case learningRate = "learning_rate"
    case maxNorm = "max_norm"
  }
}
