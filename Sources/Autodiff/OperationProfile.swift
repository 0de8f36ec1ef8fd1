internal import Machine

/// Counts the operations of a tape and measures their processor time, over any number of updates.
///
/// Belongs to one thread, like its tape. A tape without a profile reads no clock.
public final class OperationProfile {
  private var costsByName: [OperationName: OperationCost] = [:]
  /// When the running forward pass began or resumed.
  private var began: Duration?

  /// An empty profile.
  public init() {}

  /// The cost of each operation so far, in no particular order.
  public var costs: [OperationCost] { Array(costsByName.values) }

  /// Begins an operation.
  ///
  /// - Precondition: no operation is running, since no time may be counted twice.
  func begin(_ operation: RunningOperation) {
    precondition(began == nil, "profile: \(operation.name) begins inside another operation")
    began = processorTimeOfThread()
  }

  /// Ends the forward pass of an operation.
  func end(_ operation: RunningOperation) {
    update(operation) { cost in
      cost.calls += 1
      cost.flop += operation.flop
      cost.forward += forwardTime(until: processorTimeOfThread())
    }
    began = nil
  }

  /// Runs and measures a derivative, or a part of one in the middle of its operation.
  func measureDerivative(of operation: RunningOperation, _ derivative: () -> Void) {
    let start = processorTimeOfThread()
    derivative()
    let end = processorTimeOfThread()
    update(operation) { cost in
      cost.forward += forwardTime(until: start)
      cost.backward += end - start
    }
    if began != nil { began = end }
  }

  private func forwardTime(until end: Duration) -> Duration {
    began.map { end - $0 } ?? .zero
  }

  private func update(_ operation: RunningOperation, _ change: (inout OperationCost) -> Void) {
    change(&costsByName[operation.name, default: OperationCost(operation.name)])
  }
}
