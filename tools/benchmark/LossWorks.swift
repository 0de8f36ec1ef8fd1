import Autodiff
import Models
import Tensors

/// The output layer with its loss, on the tokens of one shard.
///
/// Its derivatives are made chunk by chunk in the midst of it, so that they cannot be measured for themselves.
func lossWorks(_ preset: ModelPreset) -> [Work] {
  let shape = OutputShape(preset)
  return [
    Work(name: "operation \(shape.name), forward") { _ in shape.round(isTraining: false) },
    Work(name: "operation \(shape.name), both passes") { _ in shape.round(isTraining: true) },
    Work(name: "operation R-Drop's \(shape.name), both passes") { _ in
      shape.round(isTraining: true, withRDrop: true)
    },
  ]
}

private struct OutputShape {
  private let rows = OperationWork.rows
  private let vocabulary = 9_712
  private let size: Int

  init(_ preset: ModelPreset) {
    size = preset.configuration(sourceVocabularySize: vocabulary, targetVocabularySize: vocabulary).size
  }

  var name: String { "output layer and loss \(size) to \(vocabulary)" }

  func round(isTraining: Bool, withRDrop: Bool = false) -> Round {
    var builder = ParameterBuilder()
    let weight = builder.matrix("output", vocabulary, size, .constant(0))
    let values = randomBuffer(builder.count, seed: 1)
    let tape =
      isTraining
      ? Tape(training: values, gradients: FlatBuffer(count: builder.count)) : Tape(inference: values)
    let elements = randomBuffer(rows * size, seed: 2).array
    let targets = (0..<rows).map { Int32($0 * 7 % vocabulary) }
    return Round(
      amounts: [("rows", Double(rows))],
      operations: Double((isTraining ? 6 : 2) * rows * size * vocabulary), before: { tape.reset() },
      run: { [rows, size] in
        guard !withRDrop else {
          _ = tape.rDropCrossEntropy(
            tape.makeTensor([rows, size], elements), weight: weight, targets: Array(targets.prefix(rows / 2)),
            smoothing: 0.1, alpha: 5)
          return
        }
        _ = tape.labelSmoothedCrossEntropy(
          tape.makeTensor([rows, size], elements), weight: weight, targets: targets, smoothing: 0.1)
      })
  }
}
