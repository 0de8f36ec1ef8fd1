private import Foundation

/// Calls `visit` with each way to choose one class a row.
public func forEachPath(rows: Int, classes: Int, _ visit: ([Int32]) -> Void) {
  for number in 0..<Int(pow(Double(classes), Double(rows))) {
    var rest = number
    visit(
      (0..<rows).map { _ in
        defer { rest /= classes }
        return Int32(rest % classes)
      })
  }
}

/// What a path spells.
public func collapse(_ path: [Int32], blank: Int32) -> [Int32] {
  path.indices.filter { path[$0] != blank && ($0 == 0 || path[$0] != path[$0 - 1]) }.map { path[$0] }
}

extension Grid {
  /// The sum of one element of each row.
  public func sum(along path: [Int32]) -> Double {
    path.enumerated().reduce(0) { $0 + self[$1.offset, Int($1.element)] }
  }
}
