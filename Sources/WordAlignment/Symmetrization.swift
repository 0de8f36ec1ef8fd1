package import Tokens

/// How links from source to target and from target to source are combined.
///
/// Source: Koehn, Och and Marcu 2003, "Statistical Phrase-Based Translation", section 4.1, and Koehn et al. 2005, "Edinburgh
/// System Description for the 2005 IWSLT Speech Translation Evaluation".
package enum Symmetrization: String, Sendable, CaseIterable {
  /// The intersection, grown by neighboring links of the union; then links of both directions between words that have none.
  case growDiagFinalAnd = "grow-diag-final-and"
  /// Links of both directions: few, but right.
  case intersection
  /// Links of either direction.
  case union
  /// One source word, or none, for each target word.
  case forward
  /// One target word, or none, for each source word.
  case reverse

  /// Combines links.
  ///
  /// - Parameters:
  ///   - sources: the source word of each target word, or nil.
  ///   - targets: the target word of each source word, or nil.
  /// - Returns: links by target, then source.
  package func combine(sourceOfTarget sources: [Int?], targetOfSource targets: [Int?]) -> [AlignmentLink] {
    var grid = LinkGrid(sources: targets.count, targets: sources.count)
    let forward = sources.enumerated().compactMap { target, source in source.map { ($0, target) } }
    let reverse = targets.enumerated().compactMap { source, target in target.map { (source, $0) } }
    for (source, target) in forward where self != .reverse {
      if self == .forward || self == .union || targets[source] == target { grid.insert(source, target) }
    }
    if self == .reverse || self == .union { for (source, target) in reverse { grid.insert(source, target) } }
    if self == .growDiagFinalAnd {
      grid.grow { source, target in sources[target] == source || targets[source] == target }
      for (source, target) in forward + reverse
      where grid.isFree(source: source) && grid.isFree(target: target) {
        grid.insert(source, target)
      }
    }
    return grid.links
  }
}

/// The links of a sentence pair while they are combined.
private struct LinkGrid {
  private let (sources, targets): (Int, Int)
  private var isLinked: [Bool]
  private var linksOfSource: [Int]
  private var linksOfTarget: [Int]

  init(sources: Int, targets: Int) {
    (self.sources, self.targets) = (sources, targets)
    isLinked = Array(repeating: false, count: sources * targets)
    linksOfSource = Array(repeating: 0, count: sources)
    linksOfTarget = Array(repeating: 0, count: targets)
  }

  func isFree(source: Int) -> Bool { linksOfSource[source] == 0 }
  func isFree(target: Int) -> Bool { linksOfTarget[target] == 0 }

  mutating func insert(_ source: Int, _ target: Int) {
    guard !isLinked[target * sources + source] else { return }
    isLinked[target * sources + source] = true
    linksOfSource[source] += 1
    linksOfTarget[target] += 1
  }

  /// Adds neighbors of links, also diagonal ones, that `mayLink` permits and in which one word has no link yet, until there
  /// are none.
  mutating func grow(_ mayLink: (_ source: Int, _ target: Int) -> Bool) {
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for target in 0..<targets where !isFree(target: target) {
        for source in 0..<sources where isLinked[target * sources + source] {
          for (down, right) in neighbors {
            let (source, target) = (source + right, target + down)
            guard (0..<sources).contains(source), (0..<targets).contains(target),
              isFree(source: source) || isFree(target: target), mayLink(source, target)
            else { continue }
            insert(source, target)
            hasGrown = true
          }
        }
      }
    }
  }

  var links: [AlignmentLink] {
    var links: [AlignmentLink] = []
    for target in 0..<targets where !isFree(target: target) {
      for source in 0..<sources where isLinked[target * sources + source] {
        links.append(
          AlignmentLink(
            source: UInt16(truncatingIfNeeded: source), target: UInt16(truncatingIfNeeded: target)))
      }
    }
    return links
  }
}

/// First the neighbors in a row or column.
private let neighbors = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]
