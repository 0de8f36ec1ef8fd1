public import Tensors

/// Numbers of a normal distribution, the same for the same seed.
///
/// They are multiples of 1/1024, so that a step of a power of two leads from one float to another exactly.
public func randomValues(_ count: Int, seed: UInt64, deviation: Float = 1) -> [Float] {
  var random = RandomSource(seed, 0x7465_7374)
  return (0..<count).map { _ in (random.normal() * deviation * 1024).rounded() / 1024 }
}

/// Parameters without names, one after another in a buffer.
public struct RandomParameters {
  /// One handle a shape, in order.
  public let handles: [Parameter]
  /// Their numbers.
  public let values: FlatBuffer
  /// Their derivatives, zero at first.
  public let gradients: FlatBuffer

  /// Parameters of the given shapes, drawn at random.
  public init(_ shapes: [Shape], seed: UInt64 = 1, deviation: Float = 1) {
    var builder = ParameterBuilder()
    for (index, shape) in shapes.enumerated() {
      _ = builder.matrix("\(index)", shape.rows, shape.columns, .constant(0))
    }
    self.init(builder, seed: seed, deviation: deviation)
  }

  /// The parameters that a builder has laid out, drawn at random whatever their initializers.
  public init(_ builder: ParameterBuilder, seed: UInt64 = 1, deviation: Float = 1) {
    handles = builder.parameters.map(\.parameter)
    values = FlatBuffer(count: builder.count)
    gradients = FlatBuffer(count: builder.count)
    values.replace(at: 0, with: randomValues(builder.count, seed: seed, deviation: deviation))
  }

  /// The values of one parameter, in double precision.
  public func grid(_ index: Int) -> Grid { Grid(handles[index].shape, array(index)) }

  /// The values of one parameter.
  public func array(_ index: Int) -> [Float] { values.array(range(index)) }

  /// The derivatives of one parameter.
  public func gradient(_ index: Int) -> [Float] { gradients.array(range(index)) }

  private func range(_ index: Int) -> Range<Int> {
    handles[index].range
  }
}
