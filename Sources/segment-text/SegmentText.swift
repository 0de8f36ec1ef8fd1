import CommandLineArguments

@main
struct SegmentText {
  static func main() {
    runCommand(SegmentTextArguments.self) { arguments, _ in
      try changeLines(threads: arguments.threads, makeLineChange(arguments))
    }
  }
}
