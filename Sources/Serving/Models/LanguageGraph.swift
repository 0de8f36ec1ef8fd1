public import Text

/// Which models lead from one language to another.
///
/// A value: after a reload, there is another one.
public struct LanguageGraph: Sendable {
  /// A step from one language to another.
  public struct Step: Sendable, Hashable {
    /// The model folder.
    public var path: String
    /// The direction.
    public var direction: ServedFolder.Direction
  }

  /// The languages that can be translated from, sorted by code.
  public let sources: [Language]
  let steps: [Step]
  private let pivots: Bool

  /// A graph.
  ///
  /// - Parameters:
  ///   - folders: the models.
  ///   - pivots: whether two models may be used one after the other.
  /// - Throws: ``ServingError/sameDirection(source:target:folders:)``.
  public init(_ folders: [ServedFolder], pivots: Bool = true) throws(ServingError) {
    var steps: [Step] = []
    for folder in folders {
      for direction in folder.directions {
        if let other = steps.first(where: { $0.direction.hasLanguages(of: direction) }) {
          throw .sameDirection(
            source: direction.source.code, target: direction.target.code, folders: [other.path, folder.path])
        }
        steps.append(Step(path: folder.path, direction: direction))
      }
    }
    (self.steps, self.pivots) = (steps, pivots)
    sources = Set(steps.map(\.direction.source)).sorted { $0.code < $1.code }
  }

  /// All languages, sorted by code.
  public var languages: [Language] {
    Set(steps.flatMap { [$0.direction.source, $0.direction.target] }).sorted { $0.code < $1.code }
  }

  /// The first directions in which text can be translated, such as `de-en, en-de`.
  public var summary: String {
    let pairs = sources.flatMap { source in targets(of: source).map { "\(source.code)-\($0.code)" } }
    return pairs.prefix(12).joined(separator: ", ")
      + (pairs.count > 12 ? " and \(pairs.count - 12) more directions" : "")
  }

  /// The languages that a language can be translated to, sorted by code.
  public func targets(of source: Language) -> [Language] {
    languages.filter { $0 != source && route(from: source, to: $0) != nil }
  }

  /// The models to use, one after the other; nil if there is no way, an empty list from a language to itself.
  ///
  /// With one model if there is one, else with two, through English if possible.
  public func route(from source: Language, to target: Language) -> [Step]? {
    if source == target { return [] }
    let direct = steps.first { $0.direction.source == source && $0.direction.target == target }
    if let direct { return [direct] }
    guard pivots else { return nil }
    let pairs = steps.filter { $0.direction.source == source }.compactMap { first in
      steps.first { $0.direction.source == first.direction.target && $0.direction.target == target }
        .map { [first, $0] }
    }
    return pairs.first { $0[0].direction.target.code == "en" } ?? pairs.first
  }

  /// The language of the graph that a code means, as a source or a target; nil for none.
  ///
  /// `en-US` means `en` if only that is there, and `pt` means `pt-BR`.
  public func language(_ code: String, among languages: [Language]) -> Language? {
    guard let asked = try? Language(code: code), asked != .none else { return nil }
    if let same = languages.first(where: { $0 == asked }) { return same }
    return languages.first { $0.primary == asked.primary && $0.script == asked.script }
  }
}

extension ServedFolder.Direction {
  fileprivate func hasLanguages(of other: Self) -> Bool { source == other.source && target == other.target }
}
