import Machine
import Synchronization
import Testing

@Suite struct ConcurrentMapTests {
  @Test(arguments: [1, 2, 7], [0, 1, 2, 100])
  func resultsAreInOrder(threads: Int, count: Int) {
    #expect(concurrentMap(count, threads: threads) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [1, 3])
  func eachPieceIsWorkedOnOnce(threads: Int) {
    let calls = Mutex([Int](repeating: 0, count: 50))
    concurrently(50, threads: threads) { index in calls.withLock { $0[index] += 1 } }
    #expect(calls.withLock { $0 } == [Int](repeating: 1, count: 50))
  }

  @Test func elementsAreTransformedInTheirOrder() {
    #expect(concurrentMap(["a", "b", "c"], threads: 2) { $0 + $0 } == ["aa", "bb", "cc"])
  }

  @Test func twoFunctionsRunAtTheSameTime() {
    let (first, second) = concurrently {
      "first"
    } and: {
      [2]
    }
    #expect(first == "first" && second == [2])
  }
}
