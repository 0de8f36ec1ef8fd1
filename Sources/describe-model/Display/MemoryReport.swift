import Formatting
import ModelDescription

extension Report {
  /// The memory of training, its parts, and how it grows.
  func trainingMemory(_ memory: TrainingMemoryDescription) -> [String] {
    let bytes = { (count: Int) in Readable.bytes(count) }
    var table = Table(["memory of training", "\(memory.precision), \(memory.optimizer)"])
    let state = memory.optimizers.first { $0.name == memory.optimizer } ?? memory.optimizers.first
    let rows: [(String, Int)] = [
      ("parameters", memory.parameters), ("moving average", memory.average),
      ("state of the optimizer", state?.bytes ?? 0),
      ("weights rounded for products", memory.rounded), ("position tables", memory.constants),
      ("gradients, \(memory.shards) shards", memory.shards * memory.gradientsOfShard),
      ("activations, \(memory.shards) shards", memory.shards * memory.activationsOfShard),
      ("program and text", memory.program),
    ]
    for (name, count) in rows where count > 0 { table.add([name, bytes(count)]) }
    table.add(["peak of the process", bytes(memory.peak)])
    table.add(["during a validation, at most", bytes(memory.validationPeak)])
    let others = memory.optimizers.map { "\($0.name) \(bytes($0.bytes))" }.joined(separator: ", ")
    var growth = Table(["batch", "length", "activations of the batch", "at a time", "peak"])
    for item in memory.growth {
      growth.add([
        Readable.count(item.batchTokens), "\(item.length)", bytes(item.batchActivations),
        bytes(item.activations), bytes(item.peak),
      ])
    }
    return table.lines + ["  state of the optimizers: \(others)", ""] + growth.lines
  }

  /// The memory of translation.
  func decodingMemory(_ memory: DecodingMemoryDescription) -> [String] {
    let bytes = { (count: Int) in Readable.bytes(count) }
    var table = Table(["memory of translation", ""])
    let rows: [(String, Int)] = [
      ("cache of a target token, each hypothesis", memory.cacheOfToken),
      ("state of a hypothesis", memory.stateOfHypothesis),
      ("keys and values of a source token", memory.sourceToken),
      ("a sentence of \(memory.length) tokens, beam \(memory.beam)", memory.cacheOfSentence),
      ("a thread's batch, greedy", memory.greedyBatch), ("a thread's batch, beam", memory.beamBatch),
    ]
    for (name, count) in rows where count > 0 { table.add([name, bytes(count)]) }
    for type in memory.compute {
      table.add(["matrices packed as \(type.type)", bytes(type.packed)])
      if type.screening > 0 { table.add(["output matrix, again, for greedy search", bytes(type.screening)]) }
      table.add(["peak of the process, \(type.type), greedy", bytes(type.greedyPeak)])
      table.add(["peak of the process, \(type.type), beam \(memory.beam)", bytes(type.beamPeak)])
    }
    guard memory.cacheOfToken > 0 else { return table.lines }
    let growth = memory.growth.map { "\(bytes($0.bytes)) (beam \($0.beam), \($0.length) tokens)" }
    return table.lines + [
      "  a sentence grows with its length:", "    " + growth.prefix(3).joined(separator: ", "),
      "    " + growth.dropFirst(3).joined(separator: ", "),
    ]
  }
}
