import SQLite
import Serving
import Testing

@Suite struct ServerStoreTests {
  @Test func keysAreListedWithoutTheirSecrets() throws {
    let store = try ServerStore()
    let text = try store.addKey("alice", requestsPerMinute: 5)
    let keys = try store.keys()
    #expect(keys.map(\.name) == ["alice"] && keys[0].requestsPerMinute == 5 && keys[0].usedCharacters == 0)
    #expect(text.hasPrefix(keys[0].id + "-") && text.utf8.count == 49)
    #expect(#expect(throws: DatabaseError.self) { try store.addKey("alice") }?.kind == .constraint)
    #expect(try store.addKey("bob") != text)
    #expect(try store.removeKey("alice"))
    #expect(try !store.removeKey("alice"))
    #expect(try store.keys().map(\.name) == ["bob"])
  }
}
