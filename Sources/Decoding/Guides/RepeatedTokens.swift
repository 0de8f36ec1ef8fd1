import Tokens

extension [TokenID] {
  /// The tokens that would repeat a sequence of `length` tokens, if they came next.
  ///
  /// Source: Paulus, Xiong and Socher 2017, "A Deep Reinforced Model for Abstractive Summarization", section 2.5, for
  /// never repeating a trigram.
  func repeating(_ length: Int) -> [TokenID] {
    guard length > 0, count >= length else { return [] }
    let ending = suffix(length - 1)
    return (0...(count - length)).compactMap { start in
      self[start..<start + length - 1].elementsEqual(ending) ? self[start + length - 1] : nil
    }
  }

  /// The tokens that would complete one of these sequences, if they came next.
  func completing(_ sequences: [[TokenID]]) -> [TokenID] {
    sequences.compactMap { sequence in
      guard let last = sequence.last, suffix(sequence.count - 1).elementsEqual(sequence.dropLast()) else {
        return nil
      }
      return last
    }
  }
}
