/// The number of a token in its vocabulary, counted from 0.
///
/// 32 bits: no vocabulary is larger, and a corpus of ids takes half the memory of 64.
public typealias TokenID = Int32
