import Reporting
import Testing

@Suite struct ProgressBarTests {
  private func makeBar(width: Int?, total: Int?) -> (ProgressBar, Console, RecordingTerminal, ManualClock) {
    let (terminal, clock) = (RecordingTerminal(width: width), ManualClock())
    let console = Console(terminal)
    let bar = ProgressBar("update", total: total, console: console, plainInterval: 30) { clock.now }
    return (bar, console, terminal, clock)
  }

  @Test func oneLineIsRedrawnAndClearedAtTheEnd() {
    let (bar, _, terminal, clock) = makeBar(width: 80, total: 200)
    clock.advance(10)
    bar.update(50, "loss 5.31")
    #expect(terminal.screen == ["▕███████▌                      ▏ 25%  update 50/200  loss 5.31  30s left"])
    clock.advance(10)
    bar.update(100, "loss 4.2")
    #expect(terminal.screen == ["▕███████████████               ▏ 50%  update 100/200  loss 4.2  20s left"])
    bar.finish()
    #expect(terminal.screen == [""])
    clock.advance(10)
    bar.update(150)
    #expect(terminal.screen == [""])
  }

  @Test func timeLeftCountsOnlyWhatWasDoneInIt() {
    let (terminal, clock) = (RecordingTerminal(width: 80), ManualClock())
    let bar = ProgressBar(
      "update", total: 200, doneBefore: 100, console: Console(terminal), plainInterval: 30
    ) { clock.now }
    clock.advance(10)
    bar.update(150)
    #expect(terminal.screen == ["▕██████████████████████▌       ▏ 75%  update 150/200  10s left"])
  }

  @Test func messagesStandAboveTheBar() {
    let (bar, console, terminal, clock) = makeBar(width: 60, total: 10)
    clock.advance(1)
    bar.update(5)
    let line = terminal.screen[0]
    console.message("saved checkpoint")
    #expect(terminal.screen == ["saved checkpoint", line])
    console.message("and another line")
    bar.finish()
    console.message("done")
    #expect(terminal.screen == ["saved checkpoint", "and another line", "done", ""])
  }

  @Test func aTerminalIsDrawnToTenTimesASecond() {
    let (bar, _, terminal, clock) = makeBar(width: 80, total: 1000)
    for step in 1...1000 {
      clock.advance(0.01)
      bar.update(step)
    }
    let drawings = terminal.written.split(separator: "\r").count
    #expect((90...101).contains(drawings), "\(drawings) drawings in 10 seconds")
  }

  @Test func withoutATerminalPlainLinesComeNowAndThen() {
    let (bar, console, terminal, clock) = makeBar(width: nil, total: 1000)
    for step in 1...1000 {
      clock.advance(0.1)
      bar.update(step, "loss 1.50")
    }
    bar.finish()
    console.message("done")
    // The clock adds tenths with rounding errors, so a line may come one update late.
    let lines = terminal.written.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("update 30") && lines[0].hasSuffix("s left"))
    #expect(lines[0].contains("/1,000 (30%), loss 1.50, 1m "))
    #expect(lines[3] == "done")
    #expect(!terminal.written.contains("\r") && !terminal.written.contains("\u{1B}"))
  }

  @Test func quickTasksWithoutATerminalStaySilent() {
    let (bar, _, terminal, clock) = makeBar(width: nil, total: 10)
    for step in 1...10 {
      clock.advance(1)
      bar.update(step)
    }
    bar.finish()
    #expect(terminal.written.isEmpty)
  }

  @Test(arguments: [1, 2, 10, 20, 30, 50, 79, 80, 120, 500])
  func noLineReachesTheLastColumn(_ width: Int) {
    for total in [nil, 0, 1, 8000, 1_000_000_000] {
      for completed in [0, 1, 7999, 8000, 9000] {
        let line = ProgressLine(
          label: "update", completed: completed, total: total, text: "loss 3.21, 12.3 k tokens/s",
          elapsed: 1234)
        #expect(line.bar(width: width).count < max(2, width))
      }
    }
  }

  @Test func anUnknownTotalShowsTimeSoFar() {
    let line = ProgressLine(label: "line", completed: 1234, total: nil, text: "", elapsed: 65)
    #expect(line.plain == "line 1,234, 1m 05s")
    #expect(line.bar(width: 80) == "line 1,234  1m 05s")
  }

  @Test func theBarIsFullAtTheEndAndNoFuller() {
    for completed in [200, 300] {
      let line = ProgressLine(label: "update", completed: completed, total: 200, text: "", elapsed: 10)
      #expect(line.bar(width: 80).hasPrefix("▕██████████████████████████████▏100%  "))
      #expect(line.bar(width: 80).hasSuffix("  0.0s left"))
    }
  }
}
