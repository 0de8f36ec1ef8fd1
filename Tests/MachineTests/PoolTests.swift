import Machine
import Synchronization
import Testing

@Suite struct PoolTests {
  @Test func anElementIsLentAgain() {
    let made = Mutex(0)
    let pool = Pool<[Int]> {
      made.withLock { $0 += 1 }
      return []
    }
    for value in 0..<3 { pool.withElement { $0.append(value) } }
    #expect(pool.withElement { $0 } == [0, 1, 2])
    #expect(made.withLock { $0 } == 1)
  }

  @Test func thereAreNoMoreElementsThanCallers() {
    let made = Mutex(0)
    let pool = Pool<Int> {
      made.withLock {
        $0 += 1; return $0
      }
    }
    concurrently(200, threads: 4) { _ in pool.withElement { $0 += 1 } }
    #expect(1...4 ~= made.withLock { $0 })
  }

  @Test func nobodyElseHasALentElement() {
    let pool = Pool<Int> { 1 }
    pool.withElement { outer in
      outer = 5
      // The first element is in use, so this is another one.
      #expect(pool.withElement { $0 } == 1)
    }
  }
}
