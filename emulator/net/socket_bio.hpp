#pragma once
// The way OpenSSL reaches a socket. Its own socket BIO uses write(), and writing to a connection
// that the peer has closed would end the process with SIGPIPE; this one sends with MSG_NOSIGNAL.

#include <openssl/types.h>

namespace iothub::net {

// Null when there is no memory. The descriptor is not closed with the BIO.
BIO* new_socket_bio(int descriptor);

} // namespace iothub::net
