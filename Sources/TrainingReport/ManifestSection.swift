import Files
import HTMLReports
import ModelFolders

/// Where the model comes from, and its configuration.
func manifestSection(_ records: TrainingRecords) -> PageSection {
  let title = "Where the model comes from"
  var contents: [HTML] = []
  if let manifest = records.manifest, case .object(let members) = manifest {
    contents.append(
      .definitions(members.filter { $0.key != "choices" }.map { ($0.key, value(of: $0.value, $0.key)) }))
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

private func value(of tree: JSONTree, _ key: String) -> HTML {
  switch tree {
  case .string(let text): .userText(text)
  case .number(let digits): .text(digits)
  case .bool(let isTrue): isTrue ? "true" : "false"
  case .null: "–"
  case .array(let items) where items.allSatisfy({ if case .string = $0 { true } else { false } }):
    .userText(items.map { if case .string(let text) = $0 { text } else { "" } }.joined(separator: " "))
  case .array, .object: .details("\(tree.words)", .code(key, tree.text()))
  }
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
