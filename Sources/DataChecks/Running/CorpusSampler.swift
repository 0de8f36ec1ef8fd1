import Files
import LanguageIdentification
import Text

/// Learns from the beginning of a corpus what is usual in it.
struct CorpusSampler {
  /// Pairs that are looked at.
  static let pairs = 40_000
  /// Lines whose language is identified.
  static let identified = 500

  private var lengths: [(source: Int, target: Int)] = []
  private var scripts = (source: [Int](repeating: 0, count: 16), target: [Int](repeating: 0, count: 16))
  private var votes = (source: [String: Double](), target: [String: Double]())
  private var words: (source: WordFilter, target: WordFilter)

  /// - Parameters:
  ///   - files: the training text.
  ///   - options: languages that are known.
  /// - Returns: what checks must know.
  /// - Throws: `FileError` if a file cannot be read.
  static func context(of files: PairFiles, _ options: CheckOptions) throws(FileError) -> CorpusContext {
    var sampler = CorpusSampler()
    try sampler.read(files)
    return sampler.context(options, files)
  }

  private init() { words = (.counting(), .counting()) }

  private mutating func read(_ files: PairFiles) throws(FileError) {
    var reader = try PairFileReader(files)
    let profiler = LineProfiler()
    var pair = PairProfile()
    var count = 0
    while count < Self.pairs, let block = try reader.next() {
      pair.block = block
      for index in 0..<block.count {
        pair.read(index, profiler)
        lengths.append((pair.source.visible, pair.target.visible))
        words.source.add(pair.source.words)
        words.target.add(pair.target.words)
        for script in 1..<16 {
          scripts.source[script] += Int(pair.source.scripts[script])
          scripts.target[script] += Int(pair.target.scripts[script])
        }
        // Some lines of each block, so that no document decides alone.
        if index % 8 == 0, count + index < 8 * Self.identified { identify(pair) }
      }
      count += block.count
    }
  }

  private mutating func identify(_ pair: PairProfile) {
    for (side, votes) in [(Sides.source, \CorpusSampler.votes.source), (.target, \.votes.target)] {
      guard let best = LanguageIdentifier.builtIn.identify(Array(pair.text(side))).first else { continue }
      self[keyPath: votes][primaryCode(best.language), default: 0] += best.confidence
    }
  }

  private func context(_ options: CheckOptions, _ files: PairFiles) -> CorpusContext {
    var context = CorpusContext()
    context.lengths = LengthModel(learningFrom: lengths)
    context.source = side(
      scripts.source, votes.source, words.source, options.sourceLanguage ?? languageOfName(files.source))
    context.target = side(
      scripts.target, votes.target, words.target, options.targetLanguage ?? languageOfName(files.target))
    return context
  }

  private func side(
    _ scripts: [Int], _ votes: [String: Double], _ words: WordFilter, _ language: String?
  ) -> SideContext {
    var side = SideContext()
    side.words = words
    let letters = scripts.reduce(0, +)
    if let main = scripts.indices.max(by: { scripts[$0] < scripts[$1] }), letters > 0 {
      side.mainScript = Script(rawValue: UInt8(main)) ?? .none
      side.scripts = scripts.map { 10 * $0 >= letters && $0 > 0 }
    }
    side.guessed = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    side.language = language.map { primaryCode((try? Language(code: $0))?.code ?? $0) } ?? side.guessed
    return side
  }
}

/// The language that a file's name ends in, as in `train.de` and `train.de.gz`; nil if the identifier does not know it.
private func languageOfName(_ path: String) -> String? {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  let endings = name.split(separator: ".").dropFirst().filter { $0 != "gz" }
  guard let ending = endings.last, let code = try? Language(code: String(ending)).code else { return nil }
  let primary = primaryCode(code)
  return LanguageIdentifier.builtIn.languages.contains { primaryCode($0) == primary } ? primary : nil
}
