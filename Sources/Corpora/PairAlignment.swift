public import Tokens

/// Which words of a sentence pair translate each other, and which subwords are a word's.
public struct PairAlignment: Sendable, Equatable {
  /// Links between words.
  public var links: ArraySlice<AlignmentLink>
  /// Subwords of each word of the source sentence.
  public var sourceWords: ArraySlice<UInt16>
  /// Subwords of each word of the target sentence.
  public var targetWords: ArraySlice<UInt16>

  /// The alignment of a pair.
  ///
  /// - Precondition: links name words that are there.
  public init(
    links: ArraySlice<AlignmentLink>, sourceWords: ArraySlice<UInt16>, targetWords: ArraySlice<UInt16>
  ) {
    (self.links, self.sourceWords, self.targetWords) = (links, sourceWords, targetWords)
  }

  /// The same links between all subwords of the words, each once, in the order of the target's, then the source's.
  public var ofSubwords: [AlignmentLink] {
    let (sources, targets) = (ranges(sourceWords), ranges(targetWords))
    var found: [UInt32] = []
    for link in links {
      for target in targets[Int(link.target)] {
        for source in sources[Int(link.source)] { found.append(UInt32(target) << 16 | UInt32(source)) }
      }
    }
    found.sort()
    // A file may name a link twice.
    return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map {
      AlignmentLink(source: UInt16(truncatingIfNeeded: found[$0]), target: UInt16(found[$0] >> 16))
    }
  }
}

/// The places of each word's subwords.
private func ranges(_ lengths: ArraySlice<UInt16>) -> [Range<Int>] {
  var end = 0
  return lengths.map { length in
    defer { end += Int(length) }
    return end..<end + Int(length)
  }
}

/// A sentence as ids, grouped into words.
public struct EncodedWords: Sendable, Equatable {
  /// Ids without `</s>`.
  public var ids: [TokenID]
  /// How many of them each word has, a tag counted as one; empty where words do not matter.
  public var wordLengths: [UInt16]
  /// Whether the first of them is a tag, which files of alignments do not count.
  public var hasTag: Bool

  /// A sentence of words.
  public init(ids: [TokenID], wordLengths: [UInt16] = [], hasTag: Bool = false) {
    (self.ids, self.wordLengths, self.hasTag) = (ids, wordLengths, hasTag)
  }
}

extension AlignmentLink {
  /// The link in a sentence that has a tag before its words.
  var behindTag: AlignmentLink { AlignmentLink(source: source + 1, target: target) }
}
