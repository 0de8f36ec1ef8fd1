import DataChecks
import RandomNumbers
import Testing

@Suite struct HashTableTests {
  private func hash(_ number: Int) -> UInt64 { SplitMix64.mix(UInt64(number) &* SplitMix64.increment) }

  @Test(arguments: [0, 1, 17, 5000])
  func repeatedHashesAreFound(_ count: Int) {
    var table = HashTable<UInt32>(mostSlots: 1 << 14, empty: 0)
    for number in 0..<count { #expect(table.update(hash(number), new: UInt32(number)) { _ in } == false) }
    for number in 0..<count {
      #expect(table.update(hash(number), new: 0) { $0 += 1 } == true)
      #expect(table[hash(number)] == UInt32(number) + 1)
    }
    #expect(table.count == count && table.share == 1)
    #expect(table[hash(count)] == nil)
  }

  /// Beyond its limit, a table knows a part of the hashes, and of these it misses none.
  @Test func memoryIsBounded() {
    var table = HashTable<UInt32>(mostSlots: 1 << 12, empty: 0)
    var kept = 0
    for number in 0..<50_000 { _ = table.update(hash(number), new: 1) { _ in } }
    #expect(table.share < 1 && table.count <= 1 << 12)
    for number in 0..<50_000 where table.update(hash(number), new: 1, { _ in }) == true { kept += 1 }
    #expect(abs(Double(kept) / 50_000 - table.share) < 0.02)
    // Nothing was added by looking again.
    #expect(table.count == kept)
  }

  @Test func zeroIsAHashLikeOthers() {
    var table = HashTable<UInt32>(mostSlots: 1 << 12, empty: 0)
    #expect(table.update(0, new: 5) { _ in } == false)
    #expect(table.update(0, new: 5) { _ in } == true)
    #expect(table[0] == 5)
  }
}
