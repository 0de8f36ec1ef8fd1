import Recipes
import Testing

@Suite struct HeldOutRuleTests {
  /// What is held out must fit into what may be left out.
  @Test(arguments: [100, 101, 399, 400, 40_000, 1_000_000]) func limitLeavesRoom(pairs: Int) {
    #expect(HeldOutRule.limit(pairs: pairs) >= HeldOutRule.count(pairs: pairs))
    #expect(4 * HeldOutRule.limit(pairs: pairs) <= pairs)
  }
}
