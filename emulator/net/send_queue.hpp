#pragma once
// The bytes a stream still has to send, oldest first. socket_stream keeps one; when it has run
// empty it holds no memory, so that an idle connection costs nothing.

#include <cstddef>
#include <string>
#include <string_view>

namespace iothub::net {

class send_queue {
public:
    void append(std::string_view bytes);

    // Everything queued. The oldest bytes keep their place at the front until they are consumed.
    std::string_view front() const { return std::string_view(bytes_).substr(sent_); }

    // Forgets the first `count` bytes, at most size().
    void consume(std::size_t count);

    std::size_t size() const { return bytes_.size() - sent_; }
    bool empty() const { return size() == 0; }
    void clear();

    // Bytes of memory held, for the queue's tests.
    std::size_t capacity() const { return bytes_.capacity(); }

private:
    std::string bytes_;
    std::size_t sent_ = 0;
};

} // namespace iothub::net
