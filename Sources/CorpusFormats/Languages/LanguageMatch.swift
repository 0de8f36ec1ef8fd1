import Synchronization
import Text

/// How well the language of a text fits one that was asked for.
///
/// Codes are compared as ICU understands them: `eng`, `en_US` and `EN-us` are what they mean, and scripts that are not
/// written are the likely ones. A language without a region fits all its regions, but different regions or scripts do
/// not fit each other: `pt-BR` never finds `pt-PT`.
enum LanguageMatch: Int, Comparable {
  /// A region was asked for, and the text has none: `pt-BR` finds `pt`.
  case general = 1
  /// The text has a region, and none was asked for: `en` finds `en-US`.
  case regional
  /// The languages are the same.
  case exact

  static func < (a: LanguageMatch, b: LanguageMatch) -> Bool { a.rawValue < b.rawValue }

  /// Compares two codes; nil if they do not fit.
  ///
  /// - Parameters:
  ///   - wanted: the code that was asked for.
  ///   - found: the code in the file.
  init?(_ wanted: String, _ found: String) {
    if wanted.isEmpty || found.isEmpty { return nil }
    let (a, b) = (LanguageCode.known(wanted), LanguageCode.known(found))
    guard a.language == b.language, a.script == b.script else { return nil }
    if a.region == b.region {
      self = a.rest == b.rest ? .exact : .regional
    } else if a.region.isEmpty {
      self = .regional
    } else if b.region.isEmpty {
      self = .general
    } else {
      return nil
    }
  }
}

/// The parts of a language code in their canonical form.
struct LanguageCode: Sendable {
  let language, script, region, rest: String

  /// The parts of codes that were seen: a memory has the same few in each of its millions of entries.
  private static let seen = Mutex<[String: LanguageCode]>([:])

  /// The parts of a code.
  static func known(_ code: String) -> LanguageCode {
    if let parts = seen.withLock({ $0[code] }) { return parts }
    let parts = LanguageCode(code)
    // A damaged file may have any number of codes.
    seen.withLock { if $0.count < 1000 { $0[code] = parts } }
    return parts
  }

  private init(_ code: String) {
    let code = code.split(separator: ".").first.map(String.init) ?? code
    let parts = code.replacing("@", with: "-").replacing("_", with: "-").lowercased().split(separator: "-")
    guard let known = try? Language(code: code), !known.code.isEmpty else {
      // A code that ICU refuses, such as `en-UK`, still means its language.
      let language = parts.first.flatMap { try? Language(code: String($0)) }
      self.language = language?.primary ?? parts.first.map(String.init) ?? ""
      script = language?.script ?? ""
      region = parts.dropFirst().first.map(String.init) ?? ""
      rest = parts.dropFirst(2).joined(separator: "-")
      return
    }
    var subtags = known.code.split(separator: "-").map(String.init).dropFirst()
    if let first = subtags.first, first.utf8.count == 4, first.first?.isLetter == true {
      subtags.removeFirst()
    }
    if let first = subtags.first, 2...3 ~= first.utf8.count {
      region = first.lowercased()
      subtags.removeFirst()
    } else {
      region = ""
    }
    (language, script) = (known.primary, known.script)
    rest = subtags.joined(separator: "-").lowercased()
  }
}

extension Sequence {
  /// The elements whose languages fit one that was asked for best, in order; those that fit equally well.
  func bestMatches(_ wanted: String, _ code: (Element) -> String) -> [Element] {
    var (best, found): (LanguageMatch?, [Element]) = (nil, [])
    for element in self {
      guard let match = LanguageMatch(wanted, code(element)) else { continue }
      if let best, match < best { continue }
      if let present = best, match > present { found = [] }
      best = match
      found.append(element)
    }
    return found
  }
}
