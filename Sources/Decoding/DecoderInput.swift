public import Tokens

/// Sentences to translate, with their numbers.
public struct DecoderInput: Sendable {
  /// The sentences, each ending in `</s>`.
  public let source: TokenBatch
  /// A number for each sentence that does not depend on its place in the batch, such as its line number.
  ///
  /// Sampling derives its random numbers from it.
  public let numbers: [Int]

  /// A batch of sentences.
  ///
  /// - Parameters:
  ///   - source: the sentences.
  ///   - numbers: one for each sentence; by default 0, 1, 2, …
  /// - Precondition: there are as many numbers as sentences.
  public init(_ source: TokenBatch, numbers: [Int]? = nil) {
    let numbers = numbers ?? Array(0..<source.count)
    precondition(numbers.count == source.count, "\(numbers.count) numbers for \(source.count) sentences")
    (self.source, self.numbers) = (source, numbers)
  }

  /// Some of the sentences, with their numbers.
  func selecting(_ sentences: [Int]) -> DecoderInput {
    DecoderInput(
      TokenBatch(sentences.map { Array(source[sentence: $0]) }), numbers: sentences.map { numbers[$0] })
  }
}
