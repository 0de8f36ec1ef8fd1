import CommandLineArguments
import Testing

/// The completion scripts for each kind of option; `tools/check-completions` tests them in real shells.
@Suite struct CompletionTests {
  @Test func bashHasACaseForEachOptionWithAValue() {
    let lines = lines(of: .bash)
    #expect(lines.contains("complete -F _sample sample"))
    #expect(following("-m | --model)", in: lines).contains { $0.contains("compgen -P \"$before\" -d") })
    #expect(following("--source)", in: lines).contains { $0.contains("-f --") })
    #expect(following("--preset)", in: lines).contains { $0.contains("-W 'tiny small base'") })
    #expect(following("--layers)", in: lines) == ["return ;;"])
    #expect(!lines.contains("--joint)"))
    let names = lines.last { $0.hasPrefix("mapfile") } ?? ""
    for name in ["--joint", "--source", "--config", "--help"] { #expect(names.contains(name)) }
    #expect(!names.contains("--generate"))
  }

  @Test func zshIsToldKindsAndExclusions() {
    let text = Sample.text(of: .completion(.zsh))
    #expect(text.hasPrefix("#compdef sample\n"))
    for specification in [
      #"'*''--source='"#, "'[text, one sentence per line]:file:_files'",
      "'*'{-m+,--model=}'[models to average]:folder:_sequence _files -/'",
      "'--preset=''[size of the model]:name:(tiny small base)'",
      "'(-b --beam)'{-b+,--beam=}'[hypotheses kept at each step]:count: '",
      "'--joint''[one vocabulary for both sides]'",
    ] { #expect(text.contains(specification), "no \(specification) in \(text)") }
  }

  @Test func fishHasALineForEachOption() {
    let lines = lines(of: .fish)
    for line in [
      "complete -c sample -l source -r -F -d 'text, one sentence per line'",
      "complete -c sample -l model -s m -x -a '(__fish_complete_directories)' -d 'models to average'",
      "complete -c sample -l preset -x -a 'tiny small base' -d 'size of the model'",
      "complete -c sample -l seed -x -d 'seed of all random numbers'",
      "complete -c sample -l joint -d 'one vocabulary for both sides'",
    ] { #expect(lines.contains(line), "no \(line)") }
  }

  private func lines(of shell: CompletionShell) -> [String] {
    Sample.text(of: .completion(shell)).split(separator: "\n").map { line in
      String(line.drop { $0 == " " })
    }
  }

  /// The lines of a bash case.
  private func following(_ line: String, in lines: [String]) -> [String] {
    guard let start = lines.firstIndex(of: line) else { return [] }
    let end = lines[start...].firstIndex(of: "return ;;") ?? start
    return Array(lines[(start + 1)...end])
  }
}
