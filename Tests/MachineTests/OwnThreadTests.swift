import Glibc
import Machine
import Testing

@Suite struct OwnThreadTests {
  private struct Failure: Error {}

  @Test func resultsAndErrorsComeBack() async throws {
    #expect(try await onOwnThread { 6 * 7 } == 42)
    await #expect(throws: Failure.self) { try await onOwnThread { throw Failure() } }
  }

  /// Deep recursion, as over nested text, works as on the main thread.
  @Test func theStackIsAsLargeAsThatOfTheMainThread() async throws {
    let size = try await onOwnThread {
      let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
      defer { attributes.deallocate() }
      pthread_getattr_np(pthread_self(), attributes)
      defer { pthread_attr_destroy(attributes) }
      var size = 0
      pthread_attr_getstacksize(attributes, &size)
      return size
    }
    #expect(size >= 8 << 20)
  }
}
