import CommandLineArguments
import Files
import ModelDescription
import ModelReport
import Reporting

@main
struct DescribeModel {
  static func main() {
    runCommand(DescribeModelArguments.self) { arguments, _ in try describe(arguments) }
  }

  private static func describe(_ arguments: DescribeModelArguments) throws {
    let subject = try Subject(arguments)
    var description = subject.description()
    if arguments.measures { description.speed = try subject.speed() }
    if let path = arguments.json { try writeJSON(description, path: path) }
    if let path = arguments.report {
      let folder = arguments.model.isEmpty ? nil : arguments.model
      try ModelReport(description, title: subject.title, folder: folder).write(to: path)
    }
    let output = StandardOutput()
    for line in Report(description, title: subject.title).lines { try output.writeLine(line) }
    try output.flush()
  }
}
