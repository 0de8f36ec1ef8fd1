import Files
import Machine
import Text

/// The steps from lines to subwords on one thread, and all of encoding on all threads.
var textWorks: [Work] {
  [
    lineWork("normalize") { _ in
      let normalizer = Normalizer(form: .nfc)
      return { _ = normalizer.normalize($0) }
    },
    lineWork("tokenize, icu") { _ in
      let tokenizer = ICUTokenizer(language: "en")
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
    encodingWork("tokens to ids", .whitespace, .none),
    encodingWork("raw text to ids", .icu, .nfc),
    Work(name: "text learn \(merges) merges") { arguments in
      let counts = WordCounts(lines: try readLines(arguments.text))
      return Round(amounts: [("words", Double(counts.types))]) {
        _ = BytePairEncoding.learn(from: counts, merges: merges)
      }
    },
  ]
}

private let merges = 4000

/// A benchmark that processes the text line by line.
private func lineWork(_ name: String, _ make: @escaping ([[UInt8]]) -> (([UInt8]) -> Void)) -> Work {
  Work(name: "text \(name)") { arguments in
    let lines = try readLines(arguments.text)
    let step = make(lines)
    return Round(
      amounts: lineAmounts(lines)
    ) { for line in lines { step(line) } }
  }
}

/// Encodes lines in memory on all threads, with 10,000 merges learned from these lines.
private func encodingWork(_ name: String, _ tokenizer: TokenizerKind, _ form: NormalizationForm) -> Work {
  Work(name: "text encode \(name), all threads") { arguments in
    let lines = try readLines(arguments.text, limit: 200_000)
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.normalization) = (tokenizer, form)
    let pipeline = learnedPipeline(of: lines, settings)
    let (chunk, threads) = (1024, arguments.threads)
    let starts = Array(stride(from: 0, to: lines.count, by: chunk))
    return Round(amounts: lineAmounts(lines), threads: threads) {
      _ = concurrentMap(starts, threads: threads) { start in
        lines[start..<min(start + chunk, lines.count)].map { pipeline.encode($0, side: .source).ids }
      }
    }
  }
}

/// A pipeline with 10,000 merges learned from lines.
func learnedPipeline(of lines: [[UInt8]], _ settings: TextPipelineSettings) -> TextPipeline {
  let counts = WordCounts(lines: lines.map(settings.makeWordSplitter(.source)))
  let encoding = BytePairEncoding.learn(from: counts, merges: 10_000)
  return TextPipeline(
    settings: settings, encoding: encoding, vocabulary: Vocabulary(of: counts, encoding: encoding))
}

private func lineAmounts(_ lines: [[UInt8]]) -> [(unit: String, count: Double)] {
  [("lines", Double(lines.count)), ("bytes", Double(lines.reduce(0) { $0 + $1.count + 1 }))]
}

/// The first lines of a file, enough for a measurement.
func readLines(_ path: String, limit: Int = 5000) throws -> [[UInt8]] {
  let reader = try LineReader(path: path)
  var lines: [[UInt8]] = []
  while lines.count < limit, let line = try reader.next() { lines.append(line) }
  return lines
}
