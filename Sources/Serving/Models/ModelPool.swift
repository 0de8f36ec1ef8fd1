import Files
import Machine
public import Translation

/// The models of a server: loaded when they are first needed, and dropped again if memory is short.
///
/// Whoever translates holds its service, so a model that is dropped or replaced finishes what it has begun.
public final class ModelPool: Sendable {
  /// A model that was asked for.
  private struct Entry: Sendable {
    var loading: Task<TranslationService, any Error>
    /// The size of its files, in bytes.
    var bytes: Int
    var lastUse: ContinuousClock.Instant
  }

  /// The most bytes of weights that are kept in memory; the model in use is kept in any case.
  public let memoryLimit: Int
  private let read: @Sendable (String) throws -> TranslationService
  private let entries = Monitor<[String: Entry]>([:])

  /// A pool without models.
  ///
  /// - Parameters:
  ///   - options: how much of the machine each model uses.
  ///   - memoryLimit: bytes of model files that are kept.
  public convenience init(options: TranslationOptions = TranslationOptions(), memoryLimit: Int = .max) {
    self.init(memoryLimit: memoryLimit) { try TranslationService(modelFolder: $0, options: options) }
  }

  /// A pool of models that a function reads.
  package init(memoryLimit: Int = .max, read: @escaping @Sendable (String) throws -> TranslationService) {
    (self.memoryLimit, self.read) = (memoryLimit, read)
  }

  /// The model of a folder.
  ///
  /// - Throws: what ``TranslationService/init(modelFolder:options:)`` throws; the next call tries again.
  public func service(_ path: String) async throws -> TranslationService {
    let loading = entries.withLock { entries in
      if entries[path] == nil {
        entries[path] = Entry(loading: load(path), bytes: size(of: path), lastUse: .now)
      }
      entries[path]?.lastUse = .now
      return entries[path]?.loading
    }
    guard let loading else { throw CancellationError() }
    do {
      let service = try await loading.value
      dropUnused(but: path)
      return service
    } catch {
      entries.withLock { entries in
        if entries[path]?.loading == loading { entries[path] = nil }
      }
      throw error
    }
  }

  /// Drops all models, so that the next requests read them again.
  public func reload() { entries.withLock { $0 = [:] } }

  /// The paths of the models that are loaded or loading.
  public var loaded: [String] { entries.withLock { $0.keys.sorted() } }

  /// Reads a model on a thread of its own, since that takes time.
  private func load(_ path: String) -> Task<TranslationService, any Error> {
    Task { [read] in
      try await withCheckedThrowingContinuation { continuation in
        let isStarted = startThread { continuation.resume(with: Result { try read(path) }) }
        if !isStarted { continuation.resume(throwing: TranslationError.noThread(started: 0)) }
      }
    }
  }

  /// Drops the models that were not used for longest, until the others fit.
  private func dropUnused(but path: String) {
    entries.withLock { entries in
      var total = entries.values.reduce(0) { $0 + $1.bytes }
      for (other, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse })
      where total > memoryLimit && other != path {
        entries[other] = nil
        total -= entry.bytes
      }
    }
  }

  private func size(of path: String) -> Int {
    let names = (try? fileNames(in: path)) ?? []
    return names.filter { $0.hasPrefix("model.") }.reduce(0) { $0 + fileSize(path: "\(path)/\($1)") }
  }
}
