import CommandLineArguments
import Testing

/// The roff of man pages; `tools/check-completions` tests the pages of the commands with groff and mandoc.
@Suite struct ManPageTests {
  struct Odd: CommandArguments {
    var model = ""
    var lowercase = false

    static let command = CommandDescription(
      name: "odd-one", summary: "does 'odd' things",
      usage: ["--model <folder>", "--lowercase"],
      examples: [.init("two lines", "odd-one --model a \\\n  --lowercase")],
      discussion: "...begins with dots, and has \\ and √ and \"quotes\".\n\n  a ||| table\n  .of lines",
      related: ["other", "another-one"])
    static let groups: [OptionGroupReference<Self>] = [.options("What it's", options)]
    private static let options: [Option<Self>] = [
      Option("--model", short: "m", "folder", "the model", \.model, required: true),
      Option("--lowercase", "lower-case it", \.lowercase),
    ]
  }

  @Test func everythingIsThereInRoff() {
    #expect(Odd.text(of: .manPage) == Self.page)
  }

  /// groff and mandoc interpret a dot or an apostrophe at the beginning of a line as a request.
  @Test func noLineIsARequestByAccident() {
    let requests: Set = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BR", ".br", ".EX", ".EE"]
    for line in Sample.text(of: .manPage).split(separator: "\n")
    where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }

  static let page = #"""
    .TH ODD\-ONE 1 2026-11-28 "swift-translation \#(CommandDescription.packageVersion)" "User Commands"
    .SH NAME
    odd\-one \- does \(aqodd\(aq things
    .SH SYNOPSIS
    .B odd\-one
    \-\-model <folder>
    .br
    .B odd\-one
    \-\-lowercase
    .SH DESCRIPTION
    \&...begins with dots, and has \e and \[u221A] and \(dqquotes\(dq.
    .PP
    .EX
      a ||| table
      .of lines
    .EE
    .SH OPTIONS
    .SS What it\(aqs
    .TP
    \fB\-m\fR, \fB\-\-model\fR \fI<folder>\fR
    the model (required)
    .TP
    \fB\-\-lowercase\fR
    lower\-case it
    .SS General
    .TP
    \fB\-\-config\fR \fI<file.json>\fR
    read options from a JSON object, keys without \(aq\-\-\(aq; the command line
    wins
    .TP
    \fB\-\-version\fR
    print the version
    .TP
    \fB\-h\fR, \fB\-\-help\fR
    print this text
    .SH EXAMPLES
    two lines:
    .PP
    .EX
        odd\-one \-\-model a \e
          \-\-lowercase
    .EE
    .SH EXIT STATUS
    0 on success, 1 on failure, 64 if the command line is invalid; messages go to
    standard error.
    .SH SEE ALSO
    .BR other (1),
    .BR another\-one (1)

    """#
}
