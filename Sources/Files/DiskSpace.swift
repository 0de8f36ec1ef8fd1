import Glibc

/// The bytes that this process may still write to the disk of an existing folder; nil if the system does not say.
package func freeDiskSpace(folder: String) -> Int? {
  var status = statvfs()
  guard unsafe statvfs(folder, &status) == 0 else { return nil }
  return Int(
    clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
}

/// The size of a file in bytes; 0 if there is none.
package func fileSize(path: String) -> Int { fileStatus(path).map { Int($0.st_size) } ?? 0 }

/// The folder that relative paths start from; nil if it was removed.
package func currentFolder() -> String? {
  guard let path = unsafe getcwd(nil, 0) else { return nil }
  defer { unsafe free(path) }
  return unsafe String(cString: path)
}
