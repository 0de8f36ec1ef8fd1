internal import Files

/// How much memory this process uses and can still allocate, as reported by the system.
public struct MachineMemory: Sendable, Equatable {
  /// Resident memory of this process in bytes; 0 if unknown.
  public let resident: Int
  /// Bytes that it can allocate in addition without swapping or being killed; nil if unknown.
  public let available: Int?

  /// The most memory that it can use, in bytes.
  public var limit: Int? { available.map { resident + $0 } }

  /// The current state.
  ///
  /// Available memory is the minimum of what the machine has left, what the control groups of a container or a service
  /// allow, and what the process's own limits allow (`ulimit -v` and `ulimit -d`).
  ///
  /// - Parameter root: the folder that contains `proc` and `sys`.
  public init(root: String = "") {
    resident = kibibytes("VmRSS:", in: "\(root)/proc/self/status") ?? 0
    let machine = kibibytes("MemAvailable:", in: "\(root)/proc/meminfo")
    let groups = lines("\(root)/proc/self/cgroup").flatMap { ControlGroup.groups($0, root: root) }
    let limits = [("Max address space", "VmSize:"), ("Max data size", "VmData:")].map {
      processLimit($0, used: $1, root: root)
    }
    available = ([machine] + groups.map(\.available) + limits).compactMap(\.self).min()
  }
}

/// How many bytes a limit of this process leaves.
///
/// - Parameters:
///   - name: the beginning of its line in `/proc/self/limits`, such as
///     `Max address space         1500000000           unlimited            bytes`.
///   - used: the key of what is used in `/proc/self/status`.
///   - root: the folder that contains `proc`.
/// - Returns: 0 or more; nil if there is no such limit.
private func processLimit(_ name: String, used: String, root: String) -> Int? {
  let line = lines("\(root)/proc/self/limits").first { $0.hasPrefix(name) }
  guard let limit = line?.dropFirst(name.count).split(separator: " ").first.flatMap({ Int($0) }) else {
    return nil
  }
  return max(0, limit - (kibibytes(used, in: "\(root)/proc/self/status") ?? 0))
}

/// A control group that may limit memory, in one of the kernel's two layouts (v1 and v2).
private struct ControlGroup {
  let folder: String
  let limit: String
  let usage: String
  let reclaimable: String

  /// The group of a line of `/proc/self/cgroup`, such as `0::/user.slice` or `4:memory:/docker/1f`, and all its
  /// parents; a container may see its own group as the root.
  static func groups(_ line: String, root: String) -> [ControlGroup] {
    let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return [] }
    let isUnified = parts[1].isEmpty
    guard isUnified || parts[1].split(separator: ",").contains("memory") else { return [] }
    let top = root + (isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory")
    let names = parts[2].split(separator: "/").map { "/\($0)" }
    return (0...names.count).map { depth in
      let folder = top + names.prefix(depth).joined()
      return isUnified
        ? ControlGroup(
          folder: folder, limit: "memory.max", usage: "memory.current", reclaimable: "inactive_file")
        : ControlGroup(
          folder: folder, limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes",
          reclaimable: "total_inactive_file")
    }
  }

  /// How much more memory the group may use; nil if it has no limit.
  var available: Int? {
    guard let limit = number(limit), let usage = number(usage) else { return nil }
    // The page cache of files that were not read recently is reclaimed first.
    let cached = lines("\(folder)/memory.stat").first { $0.hasPrefix(reclaimable + " ") }
    let unread = cached.flatMap { Int($0.dropFirst(reclaimable.count + 1)) } ?? 0
    return max(0, limit - usage + unread)
  }

  private func number(_ name: String) -> Int? { lines("\(folder)/\(name)").first.flatMap { Int($0) } }
}

/// The number of a line like `MemAvailable:   20480 kB`, in bytes.
private func kibibytes(_ key: String, in path: String) -> Int? {
  lines(path).first { $0.hasPrefix(key) }.flatMap { line in
    line.dropFirst(key.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int($0) }
  }.map { $0 * 1024 }
}

/// The lines of a file; none if it cannot be read.
private func lines(_ path: String) -> [String] {
  guard let bytes = try? readFile(path: path) else { return [] }
  return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
}
