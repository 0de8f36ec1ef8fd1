import Reporting
import Translation

/// Warnings about lines that were repaired, cut, or misread.
struct Notices {
  /// Maximum number of lines to list; more would hide everything else.
  private static let named = 10

  private var repaired = 0
  private var limited: [Int] = []
  private var limitedCount = 0
  private var tags = 0

  mutating func note(_ result: TranslationResult) {
    if result.wasRepaired {
      repaired += 1
      if repaired <= Self.named {
        say("line \(result.lineNumber) is not valid UTF-8; invalid bytes were replaced with U+FFFD")
      }
    }
    if result.tagIsText { tags += 1 }
    if result.alternatives.first?.reachedLimit ?? false {
      limitedCount += 1
      if limited.count < Self.named { limited.append(result.lineNumber) }
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
    guard limitedCount > 0 else { return }
    let numbers =
      limited.map(String.init).joined(separator: ", ") + (limitedCount > limited.count ? ", …" : "")
    let subject = limitedCount == 1 ? "1 translation" : "\(limitedCount) translations"
    say(
      "\(subject) reached the maximum length and may be cut off (line \(numbers)); see --max-length-ratio")
  }

  private func say(_ message: String) { Console.standardError.message("translate: " + message) }
}
