/// The key under which an operation's costs are summed: its name and, if the shape decides its speed, its shape.
public struct OperationName: Hashable, Sendable, CustomStringConvertible {
  private let name: String
  private let inputs: Int?
  private let outputs: Int?

  init(_ name: String, from inputs: Int? = nil, to outputs: Int? = nil) {
    (self.name, self.inputs, self.outputs) = (name, inputs, outputs)
  }

  /// For example "dropout", or "linear 512 to 2048".
  public var description: String {
    guard let inputs, let outputs else { return name }
    return "\(name) \(inputs) to \(outputs)"
  }
}

/// An operation that has begun: `Tape.begin` returns it, `Tape.record` takes it.
struct RunningOperation {
  let name: OperationName
  let flop: Int
}

/// The total cost of all calls of an operation.
public struct OperationCost: Sendable, Equatable {
  /// Which operation, on which shape.
  public let name: OperationName
  /// The number of calls.
  public internal(set) var calls = 0
  /// The processor time of its forward passes.
  public internal(set) var forward = Duration.zero
  /// The processor time of its derivatives.
  public internal(set) var backward = Duration.zero
  /// Multiplications and additions of the forward passes' products; 0 if products do not dominate the time.
  public internal(set) var flop = 0

  init(_ name: OperationName) { self.name = name }

  /// The time of both passes.
  public var time: Duration { forward + backward }
  /// Multiplications and additions of the derivatives' products: y = a · b has two, each as large as itself.
  public var backwardFLOP: Int { 2 * flop }

  /// Adds the cost of the same operation on another tape.
  ///
  /// - Precondition: the names are equal.
  public static func += (left: inout Self, right: Self) {
    precondition(left.name == right.name, "costs of \(left.name) and \(right.name)")
    left.calls += right.calls
    left.forward += right.forward
    left.backward += right.backward
    left.flop += right.flop
  }
}
