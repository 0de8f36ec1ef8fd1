import Files
import ModelFolders

/// The checksums of models, by which shards know theirs.
///
/// - Parameter folders: model folders.
/// - Returns: a checksum for each.
/// - Throws: `FileError` for a file that cannot be read.
public func modelSums(_ folders: [String]) throws -> [String] {
  try folders.map { path in
    let folder = ModelFolder(path)
    guard fileExists(folder.configuration) else { throw FileError.notFound(path: folder.configuration) }
    return try folder.checksum()
  }
}
