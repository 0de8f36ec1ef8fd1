import Files

extension DataChecker {
  /// Adds what concerns files as a whole.
  func addFileFindings(
    _ files: PairFiles, _ counts: PairPass.Counts, _ context: CorpusContext?, _ store: inout FindingStore
  ) throws {
    func add(_ kind: FindingKind, _ sides: Sides, line: Int = 1, count: Int = 1, _ note: String) {
      guard options.kinds.contains(kind) else { return }
      store.add(Finding(kind, sides, line: line), count: count, note: note) { ([], []) }
    }
    if counts.sourceLines != counts.targetLines {
      add(
        .unequalLineCounts, counts.sourceLines > counts.targetLines ? .source : .target,
        line: counts.pairs + 1,
        count: (counts.sourceLines - counts.targetLines).magnitudeAsInt,
        "\(counts.sourceLines) and \(counts.targetLines) lines")
    }
    for (path, side) in [(files.source, Sides.source), (files.target, .target)] {
      let beginning = try FileBeginning(path: path)
      if beginning.hasByteOrderMark { add(.byteOrderMark, side, path) }
      if beginning.hasCarriageReturns { add(.carriageReturns, side, path) }
    }
    // The language of a few lines is hardly more than a guess.
    guard let context, counts.pairs >= 50 else { return }
    for (side, name) in [(Sides.source, "source"), (.target, "target")] {
      let item = context.side(side)
      guard !item.guessed.isEmpty, item.guessed != item.language, !areVariants(item.guessed, item.language)
      else {
        continue
      }
      add(
        .unexpectedLanguage, side, "the \(name) looks like '\(item.guessed)', not '\(item.language)'")
    }
  }
}

extension Int {
  fileprivate var magnitudeAsInt: Int { self < 0 ? -self : self }
}
