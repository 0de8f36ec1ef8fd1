import Corpora
import Dispatch
import Models
import Tensors
import Text
import Training

/// Measures training against this machine's own limit: `benchmark [PRESET] [SHARDS]`.
@main struct Benchmark {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let preset = words.first.flatMap(ModelPreset.init(rawValue:)) ?? .tiny
    let shards = words.dropFirst().first.flatMap { Int($0) } ?? 2
    let limit = productRate(threads: shards)
    print("sgemm, 2048 x 2048 x 512 on \(shards) threads: \(Int(limit / 1e9)) GFLOP/s")
    let step = TrainingStep(preset: preset, shards: shards)
    let rate = step.tokensPerSecond(seconds: 10)
    let share = rate * step.operationsPerToken / limit
    print("\(preset.rawValue), \(Int(rate)) target tokens/s, \(Int(share * 100)) % of the sgemm rate")
  }
}

/// Seconds that `body` takes.
func seconds(_ body: () -> Void) -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  body()
  return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
}

/// FLOP per second of large products, one on each thread: what the matrix library can do here.
func productRate(threads: Int) -> Double {
  let (rows, columns, inner) = (2048, 2048, 512)
  let buffers = (0..<threads).map { _ in FlatBuffer(count: rows * inner + inner * columns + rows * columns) }
  func round() {
    DispatchQueue.concurrentPerform(iterations: threads) { index in
      let start = buffers[index].elements
      addProduct(
        Matrix(start, rows: rows, columns: inner),
        Matrix(start + rows * inner, rows: inner, columns: columns),
        to: Matrix(start + rows * inner + inner * columns, rows: rows, columns: columns), accumulate: false)
    }
  }
  round()
  let best = (0..<10).map { _ in seconds(round) }.min() ?? 1
  return Double(2 * rows * columns * inner * threads) / best
}
