/// Writes a folder for Marian or Bergamot; see ``MarianExport``.
struct MarianExporter: ModelExporter {
  private let export: MarianExport
  private let target: MarianExport.Target
  private let shortlist: String?

  init(_ model: ExportedModel, _ options: ExportOptions) throws {
    try self.init(model, options, for: .marian)
  }

  init(_ model: ExportedModel, _ options: ExportOptions, for target: MarianExport.Target) throws {
    export = MarianExport(model.model, model.pipeline, folder: model.folder, sample: options.sample)
    (self.target, shortlist) = (target, model.shortlist)
    try export.requireExportable()
  }

  var notes: [String] { export.notes }

  func write(to folder: String) throws { try export.write(target, to: folder, shortlist: shortlist) }
}
