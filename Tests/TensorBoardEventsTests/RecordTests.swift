import TensorBoardEvents
import Testing

@Suite struct RecordTests {
  /// The vectors of RFC 3720, appendix B.4, and the usual check value.
  @Test(
    arguments: [
      (Array("123456789".utf8), 0xe306_9283), ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
      ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43), (Array(0..<32), 0x46dd_794e),
      (Array((0..<32).reversed()), 0x113f_db5c), ([], 0),
    ] as [([UInt8], UInt32)])
  func checksumsAreThoseOfTheStandard(_ bytes: [UInt8], _ sum: UInt32) {
    #expect(CastagnoliChecksum.value(bytes) == sum)
    #expect(CastagnoliChecksum.masked(bytes) == (sum >> 15 | sum << 17) &+ 0xa282_ead8)
  }

  /// The checksum of `abc` is 364b3fb7, masked 21f1576e.
  @Test func aRecordHasLengthAndChecksums() {
    let length: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0]
    let record = eventRecord(Array("abc".utf8))
    #expect(record.count == 8 + 4 + 3 + 4)
    #expect(Array(record[0..<8]) == length && Array(record[12..<15]) == Array("abc".utf8))
    #expect(number(record[8..<12]) == CastagnoliChecksum.masked(length))
    #expect(Array(record[15..<19]) == [0x6e, 0x57, 0xf1, 0x21])
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The first record of every event file, by hand: wall_time 1.5 and file_version.
  @Test func theVersionIsEncodedByHand() {
    let text = Array("brain.Event:2".utf8)
    let message: [UInt8] = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x1a, 13] + text
    #expect(Event(wallTime: 1.5, .version).bytes == message)
  }

  @Test func aScalarIsEncodedByHand() {
    let event = Event(wallTime: 1.5, step: 300, .values([.scalar("a/b", 0.5)]))
    // Step 300 is the varint ac 02; the value has tag = "a/b" and simple_value = 0.5.
    let value: [UInt8] = [0x0a, 3] + Array("a/b".utf8) + [0x15, 0, 0, 0, 0x3f]
    let summary: [UInt8] = [0x0a, UInt8(value.count)] + value
    #expect(
      event.bytes == [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 0xac, 0x02, 0x2a, UInt8(summary.count)]
        + summary)
    // Zero is a value, too.
    let zero = Event(wallTime: 0, .values([.scalar("a", 0)])).bytes
    #expect(zero == [0x2a, 10, 0x0a, 8, 0x0a, 1, 0x61, 0x15, 0, 0, 0, 0])
  }

  @Test func textIsATensorOfItsPlugin() {
    let bytes = Event(wallTime: 0, .values([SummaryValue(tag: "t", .text("hi"))])).bytes
    let tensor: [UInt8] = [0x08, 7, 0x12, 0, 0x42, 2, 0x68, 0x69]
    let metadata: [UInt8] = [0x0a, 6, 0x0a, 4] + Array("text".utf8) + [0x20, 2]
    let value: [UInt8] =
      [0x0a, 1, 0x74, 0x42, UInt8(tensor.count)] + tensor + [0x4a, UInt8(metadata.count)] + metadata
    let summary: [UInt8] = [0x0a, UInt8(value.count)] + value
    #expect(bytes == [0x2a, UInt8(summary.count)] + summary)
  }

  @Test func aStartIsEncodedByHand() {
    #expect(Event(wallTime: 0, step: 5, .start).bytes == [0x10, 5, 0x3a, 2, 0x08, 1])
  }

  @Test func aHistogramCountsEveryNumber() throws {
    let histogram = try #require(ValueHistogram([0, 1, 1, 2, 4, .nan, .infinity], ranges: 4))
    #expect(histogram.limits == [1, 2, 3, 4] && histogram.counts == [1, 2, 1, 1])
    #expect(histogram.minimum == 0 && histogram.maximum == 4)
    #expect(histogram.sum == 8 && histogram.sumOfSquares == 22)
    let same = try #require(ValueHistogram([3, 3]))
    #expect(same.limits == [3] && same.counts == [2])
    #expect(ValueHistogram([.nan]) == nil && ValueHistogram([]) == nil)
  }
}
