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
      var (attributes, size) = (pthread_attr_t(), 0)
      pthread_getattr_np(pthread_self(), &attributes)
      pthread_attr_getstacksize(&attributes, &size)
      pthread_attr_destroy(&attributes)
      return size
    }
    #expect(size >= 8 << 20)
  }
}
