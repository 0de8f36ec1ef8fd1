import Foundation
import Machine
import TestSupport
import Testing

/// Memory as reported by the system files of different kinds of machines.
@Suite struct MachineMemoryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func write(_ files: [String: String]) throws {
    for (name, text) in files {
      let url = URL(fileURLWithPath: folder(name))
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: false, encoding: .utf8)
    }
  }

  let machine = [
    "proc/self/status": "Name:\ttrain\nVmPeak:\t  900 kB\nVmRSS:\t  300 kB\n",
    "proc/meminfo": "MemTotal:  9000 kB\nMemFree:  100 kB\nMemAvailable:  5000 kB\n",
  ]

  @Test func machineWithoutGroups() throws {
    try write(machine)
    let memory = MachineMemory(root: folder.path)
    #expect((memory.resident, memory.available, memory.limit) == (300 << 10, 5000 << 10, 5300 << 10))
  }

  /// The group itself has no limit, but its parent has; its page cache can be reclaimed.
  @Test func groupOfTheNewLayout() throws {
    try write(machine)
    try write([
      "proc/self/cgroup": "0::/machine/run\n", "sys/fs/cgroup/machine/run/memory.max": "max\n",
      "sys/fs/cgroup/machine/run/memory.current": "400000\n",
      "sys/fs/cgroup/machine/memory.max": "1000000\n", "sys/fs/cgroup/machine/memory.current": "500000\n",
      "sys/fs/cgroup/machine/memory.stat": "active_file 70000\ninactive_file 30000\n",
    ])
    #expect(MachineMemory(root: folder.path).available == 530_000)
  }

  /// A container that sees its own group as the root, regardless of its path.
  @Test func groupOfTheOldLayout() throws {
    try write(machine)
    try write([
      "proc/self/cgroup": "5:devices:/\n4:cpu,memory:/docker/1f\n0::/\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "2000000\n",
      "sys/fs/cgroup/memory/memory.usage_in_bytes": "800000\n",
    ])
    #expect(MachineMemory(root: folder.path).available == 1_200_000)
    try write(["sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"])
    #expect(MachineMemory(root: folder.path).available == 5000 << 10, "no limit at all")
    try write(["sys/fs/cgroup/memory/memory.limit_in_bytes": "700000\n"])
    #expect(MachineMemory(root: folder.path).available == 0)
  }

  @Test func limitsOfTheProcess() throws {
    try write(machine)
    try write([
      "proc/self/status": "VmSize:\t  1000 kB\nVmRSS:\t  300 kB\nVmData:\t 500 kB\n",
      "proc/self/limits": """
      Limit                     Soft Limit           Hard Limit           Units
      Max data size             unlimited            unlimited            bytes
      Max address space         3024000              unlimited            bytes

      """,
    ])
    #expect(MachineMemory(root: folder.path).available == 3_024_000 - 1_024_000)
    try write([
      "proc/self/limits": """
      Max data size             612000               unlimited            bytes
      Max address space         1000                 unlimited            bytes

      """
    ])
    #expect(MachineMemory(root: folder.path).available == 0)
    try write(["proc/self/limits": "Max data size             612000               612000            bytes\n"]
    )
    #expect(MachineMemory(root: folder.path).available == 100_000)
  }

  @Test func systemThatTellsNothing() throws {
    let memory = MachineMemory(root: folder.path)
    #expect((memory.resident, memory.available, memory.limit) == (0, nil, nil))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/meminfo"))) func thisMachine() throws {
    let memory = MachineMemory()
    #expect(memory.resident > 1 << 20)
    #expect(try #require(memory.available) > 0)
  }
}
