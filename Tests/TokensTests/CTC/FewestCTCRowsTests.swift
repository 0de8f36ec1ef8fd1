import Testing
import Tokens

@Suite struct FewestCTCRowsTests {
  @Test(
    arguments: [
      ([], 0), ([5], 1), ([5, 6], 2), ([5, 5], 3), ([5, 5, 5], 5), ([5, 6, 5], 3), ([5, 5, 6, 6], 6),
    ] as [([TokenID], Int)])
  func blanksPartEqualNeighbors(tokens: [TokenID], rows: Int) {
    #expect(tokens.fewestCTCRows == rows)
    #expect(tokens[...].fewestCTCRows == rows)
  }
}
