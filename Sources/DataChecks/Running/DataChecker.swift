import Files

/// Looks for faults in parallel text before hours of training.
///
///     let report = try DataChecker(text: CheckedText(training: files)).run()
///     print(report.count(of: .duplicatePair))
///
/// The text is read twice: once for what pairs show by themselves and for duplicates, and once to compare each pair with
/// what the corpus itself teaches about words and their translations. Memory is bounded: it does not grow with the
/// text, except for a bit for each line and the lines that ``CheckOptions/keepsLines`` asks for.
public struct DataChecker: Sendable {
  let text: CheckedText
  let options: CheckOptions

  /// A check of files.
  public init(text: CheckedText, options: CheckOptions = CheckOptions()) {
    (self.text, self.options) = (text, options)
  }

  /// Checks the files.
  ///
  /// - Parameter progress: called often, on the calling thread; an error that it throws ends the check.
  /// - Returns: what was found.
  /// - Throws: `FileError` if a file cannot be read, and what `progress` throws.
  public func run(progress: (CheckProgress) throws -> Void = { _ in }) throws -> DataReport {
    try progress(CheckProgress(.sampling))
    let context = try CorpusSampler.context(of: text.training, options)
    var report = DataReport()
    (report.sourceLanguage, report.targetLanguage) = (context.source.language, context.target.language)
    var index = HeldOutIndex()
    var heldOut: [DataReport.Part] = []
    for (number, part) in text.parts.enumerated().dropFirst() {
      heldOut.append(try checkHeldOut(part.role, part.files, number, context, &index, progress))
    }
    report.parts = [try checkTraining(context, index, &report.limitations, progress)] + heldOut
    return report
  }

  /// The checks of pairs by themselves.
  func pairChecks(_ context: CorpusContext, _ index: HeldOutIndex) -> [any PairCheck] {
    var checks: [any PairCheck] = [
      EmptySideCheck(), EncodingCheck(), CharacterCheck(), MarkupCheck(),
      CopyCheck(sharesScript: context.sharesScript), ScriptCheck(context: context),
      LanguageCheck(context: context, isThorough: options.isThorough), LengthCheck(lengths: context.lengths),
      RepetitionCheck(),
      NumberCheck(
        sourceWords: NumberWords(context.source.language), targetWords: NumberWords(context.target.language)),
      FormCheck(),
    ]
    if !index.isEmpty { checks.append(HeldOutCheck(index: index)) }
    if let pipeline = options.pipeline {
      checks.append(SubwordCheck(pipeline: pipeline, maxLength: options.maxLength))
    }
    let wanted = KindSet(options.kinds)
    return checks.filter { wanted.containsAny(type(of: $0).kinds) }
  }

  private func checkHeldOut(
    _ role: CheckedText.Role, _ files: PairFiles, _ number: Int, _ context: CorpusContext,
    _ index: inout HeldOutIndex, _ progress: (CheckProgress) throws -> Void
  ) throws -> DataReport.Part {
    var store = FindingStore(examples: options.examples, keepsLines: options.keepsLines)
    let worker = PairWorker(checks: pairChecks(context, HeldOutIndex()), enabled: KindSet(options.kinds))
    var part = DataReport.Part(role: role, files: files)
    let profiler = LineProfiler()
    var pair = PairProfile()
    let counts = try PairPass(files: files, threads: options.threads).run({ worker.check($0) }) {
      block, result in
      for finding in result.findings { store.add(finding, block) }
      pair.block = block
      for line in 0..<block.count {
        pair.read(line, profiler)
        guard let earlier = index.add(pair, set: number), options.kinds.contains(.validationInTest) else {
          continue
        }
        store.add(
          Finding(.validationInTest, .both, line: pair.line),
          note: "as line \(earlier.line) of \(text.parts[Int(earlier.set)].files.source)"
        ) { (Array(pair.text(.source)), Array(pair.text(.target))) }
      }
      try progress(CheckProgress(.heldOut, block.firstLine + block.count - 1))
    }
    try addFileFindings(files, counts, nil, &store)
    part.complete(counts, store)
    return part
  }

  private func checkTraining(
    _ context: CorpusContext, _ index: HeldOutIndex, _ limitations: inout [String],
    _ progress: (CheckProgress) throws -> Void
  ) throws -> DataReport.Part {
    var store = FindingStore(examples: options.examples, keepsLines: options.keepsLines)
    let wantsAlignment =
      !options.isQuick
      && (options.kinds.contains(.misalignedStretch) || options.kinds.contains(.unlikelyTranslation))
    var worker = PairWorker(checks: pairChecks(context, index), enabled: KindSet(options.kinds))
    worker.samplesWords = wantsAlignment
    worker.sampledLines = options.alignmentSample
    var corpusChecks: [any CorpusCheck] = [
      DuplicateCheck(mostPairs: options.mostPairs), ManyTranslationsCheck(mostPairs: options.mostPairs),
    ]
    let enabled = KindSet(options.kinds)
    corpusChecks.removeAll { !enabled.containsAny(type(of: $0).kinds) }
    worker.hashes = !corpusChecks.isEmpty
    var sample = TranslationSample(limit: options.alignmentSample)
    var faulty = LineSet()
    let (pass, shared) = (PairPass(files: text.training, threads: options.threads), worker)
    let counts = try pass.run({ shared.check($0) }) { block, result in
      for finding in result.findings {
        store.add(finding, block)
        if Self.excludesAlignment(finding.kind) { faulty.insert(Int(finding.line)) }
      }
      var found: [Finding] = []
      for number in corpusChecks.indices {
        for pair in result.hashes { corpusChecks[number].add(pair, &found) }
      }
      for finding in found where enabled.contains(finding.kind) {
        store.add(finding, block)
      }
      for pair in result.sample { sample.add(pair) }
      try progress(CheckProgress(.pairs, block.firstLine + block.count - 1))
    }
    limitations += corpusChecks.compactMap(\.limitation)
    if wantsAlignment {
      try checkAlignment(sample, faulty, counts.pairs, &store, &limitations, progress)
    }
    try addFileFindings(text.training, counts, context, &store)
    var part = DataReport.Part(role: .training, files: text.training)
    part.complete(counts, store)
    return part
  }

  /// Whether a pair with such a fault is not looked at again.
  private static func excludesAlignment(_ kind: FindingKind) -> Bool {
    switch kind {
    case .emptySource, .emptyTarget, .emptyPair, .copiedText, .swappedSides, .wrongScriptSource,
      .wrongScriptTarget,
      .wrongLanguageSource, .wrongLanguageTarget, .noWords, .invalidUTF8, .mojibake, .doubleEncoding,
      .repeatedWords,
      .mostlySymbols:
      true
    default: false
    }
  }
}

extension DataReport.Part {
  mutating func complete(_ counts: PairPass.Counts, _ store: FindingStore) {
    (pairs, sourceLines, targetLines) = (counts.pairs, counts.sourceLines, counts.targetLines)
    (findings, habits) = store.summary(pairs: counts.pairs)
  }
}

extension FindingStore {
  /// Adds a finding in a block.
  mutating func add(_ finding: Finding, _ block: PairBlock) {
    let index = Int(finding.line) - block.firstLine
    add(finding) { (Array(block.source[index]), Array(block.target[index])) }
  }
}
