internal import Models
internal import Tensors

/// The norm of the gradient of a layer's parameters, before clipping.
public struct LayerGradientNorm: Sendable, Equatable {
  /// The layer, such as `encoder.0`, or other parameters that belong together, such as `embeddings`.
  public let layer: String
  /// The norm of its part of the gradient of the mean loss per token.
  public let norm: Double
}

/// The slices of an update, cut at the borders of layers, so that sums over layers need no other pass over the
/// gradient.
struct LayerSlices: Sendable {
  /// The layers in the order of their first parameters.
  let layers: [String]
  /// The parts of each slice, with the index of the layer that each belongs to.
  private let parts: [[(layer: Int, range: Range<Int>)]]

  init(_ model: Transformer, _ slices: UpdateSlices) {
    var layers: [String] = []
    var places: [(layer: Int, range: Range<Int>)] = []
    for parameter in model.parameters {
      let name = layerName(of: parameter)
      let index = layers.firstIndex(of: name) ?? layers.count
      if index == layers.count { layers.append(name) }
      places.append((index, parameter.range))
    }
    self.layers = layers
    parts = slices.trained.map { slice in
      places.compactMap { place in
        let range = place.range.clamped(to: slice)
        return range.isEmpty ? nil : (place.layer, range)
      }
    }
  }

  /// The sums of the squares of a slice's elements, for each of its parts.
  func squares(of gradient: FlatBuffer, inSlice index: Int) -> [Double] {
    parts[index].map { gradient.sumOfSquares($0.range) }
  }

  /// The norms of all layers that are trained.
  ///
  /// - Parameters:
  ///   - squares: those of each slice.
  ///   - scale: what the gradient is multiplied by.
  /// - Returns: a norm for each layer with trained parameters, in the order of ``layers``.
  func norms(_ squares: [[Double]], scale: Double) -> [LayerGradientNorm] {
    var sums = [Double?](repeating: nil, count: layers.count)
    // In the order of slices, whichever thread was first.
    for (parts, squares) in zip(parts, squares) {
      for (part, square) in zip(parts, squares) { sums[part.layer] = (sums[part.layer] ?? 0) + square }
    }
    return zip(layers, sums).compactMap { layer, sum in
      sum.map { LayerGradientNorm(layer: layer, norm: $0.squareRoot() * scale) }
    }
  }
}

/// The layer of a parameter: `encoder.0` of `model.encoder.layers.0.fc1.weight`.
private func layerName(of parameter: NamedParameter) -> String {
  let part = ModelPart(parameter)
  if part == .embeddings || part == .output { return part.rawValue }
  let words = parameter.name.split(separator: ".").filter { $0 != "model" && $0 != "layers" }
  return words.prefix(2).joined(separator: ".")
}
