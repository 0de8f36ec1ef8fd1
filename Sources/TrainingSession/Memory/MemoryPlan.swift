import Formatting
import Machine
package import Models
package import Training

/// Decides how much of a batch is processed at a time, so that a training stays within its memory.
package struct MemoryPlan {
  let model: ModelConfiguration
  package var options: TrainerOptions
  let lengths: TrainingMemory.Lengths
  /// Bytes of the text.
  let text: Int
  /// The number of processes that share the shards.
  let processes: Int
  /// Tokens that each thread decodes at a time during validation.
  package private(set) var validationTokens = 1024

  /// A plan for the memory of one process.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - options: the settings, with the shards of all processes.
  ///   - lengths: the lengths of sentences and batches.
  ///   - text: bytes of the text.
  ///   - processes: the number of processes that train together.
  package init(
    _ model: ModelConfiguration, _ options: TrainerOptions, lengths: TrainingMemory.Lengths, text: Int,
    processes: Int = 1
  ) {
    (self.model, self.options, self.lengths, self.text) = (model, options, lengths, text)
    self.processes = processes
    self.options.activationLimit =
      options.activationLimit ?? TrainerOptions.defaultActivationLimit(model)
  }

  /// The memory that the plan needs so far.
  package var memory: TrainingMemory { memory(processes: processes) }

  private func memory(processes: Int) -> TrainingMemory {
    TrainingMemory(
      model, options: options, processes: processes, lengths: lengths, text: text,
      validationTokens: validationTokens)
  }

  /// Shrinks pieces and validation batches until the peak is at most `bound` bytes.
  ///
  /// - Parameters:
  ///   - bound: the limit in bytes.
  ///   - keepsPieces: whether the pieces are those of a resumed run, whose result depends on them.
  /// - Throws: ``TrainingRequestError`` if they cannot be made small enough.
  package mutating func fit(_ bound: Int, keepsPieces: Bool) throws(TrainingRequestError) {
    let smallest = TrainingMemory.smallestLimit(
      model, lengths, regularization: options.regularization, nonautoregressive: options.nonautoregressive)
    if !keepsPieces, let planned = options.activationLimit {
      // The result depends on the pieces, and must not depend on the number of processes.
      let alone = memory(processes: 1)
      let shard = (bound - alone.program - alone.weights) / options.shards - alone.gradients
      let room = alone.drafts > 0 ? shard / 2 : shard
      options.activationLimit = max(smallest, min(planned, room / MemoryLayout<Float>.size))
    }
    while memory.total > bound, validationTokens > 64 { validationTokens /= 2 }
    guard memory.total > bound else { return }
    let pieces =
      keepsPieces && memory.activations > smallest * MemoryLayout<Float>.size
      ? "; the resumed run works in pieces of \(Readable.bytes(memory.activations)), which cannot change" : ""
    throw .conflict(
      "--max-memory \(Readable.bytes(bound)) is too little: training needs \(words)\(pieces); \(advice)")
  }

  /// Makes sure that the training fits into the machine's memory.
  ///
  /// - Throws: ``TrainingRequestError`` if it does not.
  func require(_ machine: MachineMemory) throws(TrainingRequestError) {
    guard let limit = machine.limit, memory.total > limit else { return }
    throw .conflict(
      "training needs \(words), and this process can get \(Readable.bytes(limit)); "
        + "\(advice), or give --max-memory to work in smaller pieces")
  }

  private var advice: String {
    "choose a smaller --preset, fewer --shards or shorter sentences (--max-length)"
  }

  /// The memory needed, with its parts.
  var words: String {
    let memory = memory
    let training = memory.shards * (memory.gradients + memory.activations + memory.drafts)
    let update =
      "\(memory.shards) × \(Readable.bytes(memory.gradients)) for gradients, "
      + "\(memory.shards) × \(Readable.bytes(memory.activations + memory.drafts)) for activations"
    return
      "\(Readable.bytes(min(memory.total, 1 << 58))) of memory "
      + "(\(Readable.bytes(memory.weights)) for \(Readable.count(model.parameterCount)) parameters and the optimizer, "
      + (training >= memory.validation ? update : "\(Readable.bytes(memory.validation)) for validation")
      + ", \(Readable.bytes(memory.program)) for program and text)"
  }
}
