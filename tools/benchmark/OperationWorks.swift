import Autodiff
import Tensors

/// The tape's operations, forward and backward, on 1024 rows of 256 and a vocabulary of 8192.
var operationWorks: [Work] {
  [
    operation("linear 256 to 1024", multiplyAdds: 3 * rows * size * 4 * size) { tape, parameters in
      tape.linear(parameters.input(tape), weight: parameters.wide, bias: parameters.wideBias)
    },
    operation("attend, 64 sentences of 16", multiplyAdds: 0) { tape, parameters in
      let projected = tape.linear(parameters.input(tape), weight: parameters.projections, bias: nil)
      let spans = (0..<rows / 16).map {
        AttentionSpan(queries: $0 * 16..<$0 * 16 + 16, keys: $0 * 16..<$0 * 16 + 16)
      }
      return tape.attend(
        AttentionInputs(selfAttention: projected), heads: 4, spans: spans, causal: true, dropoutRate: 0.1)
    },
    operation("add and normalise", multiplyAdds: 0) { tape, parameters in
      let x = parameters.input(tape)
      return tape.addAndNormalize(
        x, to: parameters.input(tape), gamma: parameters.gamma, beta: parameters.beta, dropoutRate: 0.1)
    },
    operation("swish", multiplyAdds: 0) { tape, parameters in
      tape.activate(parameters.input(tape), .swish)
    },
    crossEntropy,
  ]
}

private let (rows, size, classes) = (1024, 256, 8192)

private func operation(
  _ name: String, multiplyAdds: Int, _ compute: @escaping (Tape, OperationParameters) -> Tensor
) -> Work {
  Work(name: "operation \(name)") { _ in
    let parameters = OperationParameters()
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    return Round(amounts: [("rows", Double(rows))], operations: Double(2 * multiplyAdds)) {
      tape.reset()
      tape.backward(from: compute(tape, parameters))
    }
  }
}

private var crossEntropy: Work {
  Work(name: "operation output layer and loss, 256 to \(classes)") { _ in
    let parameters = OperationParameters()
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let targets = (0..<rows).map { Int32($0 * 7 % classes) }
    return Round(amounts: [("rows", Double(rows))], operations: Double(6 * rows * size * classes)) {
      tape.reset()
      _ = tape.labelSmoothedCrossEntropy(
        parameters.input(tape), weight: parameters.output, targets: targets, smoothing: 0.1)
      tape.backward()
    }
  }
}

/// What the operations are made of.
private struct OperationParameters {
  let wide, wideBias, projections, gamma, beta, output: Parameter
  let values, gradients: FlatBuffer
  private let elements: [Float]

  init() {
    var builder = ParameterBuilder()
    wide = builder.matrix("wide.weight", 4 * size, size, .constant(0))
    wideBias = builder.vector("wide.bias", 4 * size, .constant(0))
    projections = builder.matrix("projections", 3 * size, size, .constant(0))
    gamma = builder.vector("gamma", size, .constant(0))
    beta = builder.vector("beta", size, .constant(0))
    output = builder.matrix("output", classes, size, .constant(0))
    values = randomBuffer(builder.count, seed: 1)
    gradients = FlatBuffer(count: builder.count)
    elements = randomBuffer(rows * size, seed: 2).array
  }

  func input(_ tape: Tape) -> Tensor { tape.makeTensor([rows, size], elements) }
}
