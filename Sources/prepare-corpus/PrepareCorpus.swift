import CommandLineArguments
import CorpusShards
import Formatting
import Glibc
import Reporting
import Text

@main enum PrepareCorpus {
  static func main() {
    runCommand(PrepareCorpusArguments.self) { arguments, _ in
      if arguments.verify.isEmpty { try prepare(arguments) } else { try verify(arguments) }
    }
  }

  private static func prepare(_ arguments: PrepareCorpusArguments) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let pipeline = try TextPipeline(folder: arguments.vocabulary)
    let interruption = InterruptFlag()
    let display = ProgressDisplay()
    defer { display.finish() }
    let manifest: CorpusManifest
    do {
      manifest = try CorpusPreparation(pipeline, options: options(arguments)).run(
        inputs(arguments), to: arguments.output
      ) { progress in
        display.show(progress)
        if let signal = interruption.raisedSignal { throw Interrupted(signal: signal) }
      }
    } catch let error as Interrupted {
      // Temporary files are removed by now; the process ends as by any signal.
      display.finish()
      interruption.restore()
      kill(getpid(), error.signal.rawValue)
      throw error
    }
    display.finish()
    interruption.restore()
    let seconds = (clock.now - start) / .seconds(1)
    say(manifest.report)
    say(
      "wrote \(PreparedCorpus.summary(manifest)) to '\(arguments.output)' in \(Readable.duration(seconds)), "
        + Readable.rate(Double(manifest.pairs) / max(seconds, 1e-9), "pairs"))
  }

  private static func options(_ arguments: PrepareCorpusArguments) -> CorpusPreparation.Options {
    var options = CorpusPreparation.Options()
    (options.maxLength, options.upsampling) = (arguments.maxLength, arguments.upsampling)
    (options.seed, options.shardSize) = (arguments.seed, arguments.shardSize)
    (options.memory, options.isCompressed) = (arguments.memory.bytes, arguments.isCompressed)
    (options.threads, options.replaces) = (arguments.threads, arguments.overwrite)
    return options
  }

  private static func inputs(_ arguments: PrepareCorpusArguments) -> [CorpusPreparation.Input] {
    zip(arguments.trainSource, arguments.trainTarget).enumerated().map { index, paths in
      let tags = arguments.prefixSource
      let tag = tags.count > 1 ? tags[index] : tags.first ?? ""
      return CorpusPreparation.Input(source: paths.0, target: paths.1, tag: tag.isEmpty ? nil : tag)
    }
  }

  private static func verify(_ arguments: PrepareCorpusArguments) throws {
    let corpus = try PreparedCorpus(folder: arguments.verify)
    _ = try TextPipeline(folder: arguments.verify)
    let bar = ProgressBar("prepare-corpus: pair", total: corpus.count)
    defer { bar.finish() }
    try corpus.verify(threads: arguments.threads) { bar.update($0) }
    bar.finish()
    say("'\(arguments.verify)' is as it was written: \(PreparedCorpus.summary(corpus.manifest))")
  }

  private static func say(_ text: String) { Console.standardError.message("prepare-corpus: \(text)") }
}

/// A signal asked the command to end.
private struct Interrupted: Error, CustomStringConvertible {
  let signal: InterruptFlag.Signal

  var description: String { "interrupted; the same command starts over" }
}

/// A bar for reading, then one for writing.
private final class ProgressDisplay {
  private let reading = ProgressBar("prepare-corpus: reading pair", total: nil)
  private var writing: ProgressBar?

  func show(_ progress: CorpusPreparation.Progress) {
    switch progress {
    case .reading(let pairs): reading.update(pairs)
    case .writing(let pairs, let total):
      reading.finish()
      if writing == nil { writing = ProgressBar("prepare-corpus: writing pair", total: total) }
      writing?.update(pairs)
    }
  }

  func finish() {
    reading.finish()
    writing?.finish()
  }
}
