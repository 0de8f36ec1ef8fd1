import Foundation
import TestSupport
import Testing
import Training

@Suite struct TrainingLogTests {
  private func updates(_ path: String) throws -> [Int?] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["update"] as? Int
    }
  }

  private func entry(_ update: Int) throws -> TrainingLogEntry {
    let text = "{\"update\": \(update), \"epoch\": 1, \"seconds\": 0}"
    return try JSONDecoder().decode(TrainingLogEntry.self, from: Data(text.utf8))
  }

  @Test func aResumedRunComesByNoUpdateTwice() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/train.jsonl"
    let first = try TrainingLog(path: path, keepingUpTo: nil)
    for update in [10, 20, 30, 40] { first.append(try entry(update)) }
    let second = try TrainingLog(path: path, keepingUpTo: 20)
    #expect(try updates(path) == [10, 20])
    second.append(try entry(30))
    #expect(try updates(path) == [10, 20, 30])
    _ = try TrainingLog(path: path, keepingUpTo: nil)
    #expect(try updates(path).isEmpty)
  }

  @Test func valuesThatAreNoNumbersAreWritten() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/train.jsonl"
    let log = try TrainingLog(path: path, keepingUpTo: nil)
    var odd = try entry(1)
    (odd.loss, odd.gradientNorm) = (.nan, .infinity)
    log.append(odd)
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"loss\":\"nan\""))
    _ = try TrainingLog(path: path, keepingUpTo: 1)
    #expect(try updates(path) == [1])
  }
}
