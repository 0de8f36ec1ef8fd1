import CommandLineArguments
import Formatting

/// The options of `manage-keys`.
struct ManageKeysArguments: CommandArguments {
  var database = ""
  var add: String?
  var remove: String?
  var requestsPerMinute: Int?
  var charactersPerMonth: Int?

  static let command = CommandDescription(
    name: "manage-keys",
    summary: "makes, lists and removes the keys of a translation server",
    usage: [
      "--database <file>",
      "--database <file> --add <name> [--requests-per-minute <count>] [--characters-per-month <count>]",
      "--database <file> --remove <name>",
    ],
    examples: [
      .init("a key for one client", "manage-keys --database server.db --add alice"),
      .init("one with limits", "manage-keys --database server.db --add bob --requests-per-minute 60"),
      .init(
        "a server that asks for keys", "serve-translation --model model --database server.db --require-key"),
    ],
    discussion: """
      A new key is printed once: only its SHA-256 digest is kept. Clients of LibreTranslate send it as api_key, those of \
      DeepL in their Authorization header. A running server knows of changes immediately.

      Without --add and --remove, all keys are listed, with the characters that they translated this month.
      """,
    related: ["serve-translation"])

  static let groups: [OptionGroupReference<Self>] = [.options("Keys", keyOptions)]

  private static let keyOptions: [Option<Self>] = [
    Option(
      "--database", "file", "SQLite file of the server; made if it is missing", \.database, required: true),
    Option("--add", "name", "make a key with this name and print it", \.add),
    Option("--remove", "name", "remove the key with this name", \.remove),
    Option(
      "--requests-per-minute", "count", "texts in a minute (default: the server's limit)",
      \.requestsPerMinute,
      limit: .atLeast(1)),
    Option(
      "--characters-per-month", "count", "characters in a month (default: the server's limit)",
      \.charactersPerMonth, limit: .atLeast(1)),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if add != nil, remove != nil { throw .conflict("--add and --remove cannot be used together") }
    if add == nil, requestsPerMinute != nil || charactersPerMonth != nil {
      throw .conflict("--requests-per-minute and --characters-per-month need --add")
    }
    if add == "" { throw .conflict("--add needs a name that is not empty") }
  }
}
