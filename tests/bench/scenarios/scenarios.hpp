#pragma once
// What iothub-bench can measure. Each scenario reads its arguments (rows.py passes them), throws
// std::runtime_error where it cannot be done, and prints its figures as a line of JSON.

#include "bench/arguments.hpp"
#include "bench/load/load.hpp"

namespace iothub::bench {

// target=hub|broker port connections window bytes [reader=mqtt|amqp reader_port] and those of
// settings_in(): messages at QoS 1, acknowledged; with a reader, those that reached it.
void publish(const arguments& given);

// operation=get|patch port connections and those of settings_in(): twin requests of devices whose
// twins hold about 2 KB.
void twin(const arguments& given);

// port connections path [method body headers token=owner first ids order=random|sequential repeat]
// and those of settings_in(). In path and body, {} is the number of a device and {/100} a hundredth
// of it; with `repeat` the body is an array of so many.
void http(const arguments& given);

// target port connections (at a time) identities seconds pid: TLS and CONNECT until CONNACK.
void connects(const arguments& given);

// target port connections: connects, subscribes, prints "ready", and holds all until a line comes.
void idle(const arguments& given);

// target port -- command: milliseconds from the command's start until CONNACK.
void cold_start(const arguments& given);

// rounds: milliseconds to make a hub in this process, create a module, connect, get its twin, and
// end the hub.
void in_process(const arguments& given);

// folder operation=insert|update rows bytes batch synchronous seconds: a bare SQLite loop.
void sqlite(const arguments& given);

// window rate seconds warm_up requests pid, all optional.
load_settings settings_in(const arguments& given);

void print(const load_result& result);

// A single figure, in milliseconds.
void print_ms(double median);

} // namespace iothub::bench
