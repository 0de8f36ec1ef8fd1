public import Text

/// What becomes of a protected span that the model leaves out.
public enum MissingSpans: String, Sendable, CaseIterable {
  /// It is inserted where alignment says.
  case insert
  /// It is only reported.
  case report
}

/// A choice of what is protected; ``none`` and ``all`` stand alone.
public enum ProtectedKind: String, Sendable, CaseIterable {
  /// `{name}`, `{0}`, `%1$s`, `%(n)d`, `%s`, `${x}`, `{{ x }}`.
  case placeholder
  /// `<b>`, `</b>`, `<br/>`.
  case tag
  /// `&amp;`, `&#39;`.
  case entity
  /// Addresses of the web.
  case url
  /// E-mail addresses.
  case email
  /// Paths and names of files.
  case path
  /// Numbers with units, versions, long groups of digits.
  case number
  /// Dates and times in digits.
  case date
  /// Emoji.
  case emoji
  /// All of these.
  case all
  /// None of these.
  case none

  /// What is protected by default.
  public static let standard = allCases.filter {
    SpanKind(rawValue: $0.rawValue).map(SpanKind.standard.contains) ?? false
  }
}

/// Which spans of lines must be in the translations as they are.
public struct Protection: Sendable, Equatable {
  /// What is protected.
  public var kinds = SpanKind.standard
  /// More patterns, regular expressions in ICU's syntax.
  public var patterns: [String] = []
  /// What becomes of those that the model leaves out.
  public var missing = MissingSpans.insert

  /// The standard kinds.
  public init() {}

  /// These kinds and patterns.
  public init(_ kinds: [ProtectedKind], patterns: [String] = [], missing: MissingSpans = .insert) {
    (self.patterns, self.missing) = (patterns, missing)
    self.kinds =
      kinds.contains(.all)
      ? Set(SpanKind.allCases.filter { $0 != .pattern })
      : Set(kinds.compactMap { SpanKind(rawValue: $0.rawValue) })
  }

  /// Nothing is protected.
  public static var none: Protection {
    var none = Protection()
    none.kinds = []
    return none
  }

  /// Checks the patterns.
  ///
  /// - Throws: ``TranslationError/protect(pattern:problem:)``.
  func validate() throws(TranslationError) { try requirePatterns(patterns) }

  /// What finds the spans; nil if there is nothing to find.
  func makeFinder() -> SpanFinder? {
    kinds.isEmpty && patterns.isEmpty ? nil : SpanFinder(kinds: kinds, patterns: patterns)
  }
}

/// Checks that regular expressions can name spans.
///
/// - Throws: ``TranslationError/protect(pattern:problem:)``.
func requirePatterns(_ patterns: [String]) throws(TranslationError) {
  for pattern in patterns {
    if let problem = SpanFinder.problem(ofPattern: pattern) {
      throw .protect(pattern: pattern, problem: problem)
    }
  }
}
