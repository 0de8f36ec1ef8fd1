import CommandLineArguments
import Text

@main
struct BuildVocab {
  static func main() {
    runCommand(BuildVocabArguments.self) { arguments, _ in
      if !arguments.applyCodes.isEmpty {
        try applyCodes(path: arguments.applyCodes)
      } else if !arguments.printSourceWords.isEmpty {
        try printWords(vocabulary: arguments.printSourceWords, side: .source)
      } else if !arguments.printTargetWords.isEmpty {
        try printWords(vocabulary: arguments.printTargetWords, side: .target)
      } else {
        var build = try VocabularyBuild(arguments)
        try build.run()
      }
    }
  }
}
