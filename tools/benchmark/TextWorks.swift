import Files
import Text

/// From lines to subwords, step by step, on one thread.
var textWorks: [Work] {
  [
    lineWork("normalise") { _ in
      let normalizer = Normalizer(form: .nfc)
      return { _ = normalizer.normalize($0) }
    },
    lineWork("tokenise, icu") { _ in
      let tokenizer = Tokenizer(kind: .icu, language: "en")
      return { _ = tokenizer.tokenize($0) }
    },
    lineWork("cut into subwords, every word anew") { lines in
      let encoding = BytePairEncoding.learn(from: WordCounts(lines: lines), merges: merges)
      return { _ = encoding.encode($0) }
    },
    lineWork("cut into subwords, words remembered") { lines in
      var encoder = BytePairEncoder(.learn(from: WordCounts(lines: lines), merges: merges))
      return { _ = encoder.encode($0) }
    },
    Work(name: "text learn \(merges) merges") { arguments in
      let counts = WordCounts(lines: try readLines(arguments.text))
      return Round(amounts: [("words", Double(counts.types))]) {
        _ = BytePairEncoding.learn(from: counts, merges: merges)
      }
    },
  ]
}

private let merges = 4000

/// A work that does the same with each line of the text.
private func lineWork(_ name: String, _ make: @escaping ([[UInt8]]) -> (([UInt8]) -> Void)) -> Work {
  Work(name: "text \(name)") { arguments in
    let lines = try readLines(arguments.text)
    let step = make(lines)
    return Round(
      amounts: [("lines", Double(lines.count)), ("bytes", Double(lines.reduce(0) { $0 + $1.count + 1 }))]
    ) { for line in lines { step(line) } }
  }
}

/// The first lines of a file: enough to measure.
private func readLines(_ path: String) throws -> [[UInt8]] {
  let reader = try LineReader(path: path)
  var lines: [[UInt8]] = []
  while lines.count < 5000, let line = try reader.next() { lines.append(line) }
  return lines
}
