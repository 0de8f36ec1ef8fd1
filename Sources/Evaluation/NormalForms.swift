import Machine
import Text

// Accented letters can be written as one character or as a letter with combining marks. They look equal, but no metric
// sees them as equal.

/// The number of segments in which a word of the hypothesis looks like one of a reference, but has other code points:
/// the two are equal in Unicode's normal form NFC only.
///
/// - Parameters:
///   - hypotheses: one translation per segment, UTF-8.
///   - references: one or more references of each segment.
///   - threads: the largest number of threads.
/// - Returns: 0 if composing both texts would make no further words equal.
public func segmentsWithEquivalentWords(
  hypotheses: [[UInt8]], references: SegmentReferences, threads: Int = 1
) -> Int {
  let size = 4096
  return concurrentMap((hypotheses.count + size - 1) / size, threads: threads) { part in
    let range = part * size..<min(hypotheses.count, (part + 1) * size)
    return equivalentSegments(hypotheses[range], references.segments[range])
  }.reduce(0, +)
}

private func equivalentSegments(
  _ hypotheses: ArraySlice<[UInt8]>, _ references: ArraySlice<[[UInt8]]>
) -> Int {
  let normalizer = Normalizer(form: .nfc)
  return zip(hypotheses, references).count { hypothesis, references in
    let lines = [hypothesis] + references
    // Nothing composes in most lines, and then there is nothing to compare.
    guard lines.contains(where: { normalizer.normalize($0) != $0 }) else { return false }
    let words = lines.map { Set(wordsOfLine($0)) }
    let unmatched = words[0].filter { word in !words.dropFirst().contains { $0.contains(word) } }
    let composed = Set(unmatched.map(normalizer.normalize))
    return words.dropFirst().contains { reference in
      reference.contains { !words[0].contains($0) && composed.contains(normalizer.normalize($0)) }
    }
  }
}

/// Lines in Unicode's normal form NFC, in which every letter that exists as one character is one character.
public func composed(_ lines: [[UInt8]]) -> [[UInt8]] {
  let normalizer = Normalizer(form: .nfc)
  return lines.map(normalizer.normalize)
}

private func wordsOfLine(_ line: [UInt8]) -> [[UInt8]] {
  var words: [[UInt8]] = []
  forEachWord(in: line) { words.append(Array(line[$0])) }
  return words
}
