import Tensors

/// Matrix products as used in training (by the library, in bfloat16, or in three parts) and in search (with packed
/// weights, in float32 and int8).
var productWorks: [Work] {
  var kinds = [
    ("packed", packedProduct(.float32)), ("int8", packedProduct(.int8)), ("library", libraryProduct),
  ]
  if MatrixPrecision.bfloat16.problem == nil { kinds.append(("bfloat16", product(.bfloat16, .library))) }
  if Float32Products.parts.problem == nil { kinds.append(("parts", product(.float32, .parts))) }
  return [(128, 384), (128, 9712), (512, 2048), (2048, 512)].flatMap { inner, outer in
    [1, 5, 8, 40, 320, 2048].flatMap { rows in
      kinds.map { kind, product in
        Work(name: "product \(kind) \(inner) to \(outer), \(rows) rows") { _ in
          product(Operands(rows: rows, inner: inner, outer: outer))
        }
      }
    }
  }
}

private func packedProduct(_ compute: ComputeType) -> @Sendable (Operands) -> Round {
  { operands in
    let packed = PackedProducts(operands.weights, compute: compute)
    return .products(operations: operands.operations) {
      packed.multiply(
        operands.x.elements, rows: operands.rows, weight: operands.weight, bias: nil,
        into: operands.y.elements)
    }
  }
}

private func product(
  _ precision: MatrixPrecision, _ float32: Float32Products
) -> @Sendable (Operands) -> Round {
  { operands in
    let multiplier = MatrixMultiplier(precision, float32: float32)
    return .products(operations: operands.operations) {
      multiplier.project(
        Matrix(operands.x.elements, rows: operands.rows, columns: operands.inner), weight: operands.weight,
        Matrix(operands.weights.elements, rows: operands.outer, columns: operands.inner), bias: nil,
        to: Matrix(operands.y.elements, rows: operands.rows, columns: operands.outer))
    }
  }
}

private func libraryProduct(_ operands: Operands) -> Round {
  .products(operations: operands.operations) {
    addProduct(
      Matrix(operands.x.elements, rows: operands.rows, columns: operands.inner),
      Matrix(operands.weights.elements, rows: operands.outer, columns: operands.inner).transposed,
      to: Matrix(operands.y.elements, rows: operands.rows, columns: operands.outer), accumulate: false)
  }
}

/// A row per token and a weight matrix, both random.
private struct Operands {
  let rows, inner, outer: Int
  let x: FlatBuffer
  let y: FlatBuffer
  let weights: FlatBuffer
  let weight: Parameter
  let operations: Double

  init(rows: Int, inner: Int, outer: Int) {
    (self.rows, self.inner, self.outer) = (rows, inner, outer)
    var builder = ParameterBuilder()
    weight = builder.matrix("weight", outer, inner, .constant(0))
    x = randomBuffer(rows * inner, seed: 1)
    y = FlatBuffer(count: rows * outer)
    weights = randomBuffer(outer * inner, seed: 2)
    operations = Double(2 * rows * inner * outer)
  }
}

/// Random floats from -1 to 1.
func randomBuffer(_ count: Int, seed: UInt64) -> FlatBuffer {
  var random = RandomSource(seed)
  let buffer = FlatBuffer(count: count)
  buffer.replace(at: 0, with: (0..<count).map { _ in 2 * random.uniform() - 1 })
  return buffer
}
