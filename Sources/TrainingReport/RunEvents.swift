import HTMLReports
import Training

/// What happened besides updates and validations.
extension TrainingRecords {
  /// Events and the line of the log that each is of.
  private var named: [(entry: TrainingLogEntry, name: String, words: String)] {
    log.enumerated().compactMap { index, entry in
      switch entry.event {
      case .skipped:
        (
          entry, "skipped",
          "An update was skipped, because its gradient was NaN or infinite"
            + (entry.batch.map { ": batch \($0) of epoch \(entry.epoch)" } ?? "") + "."
        )
      case .rolledBack:
        (
          entry, "rolled back",
          "Rolled back from update \(count(entry.from ?? 0)) to \(count(entry.update))"
            + (entry.learningRateFactor.map { ", with \(decimal($0, 3)) of the learning rate" } ?? "")
            + (entry.reason.map { ": \($0)" } ?? "") + "."
        )
      case .diverged: (entry, "diverged", "Diverged: \(entry.reason ?? "").")
      case .warmupShortened: (entry, "warm-up shortened", entry.reason ?? "The warm-up was shortened.")
      case .ended where index + 1 < log.count:
        (entry, "resumed", "The training had ended (\(endWords(entry.reason))), and was resumed.")
      case .ended: (entry, "ended", "The training ended: \(endWords(entry.reason)).")
      case nil: nil
      }
    }
  }

  /// Events as marks of curves over updates.
  var marks: [LineChart.Event] {
    let events = named.filter { $0.name != "ended" }.map { item in
      LineChart.Event(x: Double(item.entry.from ?? item.entry.update), item.name)
    }
    return events + (best.map { [.init(x: Double($0.update), "best")] } ?? [])
  }

  /// Events as marks of curves over time.
  var marksOverTime: [LineChart.Event] {
    let events = named.filter { $0.name != "ended" }.map { item in
      LineChart.Event(x: item.entry.seconds, item.name)
    }
    return events + (best.map { [.init(x: $0.seconds, "best")] } ?? [])
  }

  /// Events as a table.
  var eventTable: DataTable {
    DataTable(
      "Events", columns: [.number("Update"), .number("Time"), "What happened"],
      rows: named.suffix(500).map { item in
        [
          .number(Double(item.entry.update), count(item.entry.update)),
          .number(item.entry.seconds, duration(item.entry.seconds)), .text(item.words),
        ]
      })
  }
}

/// Skipped updates, rollbacks, interruptions.
func eventSection(_ records: TrainingRecords) -> PageSection {
  let title = "Events"
  let table = records.eventTable
  guard !table.rows.isEmpty else {
    return missing(
      title,
      because: "Nothing special happened: no update was skipped, and nothing was rolled back or resumed.")
  }
  return PageSection(title, [table.html])
}
