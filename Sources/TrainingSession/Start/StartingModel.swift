import Files
import Foundation
import ModelFolders
import Models
import Tensors
import Text
import Tokens

/// The model that a training starts from.
///
/// What a resumed run needs of it is kept next to the checkpoints, so the run can be resumed even if that model is gone
/// or has changed.
struct StartingModel {
  /// Where the weights came from, as recorded in `training.json`.
  struct Record: Codable, Equatable {
    /// The model's folder.
    let folder: String
    /// A checksum of its weights.
    let weights: String
    /// The tokens that its vocabulary got in addition; nil for none.
    var added: VocabularyAddition.Record?
  }

  private(set) var record: Record
  private(set) var configuration: ModelConfiguration
  private(set) var pipeline: TextPipeline
  /// The architecture and the vocabulary before tokens were added; nil for none.
  private var original: (configuration: ModelConfiguration, pipeline: TextPipeline)?
  /// The folder that architecture and vocabulary were read from.
  let folder: String

  /// The requested starting model, or that of the resumed run; nil if weights are initialized at random.
  ///
  /// - Throws: ``TrainingRequestError``, or errors of the model's files.
  static func find(_ request: TrainingRequest) throws -> StartingModel? {
    guard request.files.resume else { return try request.start.folder.map(StartingModel.init) }
    let kept = keptFolder(request.files.model)
    guard folderExists(kept) else {
      guard let folder = request.start.folder else { return nil }
      throw TrainingRequestError.conflict(
        "the run in '\(request.files.model)' was not started from another model; leave out "
          + "'--initialize-from \(folder)', or choose another --model folder")
    }
    let start = try StartingModel(record: readJSON(path: "\(kept)/\(recordName)"), folder: kept)
    try start.requireSameAddition(request)
    return start
  }

  /// A resumed run keeps its vocabulary.
  private func requireSameAddition(_ request: TrainingRequest) throws(TrainingRequestError) {
    let (before, now) = (
      record.added, request.start.extendsVocabulary ? VocabularyAddition.Record(request.start) : nil
    )
    guard before?.asked != now?.asked || before?.minimumCount != now?.minimumCount else { return }
    let words =
      before.map { "added to the vocabulary by \($0.asked.joined(separator: ", "))" }
      ?? "added nothing to the vocabulary"
    throw .conflict(
      "the run in '\(request.files.model)' \(words); give the same '--extend-vocab', '--extend-tag', '--extend-spans', '--extend-terms' and '--extend-count' to resume it"
    )
  }

  /// The model with more tokens in its vocabulary.
  ///
  /// - Parameters:
  ///   - addition: the tokens; those that it has already are ignored.
  ///   - asked: what was asked for, for the record.
  /// - Returns: the model, whose weights have not been read.
  /// - Throws: `VocabularyError` for impossible tokens, ``TrainingRequestError`` if the sides of a shared table would differ.
  func extended(by addition: VocabularyExtension, asked: VocabularyAddition.Record) throws -> StartingModel {
    var result = self
    result.pipeline = try pipeline.extended(by: addition)
    for side in TextPipeline.Side.allCases {
      let vocabulary = result.pipeline.vocabulary(side)
      let ids = TokenID(pipeline.vocabularySize(side))..<TokenID(vocabulary.count)
      // Others only fill the vocabulary up.
      let names = ids.filter {
        vocabulary.isText($0) || vocabulary.isTag($0) || vocabulary.isSpan($0) || vocabulary.isTermMark($0)
      }.map { String(decoding: vocabulary[$0], as: UTF8.self) }
      if side == .source { result.configuration.sourceVocabularySize += ids.count }
      if side == .target { result.configuration.targetVocabularySize += ids.count }
      var added = result.record.added ?? asked
      if side == .source { added.source = names } else { added.target = names }
      result.record.added = added
    }
    if let problem = result.configuration.problem {
      throw TrainingRequestError.conflict("'--extend-vocab': no such model is possible: \(problem)")
    }
    result.original = (configuration, pipeline)
    return result
  }

  private init(folder: String) throws {
    let weights = ModelFolder(folder).weights
    guard fileExists(weights) else {
      throw TrainingRequestError.conflict(
        "'--initialize-from \(folder)' does not name a model folder: there is no '\(weights)'; give a folder that "
          + "train-translation or average-checkpoints wrote")
    }
    try self.init(record: Record(folder: folder, weights: fileChecksum(path: weights)), folder: folder)
    try ModelFolder(folder).verify()
  }

