#include "emulator/net/socket_bio.hpp"

#include <openssl/bio.h>

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <memory>

namespace iothub::net {

namespace {

int descriptor_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool worth_a_retry() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int write_to_socket(BIO* bio, const char* bytes, int count) {
    BIO_clear_retry_flags(bio);
    const ssize_t sent =
        ::send(descriptor_of(bio), bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
    if (sent < 0 && worth_a_retry())
        BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int read_from_socket(BIO* bio, char* bytes, int count) {
    BIO_clear_retry_flags(bio);
    const ssize_t received = ::recv(descriptor_of(bio), bytes, static_cast<std::size_t>(count), 0);
    if (received < 0 && worth_a_retry())
        BIO_set_retry_read(bio);
    if (received == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(received);
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
    }
    return method;
}

} // namespace

BIO* new_socket_bio(int descriptor) {
    static const auto method = make_method();
    BIO* bio = method ? BIO_new(method.get()) : nullptr;
    if (bio) {
        BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(descriptor)));
        BIO_set_init(bio, 1);
    }
    return bio;
}

} // namespace iothub::net
