#include "emulator/net/socket_bio.hpp"

#include <openssl/bio.h>

#include <sys/socket.h>

#include <cerrno>
#include <memory>

namespace iothub::net {

namespace {

struct socket_end {
    int descriptor;
    bool looks_once = false;  // per readiness
    bool found_empty = false; // since then
};

socket_end& end_of(BIO* bio) {
    return *static_cast<socket_end*>(BIO_get_data(bio));
}

bool worth_a_retry() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int write_to_socket(BIO* bio, const char* bytes, int count) {
    BIO_clear_retry_flags(bio);
    const ssize_t sent =
        ::send(end_of(bio).descriptor, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
    if (sent < 0 && worth_a_retry())
        BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

// A read that did not fill its buffer has emptied the socket.
int read_from_socket(BIO* bio, char* bytes, int count) {
    BIO_clear_retry_flags(bio);
    socket_end& end = end_of(bio);
    if (end.looks_once && end.found_empty) {
        errno = EAGAIN;
        BIO_set_retry_read(bio);
        return -1;
    }
    const ssize_t received = ::recv(end.descriptor, bytes, static_cast<std::size_t>(count), 0);
    end.found_empty = received > 0 && received < count;
    if (received < 0 && worth_a_retry())
        BIO_set_retry_read(bio);
    if (received == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(received);
}

int free_end(BIO* bio) {
    delete static_cast<socket_end*>(BIO_get_data(bio));
    BIO_set_data(bio, nullptr);
    return 1;
}

long control_socket(BIO* bio, int command, long, void*) {
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_EOF:
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    default:
        return 0;
    }
}

struct free_method {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};

std::unique_ptr<BIO_METHOD, free_method> make_method() {
    std::unique_ptr<BIO_METHOD, free_method> method(
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE"));
    if (method) {
        BIO_meth_set_write(method.get(), write_to_socket);
        BIO_meth_set_read(method.get(), read_from_socket);
        BIO_meth_set_ctrl(method.get(), control_socket);
        BIO_meth_set_destroy(method.get(), free_end);
    }
    return method;
}

} // namespace

BIO* new_socket_bio(int descriptor) {
    static const auto method = make_method();
    BIO* bio = method ? BIO_new(method.get()) : nullptr;
    if (bio) {
        BIO_set_data(bio, new socket_end{descriptor});
        BIO_set_init(bio, 1);
    }
    return bio;
}

void look_once(BIO* bio) {
    end_of(bio).looks_once = true;
    end_of(bio).found_empty = false;
}

} // namespace iothub::net
