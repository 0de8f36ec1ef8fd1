import Machine
import Testing

@Suite struct ActiveTimeTests {
  @Test func timeBetweenLooksThatIsTooLongDoesNotCount() {
    var gaps = ActiveTimeGaps(last: 100)
    for now in [100.2, 100.4, 102.9] { gaps.note(now) }
    #expect(gaps.seconds == 0)
    // Stopped for an hour.
    gaps.note(3702.9)
    #expect(abs(gaps.seconds - 3600) < 1e-6)
    for now in [3703.1, 3703.3] { gaps.note(now) }
    #expect(abs(gaps.seconds - 3600) < 1e-6)
    gaps.note(3703.3 + ActiveTimeGaps.longestPause + 1)
    #expect(abs(gaps.seconds - 3604) < 1e-6)
  }

  @Test func timeOfAnotherThreadThatCameLaterIsNoGap() {
    var gaps = ActiveTimeGaps(last: 10)
    gaps.note(12)
    // This thread read the clock first, and waited for the other.
    gaps.note(11)
    gaps.note(14)
    #expect(gaps.seconds == 0)
  }

  @Test func timeGoesOn() {
    let time = ActiveTime()
    let first = time.seconds
    var last = first
    while last == first { last = time.seconds }
    #expect(first >= 0 && last > first)
  }
}
