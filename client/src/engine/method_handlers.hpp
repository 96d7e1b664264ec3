#pragma once
// The user's handlers of direct methods, and what a call of one comes to (device protocol §1.4).
// Any thread may set them; the engine calls them on the thread of the callbacks.

#include <exception>
#include <map>
#include <mutex>
#include <string>

#include "iothub/method.hpp"

namespace iothub::client {

// What goes back to the hub.
struct method_answer {
    int status = 0;
    std::string payload;          // JSON
    std::exception_ptr failure{}; // what the handler threw
};

class method_handlers {
public:
    // An empty name: for methods without a handler of their own. An empty handler takes it away.
    void set(const std::string& name, method_handler handler);

    // `payload` is JSON, or empty. 400 where it is neither, 501 where nobody handles the method,
    // 500 where the handler throws or answers with more than 128 KiB.
    method_answer call(const std::string& name, const std::string& payload) const;

private:
    method_handler find(const std::string& name) const;

    mutable std::mutex mutex_;
    std::map<std::string, method_handler> handlers_;
};

} // namespace iothub::client
