import Glibc

extension Readable {
  /// The system's description of an error number in lower case, such as "no such file or directory".
  public static func systemError(_ number: Int32) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text).lowercased()
  }
}
