package import Files

extension LexicalShortlist {
  /// Which shortlist a text becomes.
  package struct TextOptions: Sendable {
    /// How many of the first ids are always candidates.
    package var firstCount = 100
    /// How many target ids are kept for each source id: the most probable ones.
    package var bestCount = 100
    /// Pairs of a lower probability are left out.
    package var leastProbability: Float = 0

    /// Marian's defaults.
    package init() {}
  }

  /// Reads a text of lines `target source probability`, plain or gzip, as written by extract-lex.
  ///
  /// Lines with `NULL` are left out, as are tokens without an id. Of equally probable targets, higher ids are kept.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - options: how much of it is kept.
  ///   - sourceCount: the number of source ids.
  ///   - sourceID: the id of a source token, below `sourceCount`; nil if it has none.
  ///   - targetID: the id of a target token; nil if it has none.
  /// - Throws: ``FileError``, which names the line.
  package init(
    textPath path: String, options: TextOptions = TextOptions(), sourceCount: Int,
    sourceID: ([UInt8]) -> Int?, targetID: ([UInt8]) -> Int?
  ) throws(FileError) {
    let reader = try LineReader(path: path)
    var probabilities = [[UInt32: Float]](repeating: [:], count: sourceCount)
    while let line = try reader.next() {
      let words = line.split { isSpace($0) }
      guard !words.isEmpty else { continue }
      guard words.count == 3, let probability = Float(String(decoding: words[2], as: UTF8.self)),
        probability >= 0
      else {
        throw .invalidFormat(
          path: path, place: "line \(reader.lineNumber)",
          found: "'\(String(decoding: line.prefix(60), as: UTF8.self))'",
          expected: "a target token, a source token and a probability",
          hint: "give a lexical table as extract-lex writes it (lex.s2t)")
      }
      guard !words[0].elementsEqual("NULL".utf8), !words[1].elementsEqual("NULL".utf8),
        probability >= options.leastProbability, let source = sourceID(Array(words[1])), source >= 0,
        source < sourceCount, let target = targetID(Array(words[0])), let id = UInt32(exactly: target)
      else { continue }
      probabilities[source][id] = max(probabilities[source][id] ?? 0, probability)
      // Memory stays near what is kept, however long the file is.
      if probabilities[source].count > 4 * options.bestCount + 64 {
        probabilities[source] = best(probabilities[source], options.bestCount)
      }
    }
    self.init(
      firstCount: options.firstCount, bestCount: options.bestCount,
      lists: probabilities.map { Array(best($0, options.bestCount).keys) })
  }
}

private func best(_ probabilities: [UInt32: Float], _ count: Int) -> [UInt32: Float] {
  guard probabilities.count > count else { return probabilities }
  let order = probabilities.sorted { ($0.value, $0.key) > ($1.value, $1.key) }
  return Dictionary(uniqueKeysWithValues: order.prefix(count).map { ($0.key, $0.value) })
}
