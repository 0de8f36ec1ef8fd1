internal import Files
internal import Foundation
internal import Models
internal import Tensors

/// Where a run stands beside its weights: what `--resume` needs to go on as if nothing had happened.
public struct TrainingState: Codable, Sendable, Equatable {
  /// Updates done.
  public var update = 0
  /// The epoch that is running, from 1.
  public var epoch = 1
  /// Batches of that epoch that are done.
  public var batchesDone = 0
  /// Seconds of training, earlier parts of a resumed run included.
  public var seconds = 0.0
  /// Target tokens trained on.
  public var targetTokens = 0
  /// The best scores so far.
  public var best: ValidationScores?
  /// The update of the best scores.
  public var bestUpdate = 0
  /// The update of the newest validation.
  public var validatedAt = 0
  /// Validations since the best one.
  public var validationsWithoutProgress = 0
  /// Pieces that each batch is cut into.
  public var shards = 1
  /// What must not change between the parts of a run.
  public var fingerprint = ""

  /// The start of a run.
  public init() {}

  /// The epoch of the newest update: where an epoch just ended, that one, although the next is running.
  public var newestEpoch: Int { batchesDone == 0 ? max(1, epoch - 1) : epoch }
}

/// What can be wrong with the state of an interrupted run.
public enum ResumeError: Error, Equatable, CustomStringConvertible {
  /// There is none.
  case nothingToResume(path: String)
  /// The file is not one of ours.
  case damaged(path: String, reason: String)
  /// The run was started with other data or other settings.
  case differentRun(path: String, found: String, expected: String)

  /// What was found and what to do.
  public var description: String {
    switch self {
    case .nothingToResume(let path):
      "there is no checkpoint '\(path)' to resume from; leave out --resume to start a new run"
    case .damaged(let path, let reason):
      "checkpoint '\(path)' cannot be resumed from: \(reason); leave out --resume to start anew"
    case .differentRun(let path, let found, let expected):
      """
      checkpoint '\(path)' is of a run with other data or settings (\(found), now \(expected)); \
      resume with the options it was started with, or choose another --model folder
      """
    }
  }
}

extension TrainingState {
  /// The state in a checkpoint.
  ///
  /// - Throws: ``ResumeError``, or `FileError` for a file that is damaged.
  public init(checkpoint path: String) throws {
    guard fileExists(path) else { throw ResumeError.nothingToResume(path: path) }
    try self.init(SafetensorsReader(path: path), path: path)
  }

  init(_ file: SafetensorsReader, path: String) throws {
    guard let text = file.metadata["training_state"],
      let state = try? JSONDecoder().decode(TrainingState.self, from: Data(text.utf8))
    else { throw ResumeError.damaged(path: path, reason: "it holds no training state") }
    let counts = [state.update, state.batchesDone, state.targetTokens, state.epoch - 1, state.shards - 1]
    guard counts.allSatisfy({ (0..<1 << 50).contains($0) }), state.seconds >= 0 else {
      throw ResumeError.damaged(path: path, reason: "its training state holds impossible numbers")
    }
    self = state
  }
}

extension Trainer {
  /// Writes weights, optimizer and state into one file, whole or not at all: the previous checkpoint stays
  /// until the new one is on disk.
  ///
  /// - Throws: `FileError` where it cannot be written.
  public func save(_ state: TrainingState, path: String) throws {
    var tensors = model.tensors(parameters)
    tensors += model.tensors(firstMoment, prefix: "first_moment.")
    tensors += model.tensors(secondMoment, prefix: "second_moment.")
    if let average { tensors += model.tensors(average, prefix: "average.") }
    let text = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
    try SafetensorsFile(tensors, metadata: ["training_state": text]).write(path: path)
  }

  /// Takes weights, optimizer and state over from a file.
  ///
  /// - Throws: ``ResumeError``, `CheckpointError` or `FileError`.
  public mutating func resume(path: String, fingerprint: String) throws -> TrainingState {
    guard fileExists(path) else { throw ResumeError.nothingToResume(path: path) }
    let file = try SafetensorsReader(path: path)
    let state = try TrainingState(file, path: path)
    guard state.fingerprint == fingerprint else {
      throw ResumeError.differentRun(path: path, found: state.fingerprint, expected: fingerprint)
    }
    let all = 0..<parameters.count
    parameters.copy(try model.readParameters(file, path: path), in: all)
    firstMoment.copy(try model.readParameters(file, path: path, prefix: "first_moment."), in: all)
    secondMoment.copy(try model.readParameters(file, path: path, prefix: "second_moment."), in: all)
    average?.copy(try model.readParameters(file, path: path, prefix: "average."), in: all)
    restore(update: state.update)
    return state
  }
}
