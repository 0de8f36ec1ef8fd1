import Reporting
import Translation

/// Warnings about lines that were repaired, cut, misread, or translated in part.
struct Notices {
  /// Maximum number of lines to list; more would hide everything else.
  fileprivate static let named = 10

  private var repaired = 0
  private var limited = LineList()
  private var short = LineList()
  private var tags = 0

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
        "\(limited.subject) reached the maximum length and may be cut off (\(limited.lines)); see --max-length-ratio"
      )
    }
    if short.count > 0 {
      say(
        "\(short.subject) \(short.count == 1 ? "is" : "are") much shorter than the source, so a part is probably missing "
          + "(\(short.lines)); see --split-sentences")
    }
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
