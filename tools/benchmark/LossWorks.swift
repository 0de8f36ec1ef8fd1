import Autodiff
import Models
import Tensors

/// The output layer with its loss, on the tokens of one shard.
///
/// It computes its derivatives chunk by chunk along with the loss, so they cannot be measured separately.
func lossWorks(_ preset: ModelPreset) -> [Work] {
  let shape = OutputShape(preset)
  return [
    Work(name: "operation \(shape.name), forward") { _ in shape.round(isTraining: false) },
    Work(name: "operation \(shape.name), both passes") { _ in shape.round(isTraining: true) },
    Work(name: "operation R-Drop's \(shape.name), both passes") { _ in
      shape.round(isTraining: true, loss: .rDrop)
    },
    Work(name: "operation CTC's \(shape.name), both passes") { _ in
      shape.round(isTraining: true, loss: .ctc)
    },
  ]
}

private struct OutputShape {
  enum Loss { case crossEntropy, rDrop, ctc }

  private let rows = OperationWork.rows
  private let vocabulary = 9_712
  private let size: Int

  init(_ preset: ModelPreset) {
    size = preset.configuration(sourceVocabularySize: vocabulary, targetVocabularySize: vocabulary).size
  }

  var name: String { "output layer and loss \(size) to \(vocabulary)" }

  func round(isTraining: Bool, loss: Loss = .crossEntropy) -> Round {
    var builder = ParameterBuilder()
    let weight = builder.matrix("output", vocabulary, size, .constant(0))
    let values = randomBuffer(builder.count, seed: 1)
    let tape =
      isTraining
      ? Tape(training: values, gradients: FlatBuffer(count: builder.count)) : Tape(inference: values)
    let elements = randomBuffer(rows * size, seed: 2).array
    let targets = (0..<rows).map { Int32($0 * 7 % vocabulary) }
    // Sentences of 24 labels in 64 rows.
    let ctcTargets = stride(from: 0, to: rows, by: 64).map {
      CTCTarget(rows: $0..<$0 + 64, labels: targets[$0 + 1..<$0 + 25].map { max($0, 1) })
    }
    return Round(
      amounts: [("rows", Double(rows))],
      operations: Double((isTraining ? 6 : 2) * rows * size * vocabulary), before: { tape.reset() },
      run: { [rows, size] in
        let x = tape.makeTensor([rows, size], elements)
        switch loss {
        case .crossEntropy:
          _ = tape.labelSmoothedCrossEntropy(x, weight: weight, targets: targets, smoothing: 0.1)
        case .rDrop:
          _ = tape.rDropCrossEntropy(
            x, weight: weight, targets: Array(targets.prefix(rows / 2)), smoothing: 0.1, alpha: 5)
        case .ctc:
          _ = tape.ctcLoss(x, weight: weight, targets: ctcTargets, blank: 0, smoothing: 0.1)
        }
      })
  }
}
