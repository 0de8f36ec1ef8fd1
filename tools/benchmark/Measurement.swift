import Dispatch
import Glibc
import Tensors

/// Runs a benchmark repeatedly and takes the median.
struct Measurement {
  private let arguments: BenchmarkArguments

  init(_ arguments: BenchmarkArguments) { self.arguments = arguments }

  func result(of work: Work) throws -> Result {
    let round = try work.prepare(arguments)
    round.before?()
    round.run()
    let limit = productRate(threads: round.threads)
    let seconds = median(of: round)
    return Result(
      name: work.name, secondsPerRound: seconds,
      rates: round.amounts.map { Rate(unit: $0.unit, perSecond: $0.count / seconds) },
      share: round.operations > 0 ? round.operations / seconds / limit : nil)
  }

  /// The number of rounds per sample: more than one if a round is too short for the clock.
  private func repeats(of round: Round) -> Int {
    // The setup before each round would be measured as well.
    guard round.before == nil else { return 1 }
    var repeats = 1
    while seconds(round.threads, { for _ in 0..<repeats { round.run() } }) < 1e-3 { repeats *= 2 }
    return repeats
  }

  /// The median time of a round in seconds.
  private func median(of round: Round) -> Double {
    let repeats = repeats(of: round)
    var samples: [Double] = []
    var spent = 0.0
    while spent < arguments.seconds || samples.count < 3 {
      round.before?()
      let sample = seconds(round.threads) { for _ in 0..<repeats { round.run() } }
      samples.append(sample / Double(repeats))
      spent += sample
    }
    return samples.sorted()[samples.count / 2]
  }

  private func seconds(_ threads: Int, _ body: () -> Void) -> Double {
    let start = now
    body()
    return Double(now - start) / 1e9 / (arguments.clock == .wall ? 1 : Double(threads))
  }

  private var now: UInt64 {
    clock_gettime_nsec(arguments.clock == .wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID)
  }

  /// The speed of the matrix library on this machine: FLOP per second of large products, one on each thread.
  private func productRate(threads: Int) -> Double {
    let (rows, columns, inner) = (1024, 1024, 512)
    let buffers = (0..<threads).map { _ in FlatBuffer(count: (rows + columns) * inner + rows * columns) }
    func round() {
      DispatchQueue.concurrentPerform(iterations: threads) { index in
        let start = buffers[index].elements
        addProduct(
          Matrix(start, rows: rows, columns: inner),
          Matrix(start + rows * inner, rows: inner, columns: columns),
          to: Matrix(start + (rows + columns) * inner, rows: rows, columns: columns), accumulate: false)
      }
    }
    round()
    let samples = (0..<9).map { _ in seconds(threads, round) }.sorted()
    return Double(2 * rows * columns * inner * threads) / samples[samples.count / 2]
  }
}

private func clock_gettime_nsec(_ clock: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
