import Decoding
import Text
import Tokens

/// A part of a line that waits for its translation.
struct PendingPiece: Sendable {
  /// The line's place in the text, counted from 0.
  var line: Int
  /// The piece's place in the line.
  var index: Int
  var sentence: EncodedSentence
}

/// A batch of pieces of similar length, from whatever lines.
struct TranslationJob: Sendable {
  var pieces: [PendingPiece]
  /// Tokens of the longest, without `</s>`.
  private(set) var width: Int

  /// Cuts the pieces of a window of lines into batches.
  ///
  /// Sorted by length there is little padding in a batch. Batches are then put in the order of the first line
  /// that waits for them, so that the first lines come out soon.
  static func batches(of window: [PendingPiece], options: TranslationOptions) -> [TranslationJob] {
    let sorted = window.sorted {
      ($1.sentence.ids.count, $0.line, $0.index) < ($0.sentence.ids.count, $1.line, $1.index)
    }
    var jobs: [TranslationJob] = []
    for piece in sorted {
      if let last = jobs.indices.last, jobs[last].hasRoom(options) {
        jobs[last].pieces.append(piece)
      } else {
        jobs.append(TranslationJob(pieces: [piece], width: piece.sentence.ids.count))
      }
    }
    return jobs.map { (first: $0.pieces.map(\.line).min() ?? 0, job: $0) }.sorted { $0.first < $1.first }
      .map(\.job)
  }

  /// Whether one more piece, not longer than the others, fits in.
  private func hasRoom(_ options: TranslationOptions) -> Bool {
    pieces.count < options.batchSize && (pieces.count + 1) * (width + 1) <= options.batchTokens
  }

  /// The pieces as the model reads them, each with a number that says where it stands in the text, whatever batch it
  /// is in.
  ///
  /// - Parameter end: the token that ends each of them.
  /// - Returns: the pieces in order.
  func input(endingIn end: TokenID) -> DecoderInput {
    DecoderInput(
      TokenBatch(pieces.map { $0.sentence.ids + [end] }),
      numbers: pieces.map { $0.line &* 65536 &+ $0.index })
  }
}
