import Foundation

@main struct GenerateCorpus {
  static func main() {
    do {
      try run(Options(Array(CommandLine.arguments.dropFirst())))
    } catch let error as UsageError {
      fail(error.description, status: 64)
    } catch {
      fail("\(error)", status: 1)
    }
  }

  private static func run(_ options: Options) throws {
    guard let task = options.task else { return }
    if case .help = task { return print(Options.help) }
    let corpus = try Corpus(seed: options.seed, pairs: options.pairs)
    switch task {
    case .help: break
    case .write(let folder): try CorpusFiles.write(corpus, to: folder)
    case .check(let folder): try CorpusFiles.check(corpus, in: folder)
    case .sample(let count): print(CorpusReport.sample(corpus, count))
    case .paradigms: print(CorpusReport.paradigms)
    case .statistics: print(CorpusReport.statistics(corpus))
    }
  }

  private static func fail(_ message: String, status: Int32) -> Never {
    try? FileHandle.standardError.write(contentsOf: Data("generate-corpus: \(message)\n".utf8))
    exit(status)
  }
}
