import Decoding
import Formatting
import Glibc
import Reporting
import Translation

/// Warnings about lines that were repaired, cut, misread, or translated in part.
struct Notices {
  /// Maximum number of lines to list; more would hide everything else.
  fileprivate static let named = 10

  private var repaired = 0
  private var limited = LineList()
  private var short = LineList()
  private var replaced = LineList()
  private var looping = LineList()
  private var tags = 0
  /// Lines whose confidence is below ``flagBelow``.
  private var flagged = LineList()
  /// The confidence below which lines are named; nil for none.
  private let flagBelow: Double?

  /// Whether there is a glossary for all lines.
  private let hasGlossary: Bool

  init(flagBelow: Double? = nil, hasGlossary: Bool = false) {
    (self.flagBelow, self.hasGlossary) = (flagBelow, hasGlossary)
  }

  /// Sums over given translations.
  private var logProbability = 0.0
  private var predictions = 0
  /// Given translations that the model cannot produce.
  private var impossible = LineList()
  /// Terms in sources, and those whose translation is not used.
  private var terms = 0
  private var missing: [(line: Int, term: TermResult)] = []
  private var missingCount = 0

  /// Protected spans that the model left out.
  private var inserted = LineList()
  private var lost: [(line: Int, text: String)] = []
  private var lostCount = 0

  mutating func note(_ result: TranslationResult) {
    if result.wasRepaired {
      repaired += 1
      if repaired <= Self.named {
        say("line \(result.lineNumber) is not valid UTF-8; invalid bytes were replaced with U+FFFD")
      }
    }
    if result.tagIsText { tags += 1 }
    if result.alternatives.first?.reachedLimit ?? false { limited.add(result.lineNumber) }
    if result.isShort { short.add(result.lineNumber) }
    if let flagBelow, let confidence = result.alternatives.first?.confidence, confidence < flagBelow {
      flagged.add(result.lineNumber)
    }
    switch result.alternatives.first?.repetition {
    case .replaced: replaced.add(result.lineNumber)
    case .remains: looping.add(result.lineNumber)
    case .some(.none), nil: break
    }
    if let best = result.alternatives.first, best.logProbability.isFinite {
      logProbability += best.logProbability
      predictions += best.length
    }
    if result.alternatives.first?.logProbability == -.infinity { impossible.add(result.lineNumber) }
    noteSpans(of: result)
    for term in result.alternatives.first?.terms ?? [] {
      terms += 1
      guard term.found == nil else { continue }
      missingCount += 1
      if missing.count < Self.named { missing.append((result.lineNumber, term)) }
    }
  }

  private mutating func noteSpans(of result: TranslationResult) {
    let spans = result.alternatives.first?.protected ?? []
    if spans.contains(where: { $0.state == .inserted }) { inserted.add(result.lineNumber) }
    for span in spans where span.state == .missing {
      lostCount += 1
      if lost.count < Self.named { lost.append((result.lineNumber, span.text)) }
    }
  }

  /// Prints the summary, at the end of the work.
  func summarize() {
    if repaired > Self.named {
      say("\(repaired) lines are not valid UTF-8; is the file in another encoding?")
    }
    if tags > 0 {
      say(
        "\(tags == 1 ? "1 line begins" : "\(tags) lines begin") with a tag, which was translated as text: "
          + "--prefix-source sets the tag of every line; leave it out if lines have their own")
    }
    if limited.count > 0 {
      say(
        "\(limited.subject) reached the maximum length and may be cut off (\(limited.lines)); see --max-length-ratio and --max-length"
      )
    }
    summarizeTerms()
    if let flagBelow {
      say(
        "\(flagged.subject) \(flagged.count == 1 ? "has" : "have") a confidence below \(flagBelow)"
          + (flagged.count == 0 ? "" : " (\(flagged.lines))"))
    }
    if inserted.count > 0 {
      say(
        "\(inserted.subject) lacked protected text, which was inserted where alignment "
          + "says (\(inserted.lines)); see --missing-spans")
    }
    for (line, text) in lost { say("line \(line): '\(text)' is protected and missing in the translation") }
    if lostCount > lost.count { say("and \(lostCount - lost.count) more; see --json") }
    if replaced.count > 0 {
      say(
        "\(replaced.subject) repeated \(replaced.count == 1 ? "itself" : "themselves") and \(replaced.count == 1 ? "was" : "were") "
          + "searched again (\(replaced.lines)); see --keep-repetitions")
    }
    if looping.count > 0 {
      say(
        "\(looping.subject) \(looping.count == 1 ? "repeats itself" : "repeat themselves") (\(looping.lines)); no other was found"
      )
    }
    if short.count > 0 {
      say(
        "\(short.subject) \(short.count == 1 ? "is" : "are") much shorter than the source, so a part is probably missing "
          + "(\(short.lines)); see --split-sentences")
    }
  }

  /// Prints how probable given translations are, and which the model cannot produce.
  ///
  /// - Parameter isList: whether lines have several, whose perplexity says nothing.
  func summarizeScores(isList: Bool) {
    if impossible.count > 0 {
      say(
        "\(impossible.subject) cannot come from this model, which gives the probability 0 (\(impossible.lines))"
      )
    }
    guard predictions > 0, !isList else { return }
    say(
      "perplexity \(Readable.decimal(exp(-logProbability / Double(predictions)), 2)) of \(Readable.count(predictions)) tokens"
    )
  }

  /// Prints which terms are missing; for a glossary, also that none is.
  private func summarizeTerms() {
    guard terms > 0 else {
      if hasGlossary { say("no term of the glossary occurs in the text; see --glossary-match") }
      return
    }
    say(
      "\(terms - missingCount) of \(terms) \(terms == 1 ? "term is" : "terms are") translated as the glossary says"
    )
    for (line, term) in missing {
      say("line \(line): '\(term.source)' is not translated as '\(term.targets.joined(separator: "' or '"))'")
    }
    if missingCount > missing.count { say("and \(missingCount - missing.count) more; see --json") }
  }

  private func say(_ message: String) { Console.standardError.message("translate: " + message) }
}

/// Lines with something in common, of which the first are named.
private struct LineList {
  private(set) var count = 0
  private var first: [Int] = []

  mutating func add(_ line: Int) {
    count += 1
    if first.count < Notices.named { first.append(line) }
  }

  var subject: String { count == 1 ? "1 translation" : "\(count) translations" }

  var lines: String {
    "line " + first.map(String.init).joined(separator: ", ") + (count > first.count ? ", …" : "")
  }
}
