private import Synchronization

/// How fast one thread of this machine computes matrix products in each precision.
///
/// Which precision is faster cannot be told from a processor's instructions: some with products of bfloat16 issue so
/// few of them per cycle that float32 is faster. So a choice between them needs a measurement.
package struct ProductSpeed: Sendable, Equatable {
  /// Floating-point operations per second with float32; a multiply-add counts as two.
  package var float32: Double
  /// The same with bfloat16; nil if this processor cannot use it.
  package var bfloat16: Double?

  /// Speeds in floating-point operations per second.
  package init(float32: Double, bfloat16: Double?) { (self.float32, self.bfloat16) = (float32, bfloat16) }

  /// The speed of bfloat16 as a multiple of that of float32; nil if this processor cannot use it.
  package var gain: Double? { bfloat16.map { $0 / max(float32, 1) } }
}

extension ProductSpeed {
  /// The products of a linear layer in one update: `[rows, inputs]` by a weight `[outputs, inputs]`, and the two
  /// products of its derivative.
  package struct Layer: Sendable, Hashable {
    /// Rows of the input, about as many as tokens that are computed together.
    package var rows = 256
    package var inputs: Int
    package var outputs: Int
    /// How products of float32 are computed.
    package var float32: Float32Products

    package init(inputs: Int, outputs: Int, float32: Float32Products = .automatic) {
      (self.inputs, self.outputs, self.float32) = (inputs, outputs, float32)
    }
  }

  private static let known = Mutex<[Layer: ProductSpeed]>([:])

  /// The speed of a layer's products on this machine, measured once per process.
  ///
  /// Both precisions take turns, each at least three times and for about 50 ms together (for the feed-forward network
  /// of `base`, about 0.2 s), and the fastest turn of each counts: other work on the machine can only slow a turn down.
  package static func measured(_ layer: Layer) -> ProductSpeed {
    known.withLock { known in
      if let speed = known[layer] { return speed }
      let speed = measure(layer)
      known[layer] = speed
      return speed
    }
  }

  private static func measure(_ layer: Layer) -> ProductSpeed {
    let operands = LayerOperands(layer)
    let precisions = MatrixPrecision.allCases.filter { $0.problem == nil }
    let works = precisions.map { precision in
      let weights = RoundedWeights(operands.weights, precision, float32: layer.float32)
      let multiplier = MatrixMultiplier(precision, float32: layer.float32, weights: weights)
      return { operands.multiply(by: multiplier) }
    }
    var fastest = [MatrixPrecision: Double]()
    let clock = ContinuousClock()
    let start = clock.now
    var turns = 0
    while turns < 3 || turns < 50 && clock.now - start < .milliseconds(50) {
      for (precision, work) in zip(precisions, works) {
        let seconds = clock.measure(work) / .seconds(1)
        fastest[precision] = min(fastest[precision] ?? .infinity, seconds)
      }
      turns += 1
    }
    func speed(_ precision: MatrixPrecision) -> Double? {
      fastest[precision].map { operands.operations / max($0, 1e-9) }
    }
    return ProductSpeed(float32: speed(.float32) ?? 0, bfloat16: speed(.bfloat16))
  }
}

/// Random operands of a layer's products.
private struct LayerOperands {
  let weights, x, y, dy, dx, gradient: FlatBuffer
  let parameter: Parameter
  let layer: ProductSpeed.Layer

  init(_ layer: ProductSpeed.Layer) {
    self.layer = layer
    parameter = Parameter(offset: 0, shape: [layer.outputs, layer.inputs])
    weights = randomBuffer(layer.outputs * layer.inputs, seed: 1)
    x = randomBuffer(layer.rows * layer.inputs, seed: 2)
    dy = randomBuffer(layer.rows * layer.outputs, seed: 3)
    (y, dx) = (FlatBuffer(count: dy.count), FlatBuffer(count: x.count))
    gradient = FlatBuffer(count: layer.outputs * layer.inputs)
  }

  /// Floating-point operations of all three products.
  var operations: Double { 6 * Double(layer.rows) * Double(layer.inputs) * Double(layer.outputs) }

  /// `y = x · Wᵀ`, `dx = dy · W` and `dW = dyᵀ · x`, as in an update.
  func multiply(by multiplier: MatrixMultiplier) {
    let (x, dx) = (rows(x, layer.inputs), rows(dx, layer.inputs))
    let (y, dy) = (rows(y, layer.outputs), rows(dy, layer.outputs))
    let weight = Matrix(weights.elements, rows: layer.outputs, columns: layer.inputs)
    let gradient = Matrix(gradient.elements, rows: layer.outputs, columns: layer.inputs)
    multiplier.project(x, weight: parameter, weight, bias: nil, to: y)
    multiplier.addProduct(dy, weight: parameter, weight, to: dx, accumulate: false)
    multiplier.addProduct(dy.transposed, x, to: gradient, accumulate: false)
  }

  private func rows(_ buffer: FlatBuffer, _ columns: Int) -> Matrix {
    Matrix(buffer.elements, rows: layer.rows, columns: columns)
  }
}

/// Random floats from -1 to 1.
private func randomBuffer(_ count: Int, seed: UInt64) -> FlatBuffer {
  var random = RandomSource(seed, 0x7370_6565)
  let buffer = FlatBuffer(count: count)
  buffer.replace(at: 0, with: (0..<count).map { _ in 2 * random.uniform() - 1 })
  return buffer
}
