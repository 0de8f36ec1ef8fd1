internal import Files
internal import Models
internal import Text

/// Comparing the files of a folder with their checksums; a folder without checksums is accepted as it is.
extension ModelFolder {
  /// Checks all files that translation needs.
  ///
  /// - Throws: ``ModelFolderError/damaged(file:found:expected:checksums:)``, or `FileError` for a file that cannot be
  ///   read.
  public func verify() throws { try verify { _ in true } }

  /// Checks the files other than the weights.
  func verifyDescription() throws { try verify { $0 != ModelFiles.weights } }

  /// Checks all files, with a checksum of the weights that is known already.
  func verify(weights sum: String) throws { try verify(known: [ModelFiles.weights: sum]) { _ in true } }

  /// One checksum of all files on which translations depend, to tell whether two models are the same.
  ///
  /// - Throws: `FileError` for a file that cannot be read.
  public func checksum() throws -> String {
    var sum = Checksum()
    for name in fileNames + [Self.confidenceName] {
      guard let part = try self.sum(of: name) else { continue }
      unsafe sum.add(Array("\(name) \(part)\n".utf8).span.bytes)
    }
    return "xxh64:" + sum.digits
  }

  private func verify(known: [String: String] = [:], _ isWanted: (String) -> Bool) throws {
    guard fileExists(checksums) else { return }
    var sums = known
    for name in fileNames where sums[name] == nil && isWanted(name) { sums[name] = try sum(of: name) }
    // Read last: whatever another process wrote while the files were read has its set in it already.
    let record: FolderChecksums = try readJSON(path: checksums)
    let difference = try record.mismatch(comparing: isWanted) { name in try sums[name] ?? sum(of: name) }
    guard let (name, found, expected) = difference else { return }
    throw ModelFolderError.damaged(
      file: "\(path)/\(name)", found: found ?? "no such file", expected: expected, checksums: checksums)
  }

  /// The names of all files that translation may need.
  private var fileNames: [String] {
    [ModelFiles.configuration, ModelFiles.weights, Self.shortlistName] + TextPipeline.fileNames.sorted()
  }

  /// The checksum of a file; nil if there is none of this name.
  private func sum(of name: String) throws(FileError) -> String? {
    // A name from a file: only names in this folder.
    guard !name.contains("/"), fileExists("\(path)/\(name)") else { return nil }
    return try fileSum(path: "\(path)/\(name)")
  }

  /// The checksums of new files, and of those that are there, as a file that is not at its path yet.
  func stagedChecksums(of files: [AtomicFile]) throws(FileError) -> AtomicFile {
    var newest: [String: String] = [:]
    for file in files { newest[file.name] = file.checksum }
    let record = FolderChecksums(newest, before: try presentSets())
    return try stagedFile(path: checksums, contents: jsonContents(record, path: checksums))
  }

  /// The checksums of one new file and of the present files that it belongs to, as a file that is not at its path yet.
  func stagedChecksums(adding file: AtomicFile) throws(FileError) -> AtomicFile {
    var newest: [String: String] = [:]
    for name in fileNames where name != file.name { newest[name] = try sum(of: name) }
    newest[file.name] = file.checksum
    let record = FolderChecksums(newest, before: try presentSets())
    return try stagedFile(path: checksums, contents: jsonContents(record, path: checksums))
  }

  /// The sets of the model that is in the folder.
  private func presentSets() throws(FileError) -> [[String: String]] {
    if fileExists(checksums) {
      // A damaged record is replaced.
      let record = try? readJSON(FolderChecksums.self, path: checksums)
      return record?.sets ?? []
    }
    guard holdsModel else { return [] }
    var present: [String: String] = [:]
    for name in fileNames { present[name] = try sum(of: name) }
    return [present]
  }
}
