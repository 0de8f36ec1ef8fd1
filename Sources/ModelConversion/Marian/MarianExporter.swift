/// Writes a folder for Marian or Bergamot; see ``MarianExport``.
struct MarianExporter: ModelExporter {
  private let exported: ExportedModel
  private let target: MarianExport.Target

  init(_ model: ExportedModel, _ options: ExportOptions) { self.init(model, for: .marian) }

  init(_ model: ExportedModel, for target: MarianExport.Target) { (exported, self.target) = (model, target) }

  var notes: [String] { [] }

  func write(to folder: String) throws {
    try MarianExport(exported.model, exported.pipeline, folder: exported.folder)
      .write(target, to: folder, shortlist: exported.shortlist)
  }
}
