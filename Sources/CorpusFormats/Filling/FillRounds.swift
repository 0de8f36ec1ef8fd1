/// The lines of texts to translate, each only once, in up to three rounds: a text whose translation lacks tags or
/// placeholders is tried again in another way.
///
/// A text without words, such as a number, is its own translation.
struct FillRounds {
  private let jobs: [FillJob]
  /// For each job its translation; nil if there is none so far.
  private(set) var results: [TaggedText?]
  private var open: [Int]
  private var attempts = SegmentPlan.Attempt.allCases[...]
  private var tried: [Int] = []
  private var lines: [String] = []

  init(_ jobs: [FillJob]) {
    self.jobs = jobs
    results = jobs.map { $0.plan.hasWords ? nil : $0.plan.source }
    open = jobs.indices.filter { jobs[$0].plan.hasWords }
  }

  /// The lines of the next round, of which the translations are then taken; nil after the last.
  mutating func nextLines() -> [String]? {
    while let attempt = attempts.first {
      tried = open.filter { jobs[$0].plan.attempts.contains(attempt) }
      var known: Set<String> = []
      lines = tried.flatMap { jobs[$0].plan.lines(attempt) }.filter { known.insert($0).inserted }
      if !lines.isEmpty { return lines }
      attempts.removeFirst()
    }
    return nil
  }

  /// Ends a round.
  mutating func take(_ translations: [String]) {
    precondition(
      translations.count == lines.count, "\(translations.count) translations of \(lines.count) lines")
    let table = Dictionary(zip(lines, translations)) { first, _ in first }
    guard let attempt = attempts.popFirst() else { return }
    for index in tried {
      let plan = jobs[index].plan
      results[index] = plan.result(attempt, plan.lines(attempt).map { table[$0] ?? "" })
    }
    open.removeAll { results[$0] != nil }
  }
}
