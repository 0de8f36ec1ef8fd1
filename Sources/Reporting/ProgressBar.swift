import Synchronization

/// The progress of a long task: a bar on a terminal, otherwise a plain line from time to time.
///
///     let bar = ProgressBar("update", total: 8000)
///     defer { bar.finish() }
///     bar.update(120, "loss 5.31, 12.3 k tokens/s")
///
/// Usable from several threads. An update costs a clock reading; drawing is limited to ten times per second.
public final class ProgressBar: Sendable {
  private struct State {
    var completed = 0
    var total: Int?
    var text = ""
    var lastShown = -Double.infinity
    var isFinished = false
  }

  private let label: String
  private let total: Int?
  private let doneBefore: Int
  private let console: Console
  private let interval: Double
  private let now: @Sendable () -> Double
  private let start: Double
  private let state = Mutex(State())

  /// A bar that shows nothing before its first update.
  ///
  /// - Parameters:
  ///   - label: what is counted, such as "update".
  ///   - total: the count at the end, or `nil` if unknown.
  ///   - doneBefore: the count that was done earlier, for a task that continues after an interruption.
  ///   - console: where to draw.
  ///   - plainInterval: seconds between lines without a terminal.
  public convenience init(
    _ label: String, total: Int?, doneBefore: Int = 0, console: Console = .standardError,
    plainInterval: Double = 30
  ) {
    self.init(
      label, total: total, doneBefore: doneBefore, console: console, plainInterval: plainInterval,
      now: monotonicSeconds)
  }

  package init(
    _ label: String, total: Int?, doneBefore: Int = 0, console: Console, plainInterval: Double,
    now: @escaping @Sendable () -> Double
  ) {
    (self.label, self.total, self.doneBefore) = (label, total, doneBefore)
    (self.console, self.now) = (console, now)
    interval = console.width == nil ? plainInterval : 0.1
    start = now()
  }

  /// Sets how much is done and additional text, such as loss and speed.
  ///
  /// - Parameters:
  ///   - completed: the count done so far.
  ///   - newTotal: the count at the end, if it is an estimate that changes; nil leaves it unchanged.
  ///   - text: additional text.
  public func update(_ completed: Int, of newTotal: Int? = nil, _ text: String = "") {
    state.withLock { state in
      guard !state.isFinished else { return }
      (state.completed, state.text) = (completed, text)
      if let newTotal { state.total = newTotal }
      let time = now()
      // Without a terminal, the first line also comes after an interval, so quick tasks stay silent.
      if console.width == nil, state.lastShown < start { state.lastShown = start }
      guard time - state.lastShown >= interval else { return }
      state.lastShown = time
      show(state, elapsed: time - start)
    }
  }

  /// Removes the bar; later updates do nothing.
  public func finish() {
    state.withLock { state in
      state.isFinished = true
      console.draw("")
    }
  }

  private func show(_ state: State, elapsed: Double) {
    let line = ProgressLine(
      label: label, completed: state.completed, total: state.total ?? total, text: state.text,
      elapsed: elapsed, doneBefore: doneBefore)
    if let width = console.width {
      console.draw(line.bar(width: width))
    } else {
      console.message(line.plain)
    }
  }
}
