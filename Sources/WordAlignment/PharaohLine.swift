package import Tokens

/// Links as a line of text, `0-0 1-2`: source words and target words from 0.
///
/// - Returns: ASCII without a line end; nothing for no links.
package func pharaohLine(_ links: [AlignmentLink]) -> [UInt8] {
  Array(links.map { "\($0.source)-\($0.target)" }.joined(separator: " ").utf8)
}
