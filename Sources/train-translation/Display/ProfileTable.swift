import Formatting
import TrainingSession

extension ProfileReport {
  /// The table's lines.
  var table: [String] {
    let heading = [
      ["", "", "ms", "ms", "ms", "GFLOP/s", "GFLOP/s", ""],
      ["", "calls", "forward", "backward", "both", "forward", "backward", "share"],
    ]
    let lines = (heading + rows.map { cells($0) }).map { line($0) }
    return [title] + lines + [shards] + (exchange.map { [Self.words($0)] } ?? [])
  }

  private static func words(_ exchange: Exchange) -> String {
    let hidden = max(0, exchange.milliseconds - exchange.waitingMilliseconds)
    return
      "exchanging gradients with other processes takes \(Readable.decimal(exchange.milliseconds, 1)) ms, "
      + "\(Readable.decimal(hidden, 1)) ms of it during backward passes; this process sends "
      + "\(Readable.bytes(exchange.bytesSent)) and receives \(Readable.bytes(exchange.bytesReceived))"
  }

  private var shards: String {
    "a shard takes \(Readable.decimal(meanShardMilliseconds, 1)) ms of processor time, the slowest of each update "
      + "\(Readable.decimal(longestShardMilliseconds, 1)) ms"
  }

  private var title: String {
    let allThreads = Readable.decimal(wallMilliseconds * Double(threads), 1)
    return "where the time went: \(Readable.decimal(wallMilliseconds, 1)) ms per update, the mean of "
      + "\(Readable.count(updates)) updates, on \(threads) threads \(allThreads) ms"
  }

  private func cells(_ row: Row) -> [String] {
    [
      row.name, row.calls.map { Readable.decimal(Double($0) / Double(max(updates, 1)), 1) } ?? "",
      decimal(row.forward, 2), decimal(row.backward, 2), decimal(row.milliseconds, 2),
      decimal(row.forwardGigaflops, 0), decimal(row.backwardGigaflops, 0),
      Readable.decimal(row.share * 100, 1) + " %",
    ]
  }

  private func decimal(_ number: Double?, _ decimals: Int) -> String {
    number.map { Readable.decimal($0, decimals) } ?? ""
  }

  /// Left-aligns the name, and right-aligns the numbers.
  private func line(_ cells: [String]) -> String {
    let name = cells[0] + spaces(26 - cells[0].count)
    return cells.dropFirst().reduce(name) { $0 + spaces(max(1, 10 - $1.count)) + $1 }
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
