internal import Machine

/// Counts what a tape's operations do and takes the processor's time of it, for as many updates as somebody
/// wants to know it of.
///
/// Belongs to one thread, as its tape does. A tape without a profile reads no clock.
public final class OperationProfile {
  private var costsByName: [OperationName: OperationCost] = [:]
  /// When the forward pass that is running began, or was gone on with.
  private var began: Duration?

  /// A profile of nothing.
  public init() {}

  /// What each operation has cost so far, in no order.
  public var costs: [OperationCost] { Array(costsByName.values) }

  /// An operation begins.
  ///
  /// - Precondition: none is running: a time must not be counted twice.
  func begin(_ operation: RunningOperation) {
    precondition(began == nil, "profile: \(operation.name) begins inside of another operation")
    began = processorTimeOfThread()
  }

  /// The operation's result is there.
  func end(_ operation: RunningOperation) {
    update(operation) { cost in
      cost.calls += 1
      cost.flop += operation.flop
      cost.forward += forwardTime(until: processorTimeOfThread())
    }
    began = nil
  }

  /// Runs a derivative, or a part of one in the midst of its operation.
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
