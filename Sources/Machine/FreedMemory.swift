internal import CProcessors

/// Returns large blocks of memory to the system as soon as they are freed, in the whole process.
///
/// Otherwise the allocator keeps them, separately for each thread, to reuse for blocks of similar size. If different
/// kinds of work alternate, such blocks are never allocated again, and the memory is wasted.
package func returnFreedMemoryAtOnce() { memory_return_large_blocks() }
