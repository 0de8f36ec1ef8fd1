import Autodiff
import Tensors

/// An operation of the tape, whose forward and backward passes are measured separately.
struct OperationWork {
  /// The number of rows of the result: the tokens of one shard of a batch of 4,096 on two threads.
  static let rows = 2048

  let name: String
  /// FLOP of the forward pass's products; 0 if products do not dominate the time.
  var flop = 0
  /// The shapes of its inputs on the tape.
  let inputs: [Shape]
  /// The shapes of its parameters.
  var parameters: [Shape] = []
  let compute: (Tape, [Tensor], [Parameter]) -> Tensor

  /// Two benchmarks, which do not measure creating the inputs or, for the derivative, the forward pass.
  var works: [Work] {
    [
      Work(name: "operation \(name), forward") { _ in
        let stage = OperationStage(self)
        return round(flop: flop, before: { stage.reset() }, run: { _ = stage.forward() })
      },
      Work(name: "operation \(name), backward") { _ in
        let stage = OperationStage(self)
        return round(
          flop: 2 * flop,
          before: {
            stage.reset()
            stage.seed(stage.forward())
          }, run: { stage.tape.backward() })
      },
    ]
  }

  private func round(flop: Int, before: @escaping () -> Void, run: @escaping () -> Void) -> Round {
    Round(amounts: [("rows", Double(Self.rows))], operations: Double(flop), before: before, run: run)
  }
}

/// The tape, inputs and parameters of an operation.
private final class OperationStage {
  let work: OperationWork
  let tape: Tape
  private let handles: [Parameter]
  private let elements: [[Float]]
  private var inputs: [Tensor] = []

  init(_ work: OperationWork) {
    self.work = work
    var builder = ParameterBuilder()
    handles = work.parameters.enumerated().map {
      builder.matrix("\($0)", $1.rows, $1.columns, .constant(0))
    }
    tape = Tape(
      training: randomBuffer(builder.count, seed: 1), gradients: FlatBuffer(count: builder.count))
    elements = work.inputs.enumerated().map { randomBuffer($1.count, seed: UInt64($0) + 2).array }
  }

  /// Resets the tape and creates the inputs.
  func reset() {
    tape.reset()
    inputs = zip(work.inputs, elements).map { tape.makeTensor($0, $1) }
  }

  func forward() -> Tensor { work.compute(tape, inputs, handles) }

  /// Sets the derivative of the loss with respect to each element to 1.
  func seed(_ result: Tensor) { result.gradient?.update(repeating: 1, count: result.shape.count) }
}
