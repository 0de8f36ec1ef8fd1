import CommandLineArguments
import Testing

@Suite struct HelpTextTests {
  @Test func dump() { print(Sample.helpText(width: 80)) }
}
