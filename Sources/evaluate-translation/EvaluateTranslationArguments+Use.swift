import CommandLineArguments

extension EvaluateTranslationArguments {
  typealias MetricName = MetricOptionGroup.MetricName

  /// The metrics that options belong to.
  private static var users: [(option: PartialKeyPath<Self>, metrics: [MetricName])] {
    [
      (\.metrics.tokenizer, [.bleu]), (\.metrics.tokenizerModel, [.bleu]), (\.metrics.smoothing, [.bleu]),
      (\.metrics.smoothingValue, [.bleu]),
      (\.metrics.isLowercased, [.bleu, .chrf, .chrfPlusPlus]), (\.chrF.wordOrder, [.chrf]),
      (\.chrF.characterOrder, chrFs), (\.chrF.beta, chrFs), (\.chrF.isLowercased, chrFs),
      (\.chrF.countsWhitespace, chrFs), (\.chrF.smoothsByEpsilon, chrFs), (\.ter.isNormalized, [.ter]),
      (\.ter.removesPunctuation, [.ter]), (\.ter.supportsAsianText, [.ter]), (\.ter.isCaseSensitive, [.ter]),
    ]
  }
  private static let chrFs: [MetricName] = [.chrf, .chrfPlusPlus]

  /// Refuses options that nothing would use.
  func checkUse(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for (option, names) in Self.users
    where given.contains(option) && Set(names).isDisjoint(with: metrics.names) {
      let wanted = names.map(\.rawValue).joined(separator: " or ")
      throw .conflict(
        "'\(given.name(of: option))' is an option of \(wanted), which '--metrics' leaves out; add the metric, or leave "
          + "the option out")
    }
    let comparing: [PartialKeyPath<Self>] = [
      \.statistics.chosenTest, \.statistics.chosenDefinition, \.statistics.usesPairedBootstrap,
      \.statistics.usesPairedRandomization,
    ]
    for option in comparing where given.contains(option) && !comparesSystems {
      throw .conflict(
        output.isScoreOnly
          ? "'\(given.name(of: option))' has no effect with '--score-only'; leave one of them out"
          : "'\(given.name(of: option))' compares systems; name several with '--hypothesis'")
    }
    let random: [PartialKeyPath<Self>] = [\.statistics.trials, \.statistics.seed]
    let isRandom = comparesSystems && statistics.test != nil || statistics.confidence
    for option in random where given.contains(option) && !isRandom {
      throw .conflict(
        "'\(given.name(of: option))' is for significance tests and intervals; name several systems with '--hypothesis', "
          + "or add '--confidence'")
    }
    if statistics.confidence, output.isSentenceLevel || output.isScoreOnly {
      let other = output.isSentenceLevel ? "--sentence-level" : "--score-only"
      throw .conflict("'--confidence' and '\(other)' cannot be used together")
    }
    if !documents.names.isEmpty, !documents.joinsSegments, output.isScoreOnly {
      throw .conflict(
        "'--documents' prints a table with the scores of each document, '--score-only' nothing but scores; leave one of "
          + "them out")
    }
    if documents.joinsSegments, files.skipsEmptyReferences {
      throw .conflict(
        "'--document-level' joins the references of a document, so '--skip-empty-references' cannot leave lines out"
      )
    }
  }
}
