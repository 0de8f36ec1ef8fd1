internal import Files
internal import Foundation
internal import Models
internal import Tensors

extension Trainer {
  /// Writes weights, optimizer state and training state into one file with a checksum, whole or not at all.
  ///
  /// With ``TrainerOptions/sharesOptimizer``, the other processes must call ``sendShares()`` at the same time, also if
  /// this method throws.
  ///
  /// - Throws: `FileError` if it cannot be written.
  public func save(_ state: TrainingState, path: String) throws {
    var missing = sharedState[...]
    do {
      try save(state, path: path, missing: &missing)
    } catch {
      // The others send everything.
      for (buffer, range) in missing { collect(buffer, range) { _ in } }
      throw error
    }
  }

  /// Sends this process's share of the optimizer's state to the first process, which saves it.
  package func sendShares() {
    for (buffer, range) in sharedState { collect(buffer, range) { _ in } }
  }

  /// What each process has a share of, in the order of the file.
  private var sharedState: [(FlatBuffer, Range<Int>)] {
    optimizerState.tensors.map { ($0.buffer, $0.range) } + (average.map { [($0, 0..<$0.count)] } ?? [])
  }

  private func collect<Failure: Error>(
    _ buffer: FlatBuffer, _ range: Range<Int>, visit: ([Float]) throws(Failure) -> Void
  ) throws(Failure) {
    guard let shares else { return }
    try reducer.collect(range, of: buffer, shares: shares, visit: visit)
  }

  private func save(
    _ state: TrainingState, path: String, missing: inout ArraySlice<(FlatBuffer, Range<Int>)>
  ) throws {
    let encoder = JSONEncoder()
    // Otherwise the same state would be encoded to different bytes each time.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(state), as: UTF8.self)
    let remembered = optimizerState.tensors
    let writer = try SafetensorsWriter(
      path: path,
      entries: model.entries() + remembered.map { .init(name: $0.name, shape: $0.extents) }
        + (average == nil ? [] : model.entries(prefix: "average.")),
      metadata: ["training_state": text, "optimizer": options.optimizer.name], isChecked: true)
    try model.write(parameters, to: writer)
    while let (buffer, range) = missing.popFirst() {
      if shares == nil {
        try writer.write(buffer, range)
      } else {
        try collect(buffer, range) { try writer.write($0) }
      }
    }
    try writer.commit()
  }

  /// Restores weights, optimizer state and training state from a file.
  ///
  /// - Throws: ``ResumeError``, `CheckpointError` or `FileError`.
  public func resume(path: String, fingerprint: String) throws -> TrainingState {
    guard fileExists(path) else { throw ResumeError.nothingToResume(path: path) }
    let file = try SafetensorsReader(path: path)
    let state = try TrainingState(file, path: path)
    // Checkpoints without a name are from before there were other optimizers.
    let optimizer = file.metadata["optimizer"] ?? "adam"
    guard optimizer == options.optimizer.name else {
      throw ResumeError.differentOptimizer(path: path, found: optimizer, expected: options.optimizer.name)
    }
    guard state.fingerprint == fingerprint else {
      throw ResumeError.differentRun(path: path, found: state.fingerprint, expected: fingerprint)
    }
    let all = 0..<parameters.count
    parameters.copy(try model.readParameters(file, path: path), in: all)
    // A share of the state leaves the rest of its memory untouched.
    for tensor in optimizerState.tensors { try tensor.read(file, path: path, in: ownElements) }
    average?.copy(
      try model.readParameters(file, path: path, prefix: "average."), in: ownElements.clamped(to: all))
    updates = state.update
    return state
  }
}

extension StateTensor {
  /// Overwrites those values that are in `own` with those in a file.
  ///
  /// - Throws: ``ResumeError`` or `CheckpointError`, or `FileError` if the file is damaged.
  fileprivate func read(_ file: SafetensorsReader, path: String, in own: Range<Int>) throws {
    guard let entry = file.entry(name) else {
      throw ResumeError.damaged(
        path: path, reason: "it has no '\(name)', which the optimizer needs; its settings were different")
    }
    guard entry.shape == extents else {
      throw CheckpointError.wrongShape(path: path, name: name, found: entry.shape, expected: extents)
    }
    let values = try file.values(of: entry)
    guard values.allSatisfy(\.isFinite) else {
      throw CheckpointError.notFinite(path: path, name: name)
    }
    let part = range.clamped(to: own)
    guard !part.isEmpty else { return }
    buffer.replace(
      at: part.lowerBound,
      with: Array(values[part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound]))
  }
}
