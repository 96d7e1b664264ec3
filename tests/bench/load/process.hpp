#pragma once
// What the system says of a process: the processor time a server has used. Used by load.

namespace iothub::bench {

// User and system time of all its threads, in steps of 10 ms; 0 for process 0.
double processor_seconds(int pid);

} // namespace iothub::bench
