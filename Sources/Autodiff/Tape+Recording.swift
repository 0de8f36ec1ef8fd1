// What an operation is written with: `begin`, its forward pass, `record` with its derivative.

extension Tape {
  /// Begins an operation: what comes before ``record(_:_:)`` or ``end(_:)`` is its forward pass.
  ///
  /// Operations are not begun inside of each other.
  ///
  /// - Parameters:
  ///   - name: what profiles know it by.
  ///   - inputs: where the shape decides the speed, columns of what it reads.
  ///   - outputs: likewise, columns of its result.
  ///   - flop: multiplications and additions of its products, forward; the derivative is taken to have twice
  ///     as many. 0 where products are not what takes the time.
  /// - Returns: what ends it.
  func begin(_ name: String, from inputs: Int? = nil, to outputs: Int? = nil, flop: Int = 0)
    -> RunningOperation
  {
    let operation = RunningOperation(name: OperationName(name, from: inputs, to: outputs), flop: flop)
    profile?.begin(operation)
    return operation
  }

  /// Ends an operation's forward pass and adds its derivative, in training.
  func record(_ operation: RunningOperation, _ derivative: @escaping () -> Void) {
    end(operation)
    guard keepsDerivatives else { return }
    guard let profile else { return addStep(derivative) }
    addStep { profile.measureDerivative(of: operation, derivative) }
  }

  /// Ends an operation that adds its derivative at once.
  func end(_ operation: RunningOperation) { profile?.end(operation) }

  /// Adds a derivative at once, in the midst of the operation, as only the root of a training step may.
  func addDerivative(of operation: RunningOperation, _ derivative: () -> Void) {
    guard let profile else { return derivative() }
    profile.measureDerivative(of: operation, derivative)
  }
}
