import CommandLineArguments
import Formatting
import Reporting
import Serving

@main enum ManageKeys {
  static func main() {
    runCommand(ManageKeysArguments.self) { arguments, _ in try run(arguments) }
  }

  private static func run(_ arguments: ManageKeysArguments) throws {
    let store = try ServerStore(path: arguments.database)
    if let name = arguments.add { return try add(name, arguments, store) }
    if let name = arguments.remove { return try remove(name, store) }
    try list(store)
  }

  private static func add(_ name: String, _ arguments: ManageKeysArguments, _ store: ServerStore) throws {
    guard try !store.keys().contains(where: { $0.name == name }) else { throw KeyError.nameIsTaken(name) }
    print(
      try store.addKey(
        name, requestsPerMinute: arguments.requestsPerMinute, charactersPerMonth: arguments.charactersPerMonth
      ))
    say("this is the key of '\(name)'; it cannot be shown again")
  }

  private static func remove(_ name: String, _ store: ServerStore) throws {
    guard try store.removeKey(name) else { throw KeyError.noSuchName(name) }
    say("removed the key of '\(name)'")
  }

  private static func list(_ store: ServerStore) throws {
    let keys = try store.keys()
    if keys.isEmpty { return say("there are no keys; --add makes one") }
    var rows = [["name", "key begins with", "made", "texts a minute", "characters a month", "this month"]]
    rows += keys.map { key in
      [
        key.name, key.id, String(key.created.prefix(10)), key.requestsPerMinute.map(Readable.count) ?? "-",
        key.charactersPerMonth.map(Readable.count) ?? "-", Readable.count(key.usedCharacters),
      ]
    }
    print(table(rows))
  }

  /// Columns as wide as their longest values.
  private static func table(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { text, width in text + String(repeating: " ", count: width - text.count) }
        .joined(separator: "  ").trimmingEnd
    }.joined(separator: "\n")
  }

  private static func say(_ text: String) { Console.standardError.message("manage-keys: \(text)") }
}

/// Why a key cannot be made or removed.
private enum KeyError: Error, CustomStringConvertible {
  case nameIsTaken(String)
  case noSuchName(String)

  var description: String {
    switch self {
    case .nameIsTaken(let name):
      "there is a key with the name '\(name)' already; choose another name, or remove that one first"
    case .noSuchName(let name):
      "there is no key with the name '\(name)'; without --remove, the command lists all"
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
