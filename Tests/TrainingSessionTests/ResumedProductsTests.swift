import Tensors
import Testing
import TrainingSession

@Suite struct ResumedProductsTests {
  /// A machine without tiles.
  private func noTiles(_ products: Float32Products) -> String? { products == .parts ? "no tiles" : nil }

  @Test(arguments: Float32Products.allCases)
  func aTrainingGoesOnAsBefore(before: Float32Products) {
    let resumed = ResumedProducts(before: before, given: nil) { _ in nil }
    #expect(resumed.products == before && resumed.notice == nil)
  }

  @Test func withoutTilesItGoesOnByTheLibrary() {
    let resumed = ResumedProducts(before: .parts, given: nil, problem: noTiles)
    #expect(resumed.products == .library)
    #expect(
      resumed.notice?.description
        == "float32 products were computed in three bfloat16 parts, from now on by the matrix library: no tiles; "
        + "the accuracy is the same, the rounding is not")
  }

  @Test func whatIsGivenHolds() {
    let resumed = ResumedProducts(before: .library, given: .parts) { _ in nil }
    #expect(resumed.products == .parts)
    #expect(resumed.notice == .otherProducts(before: .library, now: .parts, problem: nil))
    #expect(ResumedProducts(before: .parts, given: .parts) { _ in nil }.notice == nil)
  }
}
