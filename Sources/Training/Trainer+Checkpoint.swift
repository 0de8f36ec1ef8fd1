internal import Files
internal import Foundation
internal import Models
internal import Tensors

extension Trainer {
  /// Writes weights, optimizer state and training state into one file with a checksum, whole or not at all.
  ///
  /// - Throws: `FileError` if it cannot be written.
  public func save(_ state: TrainingState, path: String) throws {
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
    for tensor in remembered { try writer.write(tensor.buffer, tensor.range) }
    if let average { try model.write(average, to: writer) }
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
    for tensor in optimizerState.tensors { try tensor.read(file, path: path) }
    average?.copy(try model.readParameters(file, path: path, prefix: "average."), in: all)
    updates = state.update
    return state
  }
}

extension StateTensor {
  /// Overwrites the values with those in a file.
  ///
  /// - Throws: ``ResumeError`` or `CheckpointError`, or `FileError` if the file is damaged.
  fileprivate func read(_ file: SafetensorsReader, path: String) throws {
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
    buffer.replace(at: range.lowerBound, with: values)
  }
}
