import CommandLineArguments

@main
struct BuildVocab {
  static func main() {
    runCommand(BuildVocabArguments.self) { arguments in
      if arguments.applyCodes.isEmpty {
        var build = VocabularyBuild(arguments)
        try build.run()
      } else {
        try applyCodes(path: arguments.applyCodes)
      }
    }
  }
}
