import Files
import Foundation
import Testing

@Suite struct FolderLockTests {
  let folder = TemporaryFolder()

  @Test func aFolderIsTakenOnceAtATime() throws {
    do {
      let lock = try FolderLock.take(folder.path)
      let error = try #require(throws: FolderInUse.self) { try FolderLock.take(folder.path) }
      #expect(error.holder?.process == getpid() && error.holder?.host == nil)
      #expect("\(error)".contains("'\(folder.path)'") && "\(error)".contains("kill \(getpid())"))
      withExtendedLifetime(lock) {}
    }
    #expect(folder.names.isEmpty)
    let again = try FolderLock.take(folder.path)
    withExtendedLifetime(again) {}
  }

  @Test func theFileOfAProcessThatIsGoneDoesNotMatter() throws {
    _ = folder.file(Array("1\nold\nhost\n".utf8), name: ".lock")
    let lock = try FolderLock.take(folder.path)
    let error = try #require(throws: FolderInUse.self) { try FolderLock.take(folder.path) }
    #expect(error.holder?.process == getpid())
    withExtendedLifetime(lock) {}
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    #expect(throws: FileError.self) { try FolderLock.take(folder("none")) }
  }
}
