import Files
import HTMLReports
import ModelFolders

/// Where the model comes from, and its configuration.
func manifestSection(_ records: TrainingRecords) -> PageSection {
  let title = "Where the model comes from"
  var contents: [HTML] = []
  if let manifest = records.manifest, case .object(let members) = manifest {
    let rows = members.filter { $0.key != "choices" }.flatMap { leaves($0.value, $0.key) }
    contents.append(
      DataTable(
        "The contents of training.json", columns: ["Name", "Value"],
        rows: rows.map { [.text($0.name), .html(.userText($0.value))] }, isSortable: false
      ).html)
    if let choices = choiceTable(manifest) { contents.append(choices.html) }
  } else {
    contents.append(
      .note(
        "There is no training.json, which training writes with each model: it says where a model comes from.")
    )
  }
  if let configuration = try? readJSONTree(path: records.folder.configuration) {
    contents.append(
      .details("config.json, the architecture", .code("The file config.json", configuration.text())))
  }
  return PageSection(title, contents)
}

/// Names and values of a tree: `hardware.processor`, and `train_files.1.source` for the first of a list.
private func leaves(_ tree: JSONTree, _ name: String) -> [(name: String, value: String)] {
  switch tree {
  case .string(let text): [(name, text)]
  case .number(let digits): [(name, digits)]
  case .bool(let isTrue): [(name, isTrue ? "true" : "false")]
  case .null: [(name, "–")]
  case .array(let items) where items.allSatisfy(\.isText):
    [(name, items.map { if case .string(let text) = $0 { text } else { "" } }.joined(separator: " "))]
  case .array(let items):
    items.enumerated().flatMap { index, item in leaves(item, "\(name).\(index + 1)") }
  case .object(let members): members.flatMap { leaves($0.value, "\(name).\($0.key)") }
  }
}

extension JSONTree {
  fileprivate var isText: Bool { if case .string = self { true } else { false } }
}

/// What `--preset auto` chose; nil without it.
private func choiceTable(_ manifest: JSONTree) -> DataTable? {
  guard case .array(let choices)? = manifest["choices"], !choices.isEmpty else { return nil }
  func text(_ choice: JSONTree, _ key: String) -> DataTable.Cell {
    if case .string(let text)? = choice[key] { .text(text) } else { .missing }
  }
  return DataTable(
    "Settings that --preset auto chose", columns: ["Option", "Value", "Reason", "Source"],
    rows: choices.map { choice in ["option", "value", "reason", "source"].map { text(choice, $0) } })
}
