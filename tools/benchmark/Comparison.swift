/// A table that compares two reports: the speeds of each benchmark that is in both.
///
/// In addition to the plain ratio, it shows the ratio of the shares of the matrix library's rate, which depends less on
/// the machine's load.
func comparison(of before: Report, with after: Report) -> [String] {
  let known = Dictionary(before.results.map { ($0.name, $0) }) { first, _ in first }
  let heading =
    "work".padded(to: 58) + "before".padded(to: 26) + "after".padded(to: 26) + "speed-up".padded(to: 10)
    + "by share"
  let lines = after.results.compactMap { result -> String? in
    guard let old = known[result.name], let was = old.rates.first, let now = result.rates.first else {
      return nil
    }
    return result.name.padded(to: 58) + "\(readable(was.perSecond)) \(was.unit)/s".padded(to: 26)
      + "\(readable(now.perSecond)) \(now.unit)/s".padded(to: 26)
      + readable(now.perSecond / was.perSecond).padded(to: 10)
      + (ratio(result.share, old.share).map(readable) ?? "")
  }
  return warnings(before, after) + [heading] + lines
}

private func ratio(_ new: Double?, _ old: Double?) -> Double? {
  guard let new, let old, old > 0 else { return nil }
  return new / old
}

/// Differences in settings that make the two reports incomparable.
private func warnings(_ before: Report, _ after: Report) -> [String] {
  let settings = [
    ("matrix library", before.matrixProducts, after.matrixProducts),
    ("preset", before.preset, after.preset), ("threads", "\(before.threads)", "\(after.threads)"),
    ("clock", before.clock.rawValue, after.clock.rawValue),
  ]
  return settings.filter { $0.1 != $0.2 }.map { "different \($0.0): \($0.1), then \($0.2)" }
}
