import Foundation
import Serving
import Synchronization
import Testing

/// Requests of a browser's extension, through pipes.
@Suite struct NativeMessagingTests {
  /// The answers to messages, and to the bytes behind them, as many as there are, in any order.
  private func answers(_ messages: [[UInt8]], then rest: [UInt8] = []) async throws -> [String] {
    let (input, output) = (Pipe(), Pipe())
    let server = NativeMessageServer(
      try ServingFixture.graph(["en-de", "de-en", "en-fr"]), ServingFixture.pool,
      input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor)
    let bytes =
      messages.flatMap { message in withUnsafeBytes(of: UInt32(message.count)) { Array($0) } + message }
      + rest
    // Pipes are short, and tests have few threads.
    Thread.detachNewThread {
      try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
      try? input.fileHandleForWriting.close()
    }
    let received = Mutex<[UInt8]?>(nil)
    Thread.detachNewThread {
      let all = (try? output.fileHandleForReading.readToEnd()) ?? Data()
      received.withLock { $0 = Array(all) }
    }
    await server.run()
    try output.fileHandleForWriting.close()
    while received.withLock({ $0 == nil }) { try await Task.sleep(for: .milliseconds(2)) }
    var rest = (received.withLock { $0 } ?? [])[...]
    var texts: [String] = []
    while rest.count >= 4 {
      let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      texts.append(String(decoding: rest.prefix(count), as: UTF8.self))
      rest = rest.dropFirst(count)
    }
    return texts
  }

  private func answer(_ message: String) async throws -> String {
    let found = try await answers([Array(message.utf8)])
    #expect(found.count == 1)
    return found.first ?? ""
  }

  @Test(arguments: [
    (#""src":"en","trg":"de","text":"the house""#, "das Haus"),
    (#""model":"en-de","text":"the house""#, "das Haus"),
    (#""model":"de-en","pivot":"en-fr","text":"das Haus""#, "la maison"),
    (#""src":"de","trg":"fr","text":"Hund""#, "chien"),
    (#""src":"en","trg":"de","text":"<p>the house</p>","html":true"#, "<p>das Haus</p>"),
  ])
  func textIsTranslated(data: String, expected: String) async throws {
    #expect(
      try await answer(#"{"id":7,"command":"Translate","data":{\#(data)}}"#)
        == #"{"id":7,"success":true,"data":{"target":{"text":"\#(expected)"}}}"#)
  }

  @Test func modelsAreListed() async throws {
    let list = try await answer(#"{"id":1,"command":"ListModels","data":{"includeRemote":false}}"#)
    #expect(
      list.contains(
        #"{"id":"en-de","shortname":"en-de","modelName":"English-German","local":true,"src":"English","trg":"German","#
          + #""srcTags":{"en":"English"},"trgTag":"de""#), "\(list)")
    #expect(
      try await answer(#"{"id":2,"command":"DownloadModel","data":{"modelID":"en-de"}}"#)
        == #"{"id":2,"success":true,"data":{"modelID":"en-de"}}"#)
  }

  @Test(
    arguments: [
      ("{", nil, "expected"), ("[]", nil, "no number 'id'"),
      (#"{"command":"Translate","data":{}}"#, nil, "'id'"),
      (#"{"id":3,"command":"Sing","data":{}}"#, 3, "found the command 'Sing'"),
      (#"{"id":3,"command":"Translate"}"#, 3, "no object 'data'"),
      (#"{"id":3,"command":"Translate","data":{"src":"en","trg":"de"}}"#, 3, "no 'text'"),
      (#"{"id":3,"command":"Translate","data":{"text":"a"}}"#, 3, "no 'src'"),
      (#"{"id":3,"command":"Translate","data":{"text":"a","src":"xx","trg":"de"}}"#, 3, "'xx'"),
      (#"{"id":3,"command":"Translate","data":{"text":"a","model":"x"}}"#, 3, "no model 'x'"),
      (#"{"id":3,"command":"DownloadModel","data":{"modelID":"x"}}"#, 3, "no model 'x'"),
    ] as [(String, Int?, String)])
  func mistakesAreNamed(message: String, id: Int?, problem: String) async throws {
    let answer = try await answer(message)
    #expect(answer.contains(#""success":false"#) && answer.contains(problem), "\(answer)")
    #expect(answer.hasPrefix(id.map { #"{"id":\#($0),"# } ?? #"{"success""#))
  }

  @Test func manyRequestsAreAnsweredAndLongOnesSkipped() async throws {
    var messages = (0..<300).map { id in
      Array(#"{"id":\#(id),"command":"Translate","data":{"src":"en","trg":"de","text":"dog \#(id)"}}"#.utf8)
    }
    messages.insert([UInt8](repeating: 32, count: (10 << 20) + 1), at: 5)
    let found = try await answers(messages)
    #expect(found.count == 301)
    #expect(found.count { $0.contains("longer than") } == 1)
    for id in 0..<300 {
      #expect(found.contains { $0.hasPrefix(#"{"id":\#(id),"success":true"#) && $0.contains(" \(id)\"") })
    }
  }

  @Test func aMessageThatIsCutOffEndsTheInput() async throws {
    let list = Array(#"{"id":1,"command":"ListModels","data":{}}"#.utf8)
    for rest in [[], [9], [9, 0, 0, 0, 123]] as [[UInt8]] {
      #expect(try await answers([list], then: rest).count == 1)
    }
  }
}
