import Autodiff
import Foundation
import Layers
import ModelFolders
import Models
import Tensors
import TestSupport
import Text
import Tokens

/// A small model whose numbers all matter, with a vocabulary.
struct SampleModel {
  var pipeline: TextPipeline
  var model: TrainedTransformer

  /// A model of an architecture.
  ///
  /// - Parameters:
  ///   - pipeline: the vocabulary.
  ///   - type: the type of its matrices.
  ///   - change: what differs from a small post-norm model whose decoder starts with zeros.
  init(
    _ pipeline: TextPipeline, as type: WeightType = .float32,
    _ change: (inout ModelConfiguration) -> Void = { _ in }
  ) {
    var configuration = ModelConfiguration(
      sourceVocabularySize: pipeline.vocabularySize(.source),
      targetVocabularySize: pipeline.vocabularySize(.target))
    (configuration.size, configuration.heads, configuration.maxPositions) = (8, 2, 16)
    (configuration.encoderLayers, configuration.decoderLayers) = (2, 1)
    (configuration.innerSize, configuration.decoderInnerSize) = (12, 10)
    configuration.tying = pipeline.isJoint ? .all : .none
    configuration.positionLayout = .halves
    configuration.hasOutputBias = true
    configuration.specialTokens = pipeline.specialTokens
    configuration.specialTokens.beginning = SpecialTokens.absent
    change(&configuration)
    let architecture = Transformer(configuration)
    var random = SeededNumbers(state: 7)
    let weights = ModelWeights(
      architecture.parameters,
      types: architecture.parameters.map { $0.extents.count > 1 ? type : .float32 }
    ) { item in
      let isGain = item.name.contains("norm") && item.name.hasSuffix("weight")
      let floats = (0..<item.range.count).map { _ in random.next() + (isGain ? 1 : 0) }
      let stored = item.extents.count > 1 ? type : .float32
      return WeightValues(rounding: floats, rows: item.parameter.shape.rows, to: stored) ?? .float32(floats)
    }
    (self.pipeline, model) = (pipeline, TrainedTransformer(architecture, weights: weights))
  }

  /// Writes its folder.
  func write(to path: String, as type: WeightType = .float32) throws -> ModelFolder {
    let folder = ModelFolder(path)
    try folder.write(model, as: type, pipeline: pipeline)
    return folder
  }
}

/// Numbers from -0.5 to 0.5, always the same.
struct SeededNumbers {
  var state: UInt64

  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 24) - 0.5
  }
}

/// A vocabulary that a test writes by hand.
enum SampleVocabulary {
  /// Pieces of SentencePiece, with Marian's special tokens.
  static func pieces(_ extra: [String] = []) throws -> SentencePieceModel {
    func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      [number << 3 | 2, UInt8(bytes.count)] + bytes
    }
    var contents: [UInt8] = []
    let texts =
      [("</s>", 3), ("<unk>", 2)] + (["▁", "a", "b", "c", "▁a", "▁b", "ab"] + extra).map { ($0, 1) }
    for (index, (text, type)) in texts.enumerated() {
      let score = Float(-index).bitPattern
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: score >> ($0 * 8)) }
      contents += field(1, field(1, Array(text.utf8)) + [2 << 3 | 5] + bytes + [3 << 3, UInt8(type)])
    }
    // A unigram model that marks the beginning of a text.
    contents += field(2, [3 << 3, 1]) + field(3, [3 << 3, 1, 4 << 3, 1])
    return try SentencePieceModel(contents: contents, path: "sample.spm")
  }

  /// One SentencePiece model for both sides.
  static func joint() throws -> TextPipeline {
    let part: SentencePiecePart = (try pieces(), nil)
    return try pipeline(part, part, joint: true)
  }

  /// A model for each side, of which the target's has more pieces.
  static func separate() throws -> TextPipeline {
    try pipeline((pieces(), nil), (pieces(["d", "▁d"]), nil), joint: false)
  }

  private static func pipeline(_ source: SentencePiecePart, _ target: SentencePiecePart, joint: Bool) throws
    -> TextPipeline
  {
    var settings = TextPipelineSettings()
    (settings.segmentation, settings.joint) = (SentencePieceSegmentation.name, joint)
    let pair = try SentencePieceSegmentation.pair(
      source: source, target: target, settings: settings, folder: "")
    return TextPipeline(settings: settings, source: pair.source, target: pair.target)
  }

  /// Lists of tokens.
  static func listed(_ source: [String], _ target: [String], endsSource: Bool = true) throws -> TextPipeline {
    var settings = TextPipelineSettings()
    (settings.segmentation, settings.joint) = (ListedTokens.name, source == target)
    settings.endsSource = endsSource
    func list(_ tokens: [String]) throws -> TokenList {
      try TokenList(contents: Array((tokens.joined(separator: "\n") + "\n").utf8), path: "vocab.txt")
    }
    let pair = try ListedTokens.pair(
      source: list(source), target: list(target), settings: settings, folder: "")
    return TextPipeline(settings: settings, source: pair.source, target: pair.target)
  }
}

extension TrainedTransformer {
  /// The logits of the first tokens of the target, by teacher forcing.
  func logits(_ source: [TokenID], _ target: [TokenID], tokens: Int) -> [Float] {
    let all = architecture.logits(
      source: TokenBatch([source]), target: TokenBatch([target]), on: Tape(inference: weights))
    let width = architecture.configuration.targetVocabularySize
    return target.indices.flatMap { Array(all[$0 * width..<$0 * width + tokens]) }
  }

  /// All numbers by the names of their parameters.
  var tensors: [String: [Float]] {
    Dictionary(
      uniqueKeysWithValues: architecture.parameters.map { ($0.name, weights.values(of: $0.parameter).floats) }
    )
  }
}

/// The largest difference of two lists of equal length.
func greatestDifference(_ values: [Float], _ others: [Float]) -> Float {
  precondition(values.count == others.count, "\(values.count) and \(others.count) numbers")
  return zip(values, others).map { abs($0 - $1) }.max() ?? 0
}

/// The message of the error that a call throws.
func message(_ call: () throws -> Void) -> String {
  do {
    try call()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// Replaces text in a file.
func edit(_ path: String, _ old: String, _ new: String) throws {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  precondition(text.contains(old), "'\(old)' is not in \(path)")
  try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
}
