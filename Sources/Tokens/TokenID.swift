/// The number of a token in its vocabulary, counted from 0.
///
/// 32 bits suffice for any vocabulary, and a corpus of ids takes half the memory of 64-bit ids.
public typealias TokenID = Int32
