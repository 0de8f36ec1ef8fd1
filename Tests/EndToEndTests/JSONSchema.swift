import Foundation

/// As much of JSON Schema (draft 2020-12) as the schemas of `translate` use.
struct JSONSchema {
  private let root: [String: Any]

  init(path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// What is wrong with a value; empty if nothing is.
  func problems(of value: Any) -> [String] { check(value, root, "$").problems }

  private struct Outcome {
    var problems: [String] = []
    /// The keys of an object that were described.
    var evaluated: Set<String> = []

    mutating func add(_ other: Outcome) {
      problems += other.problems
      evaluated.formUnion(other.evaluated)
    }
  }

  private func check(_ value: Any, _ schema: [String: Any], _ place: String) -> Outcome {
    var outcome = Outcome()
    for (keyword, rule) in schema where !Self.later.contains(keyword) {
      outcome.add(check(value, keyword, rule, schema, place))
    }
    if let object = value as? [String: Any], schema["unevaluatedProperties"] as? Bool == false {
      let others = Set(object.keys).subtracting(outcome.evaluated)
      if !others.isEmpty { outcome.problems.append("\(place) has \(others.sorted())") }
    }
    return outcome
  }

  private static let later: Set = ["unevaluatedProperties", "additionalProperties"]

  private func check(_ value: Any, _ keyword: String, _ rule: Any, _ schema: [String: Any], _ place: String)
    -> Outcome
  {
    var outcome = Outcome()
    func require(_ holds: Bool) {
      if !holds { outcome.problems.append("\(place): \(value) violates \(keyword) \(rule)") }
    }
    let schemas = rule as? [[String: Any]] ?? []
    switch keyword {
    case "$schema", "title", "description", "$defs": break
    case "$ref":
      let name = (rule as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
      guard let target = (root["$defs"] as? [String: [String: Any]])?[name] else {
        outcome.problems.append("there is no \(rule)")
        break
      }
      outcome.add(check(value, target, place))
    case "type":
      let types = rule as? [String] ?? [rule as? String ?? ""]
      require(types.contains { Self.isOf($0, value) })
    case "enum": require((rule as? [String] ?? []).contains(value as? String ?? ""))
    case "minimum": require((value as? Double).map { $0 >= rule as? Double ?? .infinity } ?? true)
    case "maximum": require((value as? Double).map { $0 <= rule as? Double ?? -.infinity } ?? true)
    case "minItems": require((value as? [Any]).map { $0.count >= rule as? Int ?? .max } ?? true)
    case "maxItems": require((value as? [Any]).map { $0.count <= rule as? Int ?? 0 } ?? true)
    case "required":
      let keys = (value as? [String: Any])?.keys
      require((rule as? [String] ?? []).allSatisfy { keys?.contains($0) ?? false })
    case "items":
      for (index, item) in (value as? [Any] ?? []).enumerated() {
        outcome.add(check(item, rule as? [String: Any] ?? [:], "\(place)[\(index)]"))
      }
      outcome.evaluated = []
    case "properties":
      let rules = rule as? [String: [String: Any]] ?? [:]
      let object = value as? [String: Any] ?? [:]
      for (key, item) in object {
        if let own = rules[key] {
          outcome.problems += check(item, own, "\(place).\(key)").problems
          outcome.evaluated.insert(key)
        } else if schema["additionalProperties"] as? Bool == false {
          outcome.problems.append("\(place) has '\(key)'")
        } else if let other = schema["additionalProperties"] as? [String: Any] {
          outcome.problems += check(item, other, "\(place).\(key)").problems
        }
      }
    case "anyOf", "oneOf":
      let outcomes = schemas.map { check(value, $0, place) }
      let passed = outcomes.filter(\.problems.isEmpty)
      require(keyword == "anyOf" ? !passed.isEmpty : passed.count == 1)
      for other in passed { outcome.evaluated.formUnion(other.evaluated) }
    default: outcome.problems.append("the validator does not know '\(keyword)'")
    }
    return outcome
  }

  private static func isOf(_ type: String, _ value: Any) -> Bool {
    let isBool = (value as? NSNumber).map { isBoolean($0) } ?? false
    return switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": isBool
    case "number": value is NSNumber && !isBool
    case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false && !isBool
    default: false
    }
  }

  /// `JSONSerialization` has no type of its own for true and false.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
  }
}
