internal import CProcessors

/// Has large blocks of memory go back to the system as soon as they are freed, in the whole process.
///
/// The allocator would keep them for blocks of the same size, for every thread its own. Where work of different
/// kinds takes turns, these never come, and the memory is missing.
package func returnFreedMemoryAtOnce() { memory_return_large_blocks() }
