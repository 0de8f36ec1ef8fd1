import Machine
import Testing

@Suite struct ThreadProbeTests {
  @Test(arguments: [0, 1, 8])
  func threadsThatStartAreNoError(count: Int) throws {
    for _ in 0..<20 { try requireThreads(count) }
  }
}
