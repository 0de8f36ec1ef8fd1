import Files
import Foundation
import TensorBoardEvents
import TestSupport
import Testing

@Suite struct TensorBoardLogTests {
  let folder: TemporaryFolder
  var path: String { folder("run/one") }
  var table: String { get throws { try String(contentsOfFile: "\(path)/scalars.csv", encoding: .utf8) } }

  init() throws { folder = try TemporaryFolder() }

  func log(after update: Int? = nil, at time: Double = 1000) throws -> TensorBoardLog {
    try TensorBoardLog(folder: path, continuingAfter: update, now: { time })
  }

  /// The event files in the order in which readers take them.
  var eventFiles: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("events") }.sorted()
    }
  }

  @Test func recordsAreThereAtOnce() throws {
    let log = try log()
    let name = try #require(try eventFiles.first)
    #expect(name.hasPrefix("events.out.tfevents.0000001000.") && name.hasSuffix(".\(getpid()).v2"))
    let before = try readFile(path: "\(path)/\(name)")
    let values = [SummaryValue.scalar("train/loss", 2.5), SummaryValue(tag: "text", .text("hello"))]
    try log.record(values, update: 7, seconds: 1.25)
    let added = eventRecord(Event(wallTime: 1000, step: 7, .values(values)).bytes)
    #expect(try readFile(path: "\(path)/\(name)") == before + added)
    #expect(
      before == eventRecord(Event(wallTime: 1000, .version).bytes)
        + eventRecord(Event(wallTime: 1000, step: 0, .start).bytes))
    #expect(try table == "update,seconds,tag,value\r\n7,1.25,train/loss,2.5\r\n")
  }

  @Test func aResumedTrainingContinuesInAnotherFileWithoutStepsTwice() throws {
    let first = try log()
    for update in 1...4 { try first.record([.scalar("loss", 1)], update: update, seconds: 0) }
    // A row that was cut off.
    try append("5,0,lo", to: "\(path)/scalars.csv")
    // The clock was set back.
    let second = try log(after: 2, at: 500)
    try second.record([.scalar("loss", 2)], update: 3, seconds: 0)
    let files = try eventFiles
    #expect(files.count == 2 && files[1].contains(".0000001001."))
    let start = eventRecord(Event(wallTime: 500, step: 3, .start).bytes)
    let bytes = try readFile(path: "\(path)/\(files[1])")
    #expect(bytes.dropFirst(eventRecord(Event(wallTime: 500, .version).bytes).count).starts(with: start))
    #expect(
      try table.split(separator: "\r\n").dropFirst() == [
        "1,0.0,loss,1.0", "2,0.0,loss,1.0", "3,0.0,loss,2.0",
      ])
    // A new training forgets all.
    _ = try log()
    #expect(try table == "update,seconds,tag,value\r\n")
  }

  @Test func aRollbackForgetsWhatCameAfter() throws {
    let log = try log()
    for update in 1...4 { try log.record([.scalar("loss", 1)], update: update, seconds: 0) }
    try log.rollBack(to: 2)
    try log.record([.scalar("loss", 9)], update: 3, seconds: 0)
    #expect(try table.split(separator: "\r\n").map { $0.prefix(1) } == ["u", "1", "2", "3"])
    #expect(try table.hasSuffix("3,0.0,loss,9.0\r\n"))
  }

  @Test func fieldsAreQuotedWhereTheyMustBe() throws {
    try log().record(
      [.scalar(#"a "b", c"#, .nan), .scalar("d\r\ne", 1)], update: 1, seconds: 0)
    #expect(try table.hasSuffix("1,0.0,\"a \"\"b\"\", c\",nan\r\n1,0.0,\"d\r\ne\",1.0\r\n"))
  }

  @Test func anotherTableIsNotOverwritten() throws {
    try createFolder(path)
    try append("name,age\nAnna,30\n", to: "\(path)/scalars.csv")
    #expect(throws: FileError.self) { try log() }
    #expect(try table == "name,age\nAnna,30\n")
  }

  @Test func aFolderThatCannotBeMadeIsAnError() throws {
    try append("", to: folder("run"))
    #expect(throws: FileError.notAFolder(path: folder("run"))) { try log() }
  }

  /// `/dev/full` behaves like a file on a full disk.
  @Test func aFullDiskIsAnError() throws {
    let file = try AppendedFile(path: "/dev/full")
    #expect { try file.append([1, 2, 3]) } throws: {
      "\($0)".contains("cannot write '/dev/full': the disk is full")
    }
  }

  private func append(_ text: String, to path: String) throws {
    try AppendedFile(path: path).append(Array(text.utf8))
  }
}
