public import Tokens

/// The word alignment of a sentence pair, and the number of subwords of each word.
public struct PairAlignment: Sendable, Equatable {
  /// Links between words.
  public var links: ArraySlice<AlignmentLink>
  /// The number of subwords of each source word.
  public var sourceWords: ArraySlice<UInt16>
  /// The number of subwords of each target word.
  public var targetWords: ArraySlice<UInt16>

  /// The alignment of a pair.
  ///
  /// - Precondition: links refer to existing words.
  public init(
    links: ArraySlice<AlignmentLink>, sourceWords: ArraySlice<UInt16>, targetWords: ArraySlice<UInt16>
  ) {
    (self.links, self.sourceWords, self.targetWords) = (links, sourceWords, targetWords)
  }

  /// The links between all subwords of aligned words, without duplicates, sorted by target, then source.
  public var ofSubwords: [AlignmentLink] {
    let (sources, targets) = (ranges(sourceWords), ranges(targetWords))
    var found: [UInt32] = []
    for link in links {
      for target in targets[Int(link.target)] {
        for source in sources[Int(link.source)] { found.append(UInt32(target) << 16 | UInt32(source)) }
      }
    }
    found.sort()
    // A file may contain a link twice.
    return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map {
      AlignmentLink(source: UInt16(truncatingIfNeeded: found[$0]), target: UInt16(found[$0] >> 16))
    }
  }
}

/// The range of each word's subwords.
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
  /// The number of ids of each word, counting a tag as a word; empty if words do not matter.
  public var wordLengths: [UInt16]
  /// Whether the first word is a tag, which alignment files do not count.
  public var hasTag: Bool

  /// An encoded sentence.
  public init(ids: [TokenID], wordLengths: [UInt16] = [], hasTag: Bool = false) {
    (self.ids, self.wordLengths, self.hasTag) = (ids, wordLengths, hasTag)
  }
}

extension AlignmentLink {
  /// The link in a sentence with a tag before its words.
  var behindTag: AlignmentLink { AlignmentLink(source: source + 1, target: target) }
}
