import Foundation
import TestSupport
import Testing

/// Documents, translated in place.
@Suite struct DocumentCommandTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func translate(_ text: String, _ format: String, _ options: [String] = []) throws
    -> Command.Outcome
  {
    try Command.translate.run(["--model", fixture.model, "--input-format", format] + options, text: text)
  }

  /// What is between two tags is what the model says to the text by itself.
  @Test func pagesAreTranslatedInPlace() throws {
    let sentence = try fixture.sentences()[0]
    let expected = try Command.translate.run(["--model", fixture.model], text: sentence + "\n").lines[0]
    let page =
      "<!DOCTYPE html>\n<p class=\"a\">\n  \(sentence)\n</p><pre>Anna</pre><p translate=no>Anna</p>\n"
    let outcome = try translate(page, "html")
    try expectSuccess(outcome)
    #expect(outcome.output == page.replacing(sentence, with: expected))
    #expect(outcome.errors.contains("1 segment translated"), "\(outcome.errors)")
  }

  @Test func markupComesThroughOnce() throws {
    let texts = [
      ("html", "<p>The <b>old <i>man</i></b> sees the <a href=\"x\">boat</a> &amp; Anna.</p>"),
      ("markdown", "# The *old* man\n\n- Anna sees [the boat](http://x.org) and `code`.\n"),
      ("srt", "1\n00:00:01,000 --> 00:00:02,000\nThe <i>old man\nsees</i> the boat.\n"),
    ]
    let marks = [
      ["<b>", "<i>", "</i>", "</b>", "<a href=\"x\">", "</a>", "&amp;"],
      ["# ", "\n\n- ", "[", "](http://x.org)", "`code`"], ["<i>", "</i>", "00:00:01,000 --> 00:00:02,000\n"],
    ]
    for ((format, text), marks) in zip(texts, marks) {
      let outcome = try translate(text, format)
      try expectSuccess(outcome)
      for mark in marks where mark != "&amp;" {
        #expect(outcome.output.components(separatedBy: mark).count == 2, "\(mark): \(outcome.output)")
      }
    }
  }

  @Test func documentsHaveNoLines() throws {
    for options in [["--json"], ["--scores"], ["--n-best", "2"]] {
      let outcome = try translate("<p>Anna</p>", "html", options)
      #expect(outcome.status == 64 && outcome.errors.contains("leave them out"), "\(outcome.errors)")
    }
  }

  @Test func packagesAreFiles() throws {
    let outcome = try translate("PK", "docx")
    #expect(outcome.status == 64 && outcome.errors.contains("give --input"), "\(outcome.errors)")
  }
}
