#pragma once
// What a person sees on standard error once the hub runs: what to paste into a shell for each SDK.

#include <string>

namespace iothub::app {

class server;

std::string start_up_message(const server& running);

} // namespace iothub::app
