import Files

/// Which segments belong to which document.
struct Documents {
  /// The names, in the order in which documents begin.
  private(set) var names: [String] = []
  /// The indices of each document's segments.
  private(set) var segments: [[Int]] = []

  /// Documents from a name for each segment.
  ///
  /// A document's segments need not be next to each other.
  ///
  /// - Parameters:
  ///   - labels: the names, one for each segment.
  ///   - path: the file that they are from, for messages.
  /// - Throws: ``EvaluationInputError/noDocument(path:line:)`` if a name is empty.
  init(labels: [[UInt8]], path: String) throws(EvaluationInputError) {
    var places: [[UInt8]: Int] = [:]
    for (index, label) in labels.enumerated() {
      guard !label.isEmpty else { throw .noDocument(path: path, line: index + 1) }
      if let place = places[label] {
        segments[place].append(index)
      } else {
        places[label] = names.count
        names.append(String(decoding: label, as: UTF8.self))
        segments.append([index])
      }
    }
  }

  /// The documents when each has become a segment.
  var joined: Documents {
    var copy = self
    copy.segments = segments.indices.map { [$0] }
    return copy
  }

  /// The text of each document: its lines with a space between them.
  func join(_ lines: [[UInt8]]) -> [[UInt8]] {
    segments.map { Array($0.map { lines[$0] }.joined(separator: [UInt8(ascii: " ")])) }
  }

  /// The name of each segment's document.
  var labels: [String] {
    var labels = [String](repeating: "", count: segments.reduce(0) { $0 + $1.count })
    for (name, segments) in zip(names, segments) {
      for segment in segments { labels[segment] = name }
    }
    return labels
  }
}
