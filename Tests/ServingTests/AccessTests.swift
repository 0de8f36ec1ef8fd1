import HTTPServer
import Serving
import Testing

/// Keys and limits, for clients of both kinds.
@Suite struct AccessTests {
  private let house = #"{"q":"the house","source":"en","target":"de""#
  private let deepL = #"{"text":["the house"],"source_lang":"EN","target_lang":"DE"}"#

  private func deepL(_ fixture: ServingFixture, key: String) async -> HTTPResponse {
    await fixture.send(
      "POST", "/v2/translate", deepL, type: "application/json", ["Authorization": "DeepL-Auth-Key \(key)"])
  }

  @Test func keysAreAskedFor() async throws {
    let fixture = try ServingFixture { $0.requiresKey = true }
    let key = try fixture.store.addKey("alice")
    let without = await fixture.json("/translate", house + "}")
    #expect(without == (400, #"{"error":"Please contact the server operator to get an API key"}"#))
    for wrong in ["x", String(key.dropLast()) + (key.hasSuffix("0") ? "1" : "0"), key + "0"] {
      let answer = await fixture.json("/translate", house + #","api_key":"\#(wrong)"}"#)
      #expect(answer == (403, #"{"error":"Invalid API key"}"#))
      #expect(await deepL(fixture, key: wrong).status == 403)
    }
    #expect(await fixture.json("/translate", house + #","api_key":"\#(key)"}"#).status == 200)
    #expect(await deepL(fixture, key: key).status == 200)
    #expect(
      await fixture.form("/v2/translate", "auth_key=\(key)&text=dog&source_lang=EN&target_lang=DE").status
        == 200)
    #expect(await fixture.json("/v2/translate", deepL).status == 403)
    #expect(await fixture.json("/detect", #"{"q":"the house"}"#).status == 400)
    #expect(await fixture.send("GET", "/languages").status == 200, "what the server has is no secret")
    #expect(try fixture.store.removeKey("alice"))
    #expect(await deepL(fixture, key: key).status == 403, "changes are known at once")
  }

  /// Clients of DeepL always send a key.
  @Test func withoutAnyKeyEveryKeyIsGood() async throws {
    let fixture = try ServingFixture()
    #expect(await deepL(fixture, key: "any").status == 200)
    _ = try fixture.store.addKey("alice")
    #expect(await deepL(fixture, key: "any").status == 403)
    #expect(await fixture.json("/translate", house + "}").status == 200, "and none at all, too")
  }

  /// So many texts that their requests do not come back while tests wait for each other.
  private let many = Array(repeating: "\"dog\"", count: 50).joined(separator: ",")

  @Test func requestsOfAMinuteAreLimited() async throws {
    let fixture = try ServingFixture { $0.requestsPerMinute = 2 }
    let (first, second) = (try fixture.store.addKey("a"), try fixture.store.addKey("b", requestsPerMinute: 1))
    // A list counts as many requests as it has texts.
    let batch = #"{"q":[\#(many)],"source":"en","target":"de"}"#
    #expect(await fixture.json("/translate", batch).status == 200)
    let refused = await fixture.send("POST", "/translate", house + "}", type: "application/json")
    #expect(refused.status == 429 && refused.text == #"{"error":"Slowdown: 2 per 1 minute"}"#)
    #expect(1...1500 ~= refused.headers["Retry-After"].flatMap { Int($0) } ?? 0)
    #expect(
      await fixture.json("/translate", #"{"q":"dog","source":"en"}"#).status == 400, "mistakes are free")
    #expect(await deepL(fixture, key: first).status == 200, "keys have their own")
    let texts = #"{"text":[\#(many)],"source_lang":"EN","target_lang":"DE"}"#
    let key: HTTPFields = ["Authorization": "DeepL-Auth-Key \(second)"]
    #expect(await fixture.send("POST", "/v2/translate", texts, type: "application/json", key).status == 200)
    let limited = await deepL(fixture, key: second)
    #expect(limited.status == 429 && 1...3000 ~= limited.headers["Retry-After"].flatMap { Int($0) } ?? 0)
  }

  @Test func charactersOfAMonthAreLimited() async throws {
    let fixture = try ServingFixture()
    let key = try fixture.store.addKey("a", charactersPerMonth: 20)
    #expect(await deepL(fixture, key: key).status == 200)
    #expect(await deepL(fixture, key: key).status == 200)
    let answer = await deepL(fixture, key: key)
    #expect(answer.status == 456 && answer.text == #"{"message":"Quota exceeded: 20 characters a month"}"#)
    let usage = await fixture.send("GET", "/v2/usage", "", ["Authorization": "DeepL-Auth-Key \(key)"])
    #expect(usage.text == #"{"character_count":18,"character_limit":20}"#)
    await fixture.server.end()
    #expect(try fixture.store.keys().map(\.usedCharacters) == [18])
  }

  @Test func addressesComeFromTheProxyIfItIsTrusted() async throws {
    func statuses(_ isTrusted: Bool, _ addresses: [String]) async throws -> [Int] {
      let fixture = try ServingFixture { ($0.isBehindProxy, $0.requestsPerMinute) = (isTrusted, 1) }
      var statuses: [Int] = []
      for address in addresses {
        statuses.append(
          await fixture.send(
            "POST", "/translate", #"{"q":[\#(many)],"source":"en","target":"de"}"#, type: "application/json",
            ["X-Forwarded-For": address]
          ).status)
      }
      return statuses
    }
    let addresses = ["192.0.2.1", "192.0.2.1, 192.0.2.2", "192.0.2.7,192.0.2.2"]
    #expect(try await statuses(true, addresses) == [200, 200, 429])
    #expect(try await statuses(false, addresses) == [200, 429, 429])
    #expect(
      try await statuses(
        true, ["2001:db8::1", "2001:db8:0:0:1::2", "2001:db8:0:1::1", "::ffff:192.0.2.1", "192.0.2.1"])
        == [200, 429, 200, 200, 429], "networks of IPv6 are one client")
  }

  @Test func metricsMayNeedAToken() async throws {
    let fixture = try ServingFixture { $0.metricsToken = "secret" }
    #expect(await fixture.send("GET", "/metrics").status == 401)
    #expect(await fixture.send("GET", "/metrics", "", ["Authorization": "Bearer secre"]).status == 401)
    #expect(await fixture.send("GET", "/metrics", "", ["Authorization": "Bearer secret"]).status == 200)
  }
}
