public import Tokens

/// Sentences to translate, with their numbers.
public struct DecoderInput: Sendable {
  /// The sentences, each ending in `</s>`.
  public let source: TokenBatch
  /// A number for each sentence that does not depend on its place in the batch, such as its line number.
  ///
  /// Sampling derives its random numbers from it.
  public let numbers: [Int]
  /// What each translation must and must not contain.
  public let guides: [SentenceGuide]

  /// A batch of sentences.
  ///
  /// - Parameters:
  ///   - source: the sentences.
  ///   - numbers: one for each sentence; by default 0, 1, 2, …
  ///   - guides: one for each sentence; by default none is restricted.
  /// - Precondition: there are as many numbers and guides as sentences.
  public init(_ source: TokenBatch, numbers: [Int]? = nil, guides: [SentenceGuide]? = nil) {
    let numbers = numbers ?? Array(0..<source.count)
    let guides = guides ?? Array(repeating: SentenceGuide(), count: source.count)
    precondition(
      numbers.count == source.count && guides.count == source.count,
      "\(numbers.count) numbers and \(guides.count) guides for \(source.count) sentences")
    (self.source, self.numbers, self.guides) = (source, numbers, guides)
  }

  /// Some of the sentences, with their numbers and guides.
  func selecting(_ sentences: [Int]) -> DecoderInput {
    DecoderInput(
      TokenBatch(sentences.map { Array(source[sentence: $0]) }), numbers: sentences.map { numbers[$0] },
      guides: sentences.map { guides[$0] })
  }

  /// The same with other guides in place of those that restrict anything.
  func mappingGuides(_ transform: (_ sentence: Int, SentenceGuide) -> SentenceGuide) -> DecoderInput {
    DecoderInput(
      source, numbers: numbers,
      guides: guides.enumerated().map { $1.isEmpty ? $1 : transform($0, $1) })
  }
}