  private init(record: Record, folder: String) throws {
    (self.record, self.folder) = (record, folder)
    (configuration, pipeline) = try ModelFolder(folder).readDescription()
  }

  /// Whether an architecture has no parts that the model lacks, so that it translates before it is trained.
  func isWhole(_ architecture: ModelConfiguration) -> Bool {
    architecture.isAutoregressive == configuration.isAutoregressive
      && architecture.nonautoregressive == configuration.nonautoregressive
  }

  /// The vocabulary to train with: the model's own.
  ///
  /// - Parameter given: the vocabulary folder that was given; empty for none.
  /// - Returns: the vocabulary in that folder, or the model's.
  /// - Throws: `VocabularyDifference` if that folder holds another vocabulary.
  func pipeline(given: String) throws -> TextPipeline {
    guard !given.isEmpty else { return pipeline }
    let read = try TextPipeline(folder: given)
    if let difference = VocabularyDifference(read, in: given, from: pipeline, in: folder) { throw difference }
    return read
  }

  /// The initial weights; a resumed run takes its weights from its checkpoint.
  ///
  /// - Parameters:
  ///   - architecture: the model's, possibly with a non-autoregressive decoder next to its own or instead of it. If the
  ///     model has none, that decoder starts from the layers of the model's; the rest is initialized at random.
  ///   - seed: the seed of the random initialization.
  /// - Returns: all weights of the architecture.
  /// - Throws: `CheckpointError` or `FileError`.
  func weights(of architecture: Transformer, seed: UInt64) throws -> FlatBuffer {
    let path = ModelFolder(record.folder).weights
    let model = Transformer(original?.configuration ?? configuration)
    let known = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0) })
    var items = architecture.parameters.filter { known[$0.name] != nil }
    let grown = original == nil ? [] : items.filter { known[$0.name]?.extents != $0.extents }
    items.removeAll(where: grown.contains)
    if configuration.nonautoregressive == nil { items += architecture.counterparts(in: model) }
    let weights = architecture.initialParameters(seed: seed)
    let file = try SafetensorsReader(path: path)
    try architecture.readParameters(items, file, path: path, into: weights)
    if let original {
      try extend(grown, from: (model, known, original.pipeline), file, path: path, into: weights, seed: seed)
    }
    return weights
  }

  /// Reads the tables of the vocabularies before they were extended, and adds rows for the new tokens.
  private func extend(
    _ grown: [NamedParameter],
    from old: (model: Transformer, items: [String: NamedParameter], pipeline: TextPipeline),
    _ file: SafetensorsReader, path: String, into weights: FlatBuffer, seed: UInt64
  ) throws {
    let rows = AddedRows(
      spellings: Dictionary(
        uniqueKeysWithValues: TextPipeline.Side.allCases.map { side in
          (side, old.pipeline.spellings(ofNewTokensIn: pipeline, side))
        }), seed: seed)
    let present = old.model.initialParameters(seed: seed)
    for (number, item) in grown.enumerated() {
      guard let before = old.items[item.name] else { continue }
      try old.model.readParameters([before], file, path: path, into: present)
      let side = AddedRows.side(of: item.name)
      let columns = before.range.count / old.pipeline.vocabularySize(side)
      let table = rows.extended(present.array(before.range), columns: columns, side, stream: UInt64(number))
      precondition(table.count == item.range.count, "StartingModel: \(item.name) has \(item.extents)")
      weights.replace(at: item.range.lowerBound, with: table)
    }
  }

  // MARK: - Files kept for resuming

  private static let recordName = "start.json"

  private static func keptFolder(_ model: String) -> String { "\(ModelFolder(model).checkpoints)/start" }

  /// Removes what an earlier run in a model folder kept of its starting model.
  static func forget(in model: String) {
    try? FileManager.default.removeItem(atPath: keptFolder(model))
  }

  /// Writes what a resumed run needs, the record last.
  func keep(in model: String) throws {
    let kept = Self.keptFolder(model)
    try pipeline.write(to: kept)
    try writeJSON(configuration, path: ModelFolder(kept).configuration)
    try writeJSON(record, path: "\(kept)/\(Self.recordName)")
  }
}
