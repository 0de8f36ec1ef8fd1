import CommandLineArguments
import Files
import Formatting
import Reporting
import TranslationShards

@main enum JoinTranslations {
  static func main() {
    runCommand(JoinTranslationsArguments.self) { arguments, _ in
      let join = try ShardJoin(folder: arguments.folder)
      guard !arguments.listsMissing else { return try list(join.listing.missing) }
      guard join.listing.missing.isEmpty else {
        for begun in join.begun {
          say(
            "shard \(begun.number): \(Readable.count(begun.lines)) of \(Readable.count(begun.of)) lines are translated"
          )
        }
        _ = try join.records()
        return
      }
      try check(join, arguments)
    }
  }

  private static func list(_ missing: [Int]) throws {
    let output = StandardOutput()
    if !missing.isEmpty { try output.writeLine(rangesText(missing)) }
    try output.flush()
  }

  private static func check(_ join: ShardJoin, _ arguments: JoinTranslationsArguments) throws {
    let output = arguments.output.isEmpty ? nil : try TextOutputFile(path: arguments.output)
    let records = try join.records()
    let progress = ProgressBar("shard", total: records.count)
    defer { progress.finish() }
    try join.join(
      records, input: arguments.input.isEmpty ? nil : arguments.input,
      write: { bytes in try output?.write(bytes) }, progress: { progress.update($0) })
    try output?.commit()
    progress.finish()
    let lines = records.reduce(0) { $0 + $1.input.lines }
    say(
      "all \(Readable.count(records.count)) shards are right: \(Readable.count(lines)) lines"
        + (arguments.output.isEmpty ? "" : " in '\(arguments.output)'"))
  }

  private static func say(_ message: String) {
    Console.standardError.message("join-translations: " + message)
  }
}
