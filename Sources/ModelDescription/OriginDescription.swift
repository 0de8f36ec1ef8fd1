package import Files
package import ModelFolders
package import Text

/// The vocabulary of a model.
package struct TextDescription: Codable, Sendable, Equatable {
  /// How text is split, such as the name of byte pair encoding.
  package var segmentation: String
  /// The source language; empty if it is not known.
  package var sourceLanguage: String
  /// The target language; empty if it is not known.
  package var targetLanguage: String
  /// Whether both sides share one vocabulary.
  package var isJoint: Bool
  /// Tags that source lines can begin with.
  package var tags: [String]

  /// The vocabulary of a pipeline.
  package init(_ pipeline: TextPipeline) {
    segmentation = pipeline.settings.segmentation
    (sourceLanguage, targetLanguage) = (pipeline.settings.sourceLanguage, pipeline.settings.targetLanguage)
    (isJoint, tags) = (pipeline.isJoint, pipeline.tags)
  }

  private enum CodingKeys: String, CodingKey {
    case segmentation, tags
    case sourceLanguage = "source_language"
    case targetLanguage = "target_language"
    case isJoint = "joint"
  }
}

/// How a model was trained, as far as its `training.json` says.
package struct OriginDescription: Codable, Sendable, Equatable {
  /// Updates of the training.
  package var updates: Int?
  /// Epochs, the last one included.
  package var epochs: Int?
  /// Sentence pairs of its text.
  package var pairs: Int?
  /// Target tokens that it has seen, repeats included.
  package var targetTokens: Int?
  /// Seconds of training.
  package var seconds: Double?
  /// The precision of its products.
  package var precision: String?
  /// The processor.
  package var processor: String?
  /// BLEU of the validation text.
  package var bleu: Double?
  /// chrF of the validation text.
  package var chrF: Double?
  /// Perplexity of the validation text.
  package var perplexity: Double?
  /// The command line.
  package var command: [String]?
  /// The model that it was rounded from.
  package var roundedFrom: String?
  /// The parts of the model that were frozen.
  package var frozen: [String]

  /// What a folder says.
  ///
  /// - Returns: nil if there is no `training.json`.
  /// - Throws: `FileError` if it is not JSON.
  package init?(_ folder: ModelFolder) throws(FileError) {
    guard fileExists(folder.manifest) else { return nil }
    let tree = try readJSONTree(path: folder.manifest)
    func number(_ key: String) -> Double? {
      guard case .number(let digits) = tree[key] else { return nil }
      return Double(digits)
    }
    func count(_ key: String) -> Int? { number(key).flatMap { Int(exactly: $0) } }
    (updates, epochs, pairs) = (count("update"), count("epoch"), count("pairs"))
    (targetTokens, seconds) = (count("target_tokens"), number("seconds"))
    precision = tree["precision"]?.text
    processor = tree["hardware"]?["processor"]?.text
    (bleu, chrF, perplexity) = (number("valid_bleu"), number("valid_chrf"), number("valid_perplexity"))
    command = tree["command"]?.texts
    roundedFrom = tree["rounded_from"]?.text
    frozen = tree["frozen"]?.texts ?? []
  }

  private enum CodingKeys: String, CodingKey {
    case updates, epochs, pairs, seconds, precision, processor, perplexity, command, frozen, bleu
    case targetTokens = "target_tokens"
    case chrF = "chrf"
    case roundedFrom = "rounded_from"
  }
}

extension JSONTree {
  fileprivate var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  fileprivate var texts: [String]? {
    guard case .array(let elements) = self else { return nil }
    return elements.compactMap(\.text)
  }
}
