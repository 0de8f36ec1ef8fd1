import Machine
import Testing

@Suite struct OwnThreadTests {
  private struct Failure: Error {}

  @Test func resultsAndErrorsComeBack() async throws {
    #expect(try await onOwnThread { 6 * 7 } == 42)
    await #expect(throws: Failure.self) { try await onOwnThread { throw Failure() } }
  }
}
