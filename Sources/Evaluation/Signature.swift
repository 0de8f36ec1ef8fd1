/// The settings of a score, which show whether two scores are comparable.
///
/// The format is sacreBLEU's: `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0`.
///
/// Source: Post 2018, "A Call for Clarity in Reporting BLEU Scores".
public struct Signature: Sendable, Equatable, CustomStringConvertible {
  /// The sacreBLEU release whose scores the metrics of this module reproduce.
  public static let version = "2.6.0"

  /// Names and values in output order, without the version.
  public private(set) var entries: [Entry]

  /// One setting.
  public struct Entry: Sendable, Equatable {
    /// The setting's name in sacreBLEU: "tok".
    public let name: String
    /// Its value: "13a".
    public let value: String

    /// A setting.
    public init(name: String, value: String) { (self.name, self.value) = (name, value) }
  }

  /// A signature with the number of references, "var" if segments differ in it, then a metric's settings.
  init(referenceCount: Int?, _ settings: KeyValuePairs<String, String>) {
    entries = [Entry(name: "nrefs", value: referenceCount.map { String($0) } ?? "var")]
    entries += settings.map { Entry(name: $0.key, value: $0.value) }
  }

  /// The same signature with further settings after the number of references.
  public func adding(_ settings: [Entry]) -> Signature {
    var copy = self
    copy.entries.insert(contentsOf: settings, at: 1)
    return copy
  }

  /// The settings as one word without spaces.
  public var description: String {
    (entries + [Entry(name: "version", value: Self.version)])
      .map { "\($0.name):\($0.value)" }.joined(separator: "|")
  }

  /// The settings with abbreviated names, in sacreBLEU's short format: `#:1|c:mixed|e:no|tok:13a|s:exp|v:2.6.0`.
  public var short: String {
    let isTER = entries.contains { $0.name == "asian" }
    return (entries + [Entry(name: "version", value: Self.version)]).map { entry in
      let short = isTER && entry.name == "tok" ? "t" : Self.abbreviations[entry.name]
      return "\(short ?? entry.name):\(entry.value)"
    }.joined(separator: "|")
  }

  /// sacreBLEU's abbreviations.
  private static let abbreviations = [
    "version": "v", "nrefs": "#", "seed": "rs", "case": "c", "eff": "e", "smooth": "s", "space": "s",
    "norm": "nr", "punct": "pn", "asian": "as",
  ]
}
