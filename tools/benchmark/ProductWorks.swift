import Tensors

/// Matrix products as training has them (the library's) and as searches have them (packed weights).
var productWorks: [Work] {
  let shapes = [(128, 384), (128, 9712), (512, 2048), (2048, 512)]
  return shapes.flatMap { inner, outer in
    [1, 5, 8, 40, 320].flatMap { rows in
      [
        Work(name: "product packed \(inner) to \(outer), \(rows) rows") { _ in
          packedProduct(rows: rows, inner: inner, outer: outer)
        },
        Work(name: "product library \(inner) to \(outer), \(rows) rows") { _ in
          libraryProduct(rows: rows, inner: inner, outer: outer)
        },
      ]
    }
  }
}

private func packedProduct(rows: Int, inner: Int, outer: Int) -> Round {
  let operands = Operands(rows: rows, inner: inner, outer: outer)
  let packed = PackedProducts(operands.weights)
  return .products(operations: operands.operations) {
    packed.multiply(
      operands.x.elements, rows: rows, weight: operands.weight, bias: nil, into: operands.y.elements)
  }
}

private func libraryProduct(rows: Int, inner: Int, outer: Int) -> Round {
  let operands = Operands(rows: rows, inner: inner, outer: outer)
  return .products(operations: operands.operations) {
    addProduct(
      Matrix(operands.x.elements, rows: rows, columns: inner),
      Matrix(operands.weights.elements, rows: outer, columns: inner).transposed,
      to: Matrix(operands.y.elements, rows: rows, columns: outer), accumulate: false)
  }
}

/// A row a token and a matrix of weights, of random numbers.
private struct Operands {
  let x: FlatBuffer
  let y: FlatBuffer
  let weights: FlatBuffer
  let weight: Parameter
  let operations: Double

  init(rows: Int, inner: Int, outer: Int) {
    var builder = ParameterBuilder()
    weight = builder.matrix("weight", outer, inner, .constant(0))
    x = randomBuffer(rows * inner, seed: 1)
    y = FlatBuffer(count: rows * outer)
    weights = randomBuffer(outer * inner, seed: 2)
    operations = Double(2 * rows * inner * outer)
  }
}

/// Floats from -1 to 1.
func randomBuffer(_ count: Int, seed: UInt64) -> FlatBuffer {
  var random = RandomSource(seed)
  let buffer = FlatBuffer(count: count)
  buffer.replace(at: 0, with: (0..<count).map { _ in 2 * random.uniform() - 1 })
  return buffer
}
