import CommandLineArguments
import Files
import Formatting
import Serving

/// Who may use the server, and what it keeps.
struct AccessOptionGroup: OptionGroup {
  var database: String?
  var requireKey = false
  var requestsPerMinute: Int?
  var charactersPerMonth: Int?
  var behindProxy = false
  var suggestions = false
  var metricsToken: String?

  static let title = "Access"
  static let options: [Option<Self>] = [
    Option(
      "--database", "file",
      "SQLite file for glossaries, keys and usage; made if it is missing (default: in memory, lost at the end)",
      \.database),
    Option("--require-key", "refuse requests without a key; manage-keys makes keys", \.requireKey),
    Option(
      "--requests-per-minute", "count", "texts of a key, or of an address without a key", \.requestsPerMinute,
      limit: .atLeast(1)),
    Option(
      "--characters-per-month", "count", "characters of a key", \.charactersPerMonth, limit: .atLeast(1)),
    Option(
      "--behind-proxy",
      "take the addresses of clients from X-Forwarded-For, as a web server before this one writes it",
      \.behindProxy),
    Option("--suggestions", "keep better translations that clients suggest", \.suggestions),
    Option(
      "--metrics-token", "file", "file with a token that /metrics then asks for, as 'Authorization: Bearer'",
      \.metricsToken),
  ]

  func apply(to options: inout TranslationServer.Options) throws {
    options.requiresKey = requireKey
    options.requestsPerMinute = requestsPerMinute
    options.charactersPerMonth = charactersPerMonth
    options.isBehindProxy = behindProxy
    options.takesSuggestions = suggestions
    options.metricsToken = try metricsToken.map(token)
  }

  /// The first line of a file.
  private func token(_ path: String) throws -> String {
    let line = try LineReader(path: path).next()
    guard let line, !line.isEmpty else {
      throw FileError.invalidFormat(
        path: path, place: "line 1", found: "nothing", expected: "a token",
        hint: "write a long random text there")
    }
    return String(decoding: line, as: UTF8.self)
  }
}
