import Testing
import Text

/// What is protected in lines.
@Suite struct SpanFinderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    /// The spans, each in ⟦⟧.
    let marked: String
    var testDescription: String { line }

    init(_ marked: String) {
      self.marked = marked
      line = marked.filter { $0 != "⟦" && $0 != "⟧" }
    }
  }

  static let standard = [
    "Visit ⟦https://example.org/a?b=c&d=(e)⟧.", "(see ⟦http://x.org/y⟧), or ⟦www.example.com⟧!",
    "⟦https://en.wikipedia.org/wiki/Swift_(bird)⟧ is it", "go to ⟦example.com/docs⟧ or ⟦swift.org⟧.",
    "Mail ⟦john.doe+x@mail.example.org⟧, or ⟦a@b.de⟧.",
    "Hello ⟦{name}⟧, you have ⟦{0:.2f}⟧ of ⟦{{ count }}⟧.",
    "⟦%1$s⟧ of ⟦%(n)d⟧ and ⟦%s⟧, ⟦%-5.2f⟧; ⟦%@⟧, ⟦%ld⟧, ⟦%%⟧", "Set ⟦${HOME}⟧ or ⟦%PATH%⟧ or ⟦%1⟧.",
    "⟦<b>⟧bold⟦</b>⟧ and ⟦<br/>⟧ ⟦<a href=\"x>y\">⟧".replacing("x>y", with: "x y"),
    "Tom ⟦&amp;⟧ Jerry, it⟦&#39;⟧s ⟦&#x1F600;⟧", "open ⟦/usr/local/bin⟧ and ⟦~/notes⟧, ⟦../up/x⟧",
    #"open ⟦C:\Windows\System32⟧, please"#, "edit ⟦src/main.swift⟧ and ⟦README.md⟧.",
    "⟦{count, plural, one {# file} other {# files}}⟧ selected", "⟦<!-- note -->⟧ x", "a⟦%s⟧",
    "⟦{}⟧ and ⟦%L1⟧",
    "⟦<name>⟧ is missing", "« ⟦https://x.org⟧ »",
    // None of these.
    "100% sure, 5 % discount, 50%d", "and/or he/she; a < b and c > d", "Fish & chips; AT&T; R&D;",
    "It is 3.14, at 10:30 on 5/6. Then. i.e. e.g.", "{a set of words} is not one", "km/h", "U.S. and Ph.D.",
    "the end.Next sentence", "user @ home", "", "a & b; c",
  ]
  .map { Case($0) }

  static let others: [(kind: SpanKind, cases: [String])] = [
    (
      .number, ["⟦5 km/h⟧ and ⟦20%⟧, ⟦€ 1,000.50⟧, ⟦v1.2.3⟧, ⟦12345678⟧, 5 and 1,000", "⟦-5 °C⟧ at ⟦3.5 GB⟧"]
    ),
    (.date, ["on ⟦2026-11-29T20:44:23Z⟧, ⟦3.10.2026⟧, ⟦10:30⟧, 1.2.3.4"]),
    (.emoji, ["fun ⟦👩‍👩‍👧🇩🇪⟧ © ⟦❤️⟧ ⟦1️⃣⟧ — x"]),
  ]

  private func marked(_ line: String, _ finder: SpanFinder) -> String {
    let bytes = Array(line.utf8)
    var (result, end): ([UInt8], Int) = ([], 0)
    for span in finder.spans(in: bytes) {
      result += bytes[end..<span.range.lowerBound] + Array("⟦".utf8) + bytes[span.range] + Array("⟧".utf8)
      end = span.range.upperBound
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  @Test(arguments: standard)
  func standardKindsAreFound(_ item: Case) { #expect(marked(item.line, SpanFinder()) == item.marked) }

  @Test func otherKindsAreFoundOnRequest() {
    for (kind, cases) in Self.others {
      for item in cases.map({ Case($0) }) {
        #expect(marked(item.line, SpanFinder(kinds: [kind])) == item.marked)
        #expect(marked(item.line, SpanFinder()) == item.line)
      }
    }
  }

  @Test func ownPatternsAreFoundAndTheLongestCounts() {
    let finder = SpanFinder(patterns: ["[A-Z]{2}-[0-9]+", "AB"])
    #expect(marked("AB-12 and AB, {x}", finder) == "⟦AB-12⟧ and ⟦AB⟧, ⟦{x}⟧")
    #expect(finder.spans(in: Array("AB-12".utf8)).map(\.kind) == [.pattern])
    #expect(SpanFinder.problem(ofPattern: "(") != nil)
    #expect(SpanFinder.problem(ofPattern: "x*") != nil)
    #expect(SpanFinder.problem(ofPattern: "x+") == nil)
    #expect(SpanFinder(kinds: []).spans(in: Array("{x} https://x.org".utf8)).isEmpty)
  }

  /// Nothing takes long: 100,000 characters that begin something again and again.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "<a ", "{", "%", "&a", "a@", "a.", "/", "a/", "<!--", "<a b=\"", "{{", "https://", "www.", "1", "a+",
      "\\\\a\\", "&#",
      "{x,", "{a, plural, {", "-", "%(", "👩", "1.1", "a.b@c.", "http://a.", "~/", "<a b c=",
    ])
  func hostileTextIsQuick(_ part: String) {
    let line = Array(String(repeating: part, count: 100_000 / part.utf8.count).utf8)
    let spans = SpanFinder(kinds: Set(SpanKind.allCases)).spans(in: line)
    #expect(spans.allSatisfy { $0.range.upperBound <= line.count && !$0.range.isEmpty })
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
  }
}
