import Text

/// A paragraph of a document in XML: the content between its tags, and what of it is translated.
struct Paragraph: Sendable {
  /// Markup as it is in the file.
  struct Code: Sendable, Equatable {
    /// Its bytes in the part; they may contain paragraphs, such as those of a text box.
    var range: Range<Int>
    /// The text that is written instead, for that of a field.
    var text: String?
    /// The number of the format of its run; nil for markup between runs.
    var format: Int?
  }

  /// What markup does to the text around it.
  enum CodeKind: Sendable, Equatable {
    /// It marks a place in a sentence.
    case standalone
    /// It is a word of a sentence, such as a formula.
    case copied
    /// It begins what the closing one with the same number ends, such as a link.
    case opening(Int)
    case closing(Int)
    /// It begins a range such as a bookmark, which ends at the mark with the same name; ranges may overlap.
    case rangeStart(String)
    case rangeEnd(String)
    /// It ends a segment, such as a line break.
    case boundary
  }

  /// A piece of the content.
  enum Item: Sendable, Equatable {
    /// Text with the number of its format.
    case text(String, format: Int)
    case code([Code], CodeKind)
  }

  /// How the runs of a format begin and end.
  struct Format: Sendable {
    var opening: [UInt8]
    var closing: [UInt8]
  }

  /// A part of the content: what stays, or a segment.
  enum Element: Sendable {
    case item(Item)
    case segment(ParagraphSegment)
  }

  /// The content's bytes in the part.
  let range: Range<Int>
  let formats: [Format]
  let elements: [Element]
  /// How texts begin and end within a run.
  let textTags: Format
  /// What stands for a space that follows no other character; nil if a space does.
  let spaceTag: [UInt8]?

  /// The segments in order.
  var segments: [ParagraphSegment] {
    elements.compactMap { element in
      guard case .segment(let segment) = element else { return nil }
      return segment
    }
  }
}

/// What of a paragraph is translated together: text, with formatting and other markup in it.
struct ParagraphSegment: Sendable {
  /// A mark in the text.
  enum Mark: Sendable, Equatable {
    case code([Paragraph.Code], Paragraph.CodeKind)
    /// Text of another format than most of the segment's begins, or ends.
    case formatOpening(number: Int, format: Int)
    case formatClosing(number: Int)
  }

  let text: MarkedText
  let marks: [Mark]
  /// The format of most of the text.
  let baseFormat: Int
  /// What it was made from.
  let source: [Paragraph.Item]
}
