import Foundation
import Machine
import Serving
import Testing
import Text
import Translation

@Suite struct ModelPoolTests {
  @Test func modelsAreReadOnceAndWhenNeeded() async throws {
    let reads = Monitor<[String]>([])
    let pool = ModelPool { path in
      reads.withLock { $0.append(path) }
      return try Dictionaries.service(path)
    }
    #expect(pool.loaded == [])
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try? await pool.service("en-de") } }
    }
    #expect(reads.withLock { $0 } == ["en-de"] && pool.loaded == ["en-de"])
    pool.reload()
    let before = try await pool.service("en-de")
    #expect(reads.withLock { $0.count } == 2)
    // Whoever has a model keeps it.
    pool.reload()
    #expect(try await before.translate(["the dog"])[0].text == "das Hund")
  }

  @Test func aModelThatCannotBeReadIsTriedAgain() async throws {
    let attempts = Monitor(0)
    let pool = ModelPool { path in
      let attempt = attempts.withLock { count in
        count += 1
        return count
      }
      if attempt == 1 { throw CocoaError(.fileReadUnknown) }
      return try Dictionaries.service(path)
    }
    await #expect(throws: CocoaError.self) { try await pool.service("en-de") }
    #expect(pool.loaded == [])
    #expect(try await pool.service("en-de").translate(["dog"])[0].text == "Hund")
  }

  @Test func routesGoThroughEnglish() throws {
    let graph = try ServingFixture.graph(["de-fr", "fr-es", "de-en", "en-es", "es-pt"])
    func route(_ source: String, _ target: String) throws -> [String]? {
      graph.route(from: try Language(code: source), to: try Language(code: target))?.map(\.path)
    }
    #expect(try route("de", "es") == ["de-en", "en-es"])
    #expect(try route("de", "fr") == ["de-fr"] && route("de", "de") == [])
    #expect(try route("fr", "pt") == ["fr-es", "es-pt"])
    // Not by three models.
    #expect(try route("de", "pt") == nil && route("pt", "de") == nil)
    #expect(throws: ServingError.sameDirection(source: "de", target: "en", folders: ["de-en", "de-en"])) {
      try ServingFixture.graph(["de-en", "de-en"])
    }
  }

  @Test func codesMeanLanguages() throws {
    let graph = try ServingFixture.graph(["en-pt-BR".replacingOccurrences(of: "pt-BR", with: "pt"), "zh-en"])
    #expect(graph.language("pt-BR", among: graph.languages)?.code == "pt")
    #expect(graph.language("EN-us", among: graph.languages)?.code == "en")
    #expect(graph.language("zh-Hant", among: graph.languages) == nil)
    #expect(graph.language("nonsense", among: graph.languages) == nil)
  }
}
