#include "emulator/net/certificates/pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <new>
#include <utility>

namespace iothub::net {

namespace {

// Never asks a terminal for a password.
int no_password(char*, int, int, void*) {
    return -1;
}

bio_ptr reader(std::string_view text) {
    return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool at_the_end() {
    const unsigned long code = ERR_peek_last_error();
    return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

error damaged(const std::string& what) {
    return {errc::server_error, what + ": " + take_openssl_error(), {}};
}

template <class Write>
std::string written_by(Write write) {
    const bio_ptr out(BIO_new(BIO_s_mem()));
    char* text = nullptr;
    if (!out || write(out.get()) != 1)
        throw std::bad_alloc();
    const long size = BIO_get_mem_data(out.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

} // namespace

result<std::vector<certificate_ptr>> read_certificates(std::string_view pem) {
    ERR_clear_error();
    const bio_ptr in = reader(pem);
    std::vector<certificate_ptr> found;
    while (certificate_ptr next{PEM_read_bio_X509(in.get(), nullptr, no_password, nullptr)})
        found.push_back(std::move(next));
    if (!at_the_end())
        return damaged("damaged certificate");
    ERR_clear_error();
    if (found.empty())
        return error{errc::server_error, "no certificate in PEM format", {}};
    return found;
}

result<key_ptr> read_private_key(std::string_view pem) {
    ERR_clear_error();
    const bio_ptr in = reader(pem);
    key_ptr key(PEM_read_bio_PrivateKey(in.get(), nullptr, no_password, nullptr));
    if (!key)
        return damaged("no readable private key in PEM format");
    return key;
}

std::string to_pem(X509& certificate) {
    return written_by([&](BIO* out) { return PEM_write_bio_X509(out, &certificate); });
}

std::string to_pem(EVP_PKEY& key) {
    return written_by([&](BIO* out) {
        return PEM_write_bio_PKCS8PrivateKey(out, &key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

} // namespace iothub::net
