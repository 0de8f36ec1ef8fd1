/// How a model translates a sentence of the validation text.
public struct SampleTranslation: Sendable, Codable, Equatable {
  /// The number of the sentence, from 1 over all validation files.
  public var line: Int
  /// The sentence, with its tag if it has one.
  public var source: String
  /// Its reference translation.
  public var reference: String
  /// What the model writes.
  public var translation: String

  /// A translation.
  public init(line: Int, source: String, reference: String, translation: String) {
    (self.line, self.source) = (line, source)
    (self.reference, self.translation) = (reference, translation)
  }
}

/// A line of `samples.jsonl`: the translations of a validation.
public struct SampleLogEntry: Sendable, Codable, Equatable {
  /// Updates done.
  public var update: Int
  /// The same sentences in every validation.
  public var samples: [SampleTranslation]

  /// The translations of a validation.
  public init(update: Int, samples: [SampleTranslation]) { (self.update, self.samples) = (update, samples) }
}
