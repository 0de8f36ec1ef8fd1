internal import Models
internal import Tensors

/// How fast one thread of this machine computes the products of translation, and how fast it reads weights.
struct InferenceRates {
  /// Bytes per second that a product of one row reads from memory.
  let bandwidth: Double
  private let rates: [ComputeType: Double]

  /// Measures products of a model's feed-forward network, and of a matrix that no cache holds.
  init(_ model: ModelConfiguration) {
    let large = TimedProduct(rows: 1, inputs: 4096, outputs: 4096, .float32)
    bandwidth = Double(4 * 4096 * 4096) / large.shortestTime
    rates = Dictionary(
      uniqueKeysWithValues: ComputeType.allCases.map { type in
        let product = TimedProduct(rows: 64, inputs: model.size, outputs: model.innerSize, type)
        return (type, product.flop / product.shortestTime)
      })
  }

  /// FLOP per second of a step with many rows.
  func product(_ type: ComputeType) -> Double { rates[type] ?? 0 }
}

/// A product of rows with a weight, with operands of its own.
private struct TimedProduct {
  private let products: PackedProducts
  private let weight: Parameter
  private let x: FlatBuffer
  private let y: FlatBuffer
  private let rows: Int

  init(rows: Int, inputs: Int, outputs: Int, _ type: ComputeType) {
    var builder = ParameterBuilder()
    weight = builder.matrix("weight", outputs, inputs, .constant(0))
    // Zeros take as long as other numbers.
    products = PackedProducts(FlatBuffer(count: inputs * outputs), compute: type)
    (x, y) = (FlatBuffer(count: rows * inputs), FlatBuffer(count: rows * outputs))
    self.rows = rows
    multiply()
  }

  var flop: Double { 2 * Double(rows) * Double(weight.shape.count) }

  /// The shortest of some times, in seconds.
  var shortestTime: Double {
    let clock = ContinuousClock()
    let start = clock.now
    var shortest = Double.infinity
    repeat {
      shortest = min(shortest, clock.measure { for _ in 0..<4 { multiply() } } / .seconds(4))
    } while clock.now - start < .milliseconds(40)
    return max(shortest, 1e-9)
  }

  private func multiply() {
    unsafe products.multiply(x.elements, rows: rows, weight: weight, bias: nil, into: y.elements)
  }
}
