import Formatting
import Glibc
import Testing

@Suite struct ReadableTests {
  @Test(arguments: [
    (0.0, "0.0s"), (0.44, "0.4s"), (9.94, "9.9s"), (9.96, "10s"), (59.4, "59s"), (59.6, "1m 00s"),
    (192, "3m 12s"),
    (3599.7, "1h 00m"), (7500, "2h 05m"), (86399.9, "1d 0h"), (273_600, "3d 4h"), (-1, "?"), (.infinity, "?"),
    (.nan, "?"),
  ])
  func durations(_ seconds: Double, _ text: String) { #expect(Readable.duration(seconds) == text) }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    (-999, "-999"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func counts(_ number: Int, _ text: String) { #expect(Readable.count(number) == text) }

  @Test(arguments: [
    (0.0, "0 tokens/s"), (0.256, "0.26 tokens/s"), (9.999, "10.0 tokens/s"), (12.34, "12.3 tokens/s"),
    (870, "870 tokens/s"), (999.4, "999 tokens/s"),
    (999.6, "1.00 k tokens/s"), (12345, "12.3 k tokens/s"), (1_250_000, "1.25 M tokens/s"),
    (.infinity, "? tokens/s"),
  ])
  func rates(_ number: Double, _ text: String) { #expect(Readable.rate(number, "tokens") == text) }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.00 KiB"), (1536, "1.50 KiB"),
    (1 << 30, "1.00 GiB"),
  ])
  func sizes(_ count: Int, _ text: String) { #expect(Readable.bytes(count) == text) }

  @Test(arguments: [
    (3.2, 2, "3.20"), (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (0.05, 1, "0.1"), (99.996, 2, "100.00"),
    (12.5, 0, "13"),
    (.nan, 2, "nan"),
  ])
  func decimals(_ number: Double, _ places: Int, _ text: String) {
    #expect(Readable.decimal(number, places) == text)
  }

  @Test(arguments: [
    (2.345, "2.35"), (-0.001, "0.00"), (-1.5, "-1.50"), (999_999_999_999, "999999999999.00"),
    (1e12, "1000000000000.0"),
    (-1e17, "-1e+17"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.infinity, "inf"),
  ])
  func everyNumberCanBeWritten(_ number: Double, _ text: String) {
    #expect(Readable.decimal(number, 2, rounding: .toNearestOrEven) == text)
  }

  @Test func tiesAreRoundedByTheRule() {
    #expect(Readable.decimal(0.125, 2) == "0.13" && Readable.decimal(-0.125, 2) == "-0.13")
    #expect(Readable.decimal(0.125, 2, rounding: .toNearestOrEven) == "0.12")
  }

  @Test(arguments: [
    (3.2, 2, "3.2"), (3.0, 2, "3.0"), (1.005, 1, "1.0"), (0.126, 2, "0.13"), (12.34, 0, "12.0"),
    (.nan, 2, "nan"),
  ])
  func shortestDecimals(_ number: Double, _ places: Int, _ text: String) {
    #expect(Readable.rounded(number, places) == text)
  }

  @Test(arguments: [(ENOENT, "no such file or directory"), (EACCES, "permission denied")])
  func systemErrors(_ number: Int32, _ text: String) { #expect(Readable.systemError(number) == text) }
}
