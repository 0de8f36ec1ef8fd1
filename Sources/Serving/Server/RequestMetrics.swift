import Machine

/// Counts and times of requests, in the text format of Prometheus.
final class RequestMetrics: Sendable {
  /// The requests of a path with a status.
  private struct Series: Sendable {
    var count = 0
    var seconds = 0.0
    var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)
  }

  private struct Key: Hashable, Comparable {
    var path: String
    var status: Int

    static func < (left: Key, right: Key) -> Bool { (left.path, left.status) < (right.path, right.status) }
  }

  private struct State: Sendable {
    var series: [Key: Series] = [:]
    var inFlight = 0
  }

  /// The upper bounds of the buckets, in seconds.
  private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  private let state = Monitor(State())

  func begin() { state.withLock { $0.inFlight += 1 } }

  func end(path: String, _ status: Int, _ duration: Duration) {
    let seconds = duration / .seconds(1)
    state.withLock { state in
      state.inFlight -= 1
      var series = state.series[Key(path: path, status: status)] ?? Series()
      series.count += 1
      series.seconds += seconds
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound { series.buckets[index] += 1 }
      state.series[Key(path: path, status: status)] = series
    }
  }

  /// All of them.
  var text: String {
    let state = state.withLock { $0 }
    let name = "libretranslate_http_request_duration_seconds"
    var lines = ["# HELP \(name) Time until a request is answered.", "# TYPE \(name) histogram"]
    for (key, series) in state.series.sorted(by: { $0.key < $1.key }) {
      let labels = "endpoint=\"\(key.path)\",status=\"\(key.status)\""
      for (bound, count) in zip(Self.bounds, series.buckets) {
        lines.append("\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)")
      }
      lines.append("\(name)_bucket{\(labels),le=\"+Inf\"} \(series.count)")
      lines.append("\(name)_sum{\(labels)} \(series.seconds)")
      lines.append("\(name)_count{\(labels)} \(series.count)")
    }
    let flight = "libretranslate_http_requests_in_flight"
    lines += ["# HELP \(flight) Requests that are being answered.", "# TYPE \(flight) gauge"]
    return (lines + ["\(flight) \(state.inFlight)"]).joined(separator: "\n") + "\n"
  }
}
