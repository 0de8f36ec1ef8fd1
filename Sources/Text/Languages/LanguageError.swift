/// Why a code is not that of a language.
public struct LanguageError: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Problem: Equatable, Sendable {
    /// It does not have the form of a code.
    case notACode
    /// No language has a code that begins so.
    case unknownLanguage
    /// Its second part is not a script.
    case unknownScript(String)
    /// It contains a region that does not exist.
    case unknownRegion(String)
  }

  /// The code as it was given.
  public let code: String
  /// What is wrong with it.
  public let problem: Problem
  /// A code that may be meant.
  public let suggestion: String?
}

extension LanguageError: CustomStringConvertible {
  /// What was found, and what to do.
  public var description: String {
    let found =
      switch problem {
      case .notACode: "'\(code)' is not a language code"
      case .unknownLanguage: "'\(code)' is not a language: no language has this code"
      case .unknownScript(let script): "'\(code)' is not a language: there is no script '\(script)'"
      case .unknownRegion(let region): "'\(code)' is not a language: there is no region '\(region)'"
      }
    let hint = suggestion.map { "did you mean '\($0)'?" }
    return "\(found); \(hint ?? "give a code of ISO 639 such as 'de', 'jpn' or 'pt-BR'")"
  }
}
