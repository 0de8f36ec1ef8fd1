import RandomNumbers
import Testing

@Suite struct SplitMix64Tests {
  /// The numbers of Vigna's reference implementation, http://prng.di.unimi.it/splitmix64.c.
  @Test func numbersAreThoseOfTheReference() {
    var generator = SplitMix64(state: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func neighborsAreMixedFarApart() {
    for number in 0..<1000 as Range<UInt64> {
      let changed = (SplitMix64.mix(number) ^ SplitMix64.mix(number + 1)).nonzeroBitCount
      #expect(8...56 ~= changed, "\(number)")
    }
  }
}
