import Glibc

/// Size and time of change of a file, by which it is recognized without reading it.
public struct FileStamp: Sendable, Equatable, Codable {
  /// The size on the disk, in bytes.
  public let bytes: Int
  /// The time of the last change, in nanoseconds since 1970.
  public let modified: Int

  /// The stamp of a file as it is now.
  ///
  /// - Throws: ``FileError/notFound(path:)`` if there is no such file.
  public init(path: String) throws(FileError) {
    guard let status = fileStatus(path) else { throw .notFound(path: path) }
    bytes = Int(status.st_size)
    modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
  }
}
