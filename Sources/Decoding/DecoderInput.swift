public import Tokens

/// Sentences to translate, and what tells them apart.
public struct DecoderInput: Sendable {
  /// The sentences, each ending in `</s>`.
  public let source: TokenBatch
  /// A number of each sentence that has nothing to do with its place in the batch, such as its line in the text: a
  /// search that draws at random draws by it.
  public let numbers: [Int]

  /// A batch of sentences.
  ///
  /// - Parameters:
  ///   - source: the sentences.
  ///   - numbers: one for each; by default they are counted from 0.
  /// - Precondition: as many numbers as sentences.
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
