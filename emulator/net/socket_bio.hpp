#pragma once
// The way OpenSSL reaches a socket. Its own socket BIO uses write(), and writing to a connection
// that the peer has closed would end the process with SIGPIPE; this one sends with MSG_NOSIGNAL.

#include <openssl/types.h>

namespace iothub::net {

// Null when there is no memory. The descriptor is not closed with the BIO.
BIO* new_socket_bio(int descriptor);

// The socket may have input: from now on it counts as empty, until this is called again, once a
// read has not filled its buffer, which spares a call that would find nothing. What comes meanwhile
// shows when the socket is waited for.
void look_once(BIO* bio);

} // namespace iothub::net
