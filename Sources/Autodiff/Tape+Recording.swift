// The building blocks of an operation: `begin`, its forward pass, `record` with its derivative.

extension Tape {
  /// Begins an operation, whose forward pass lasts until ``record(_:_:)`` or ``end(_:)``.
  ///
  /// Operations cannot be nested.
  ///
  /// - Parameters:
  ///   - name: its name in profiles.
  ///   - inputs: the number of input columns, if the shape decides the speed.
  ///   - outputs: likewise, the number of output columns.
  ///   - flop: multiplications and additions of its forward products; the derivative is assumed to have twice as many.
  ///     0 if products do not dominate the time.
  /// - Returns: the operation, for ``record(_:_:)`` or ``end(_:)``.
  func begin(_ name: String, from inputs: Int? = nil, to outputs: Int? = nil, flop: Int = 0)
    -> RunningOperation
  {
    let operation = RunningOperation(name: OperationName(name, from: inputs, to: outputs), flop: flop)
    profile?.begin(operation)
    return operation
  }

  /// Ends an operation's forward pass and, in training, records its derivative.
  func record(_ operation: RunningOperation, _ derivative: @escaping () -> Void) {
    end(operation)
    guard keepsDerivatives else { return }
    guard let profile else { return addStep(derivative) }
    addStep { profile.measureDerivative(of: operation, derivative) }
  }

  /// Ends an operation that adds its derivative immediately.
  func end(_ operation: RunningOperation) { profile?.end(operation) }

  /// Adds a derivative immediately, during the operation, which only the root of a backward pass may do.
  func addDerivative(of operation: RunningOperation, _ derivative: () -> Void) {
    guard let profile else { return derivative() }
    profile.measureDerivative(of: operation, derivative)
  }
}
