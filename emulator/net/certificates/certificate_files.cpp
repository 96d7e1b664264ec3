#include "emulator/net/certificates/certificate_files.hpp"

#include <chrono>
#include <functional>
#include <utility>

#include "emulator/net/certificates/atomic_file.hpp"
#include "emulator/net/certificates/certificate_authority.hpp"
#include "emulator/net/certificates/certificate_inspection.hpp"
#include "emulator/net/certificates/certificate_names.hpp"

namespace iothub::net {

namespace {

namespace fs = std::filesystem;

constexpr mode_t public_file = 0644;
constexpr mode_t private_file = 0600;
constexpr std::chrono::days ca_warning_time(30);

// A pair as the folder holds it; an empty text stands for a file that is not there.
struct stored_pair {
    fs::path certificate_file;
    fs::path key_file;
    certificate_and_key pair;
};

struct naming_and_time {
    const std::vector<std::string>& names;
    timestamp now;
};

error with_remedy(const std::string& problem, const std::string& remedy) {
    return {errc::server_error, problem + "; " + remedy, {}};
}

result<std::string> text_of(const fs::path& file) {
    auto content = read_small_file(file);
    if (!content)
        return content.error();
    if (*content && (*content)->empty())
        return error{errc::server_error, file.string() + " is empty", {}};
    return content->value_or(std::string());
}

// An error unless the pair is whole, or missing, or a key that has no certificate yet.
result<> check(const stored_pair& stored, const std::string& remedy) {
    const std::string certificate = stored.certificate_file.string();
    if (stored.pair.key_pem.empty()) {
        if (stored.pair.certificate_pem.empty())
            return {};
        return with_remedy(stored.key_file.string() + " is missing beside " + certificate, remedy);
    }
    if (stored.pair.certificate_pem.empty()) {
        if (auto checked = check_private_key(stored.pair.key_pem); !checked)
            return with_remedy(stored.key_file.string() + ": " + checked.error().message, remedy);
        return {};
    }
    if (const auto checked = check_pair(stored.pair); !checked)
        return with_remedy(certificate + " with " + stored.key_file.string() + ": " +
                               checked.error().message,
                           remedy);
    return {};
}

result<stored_pair> load_pair(const fs::path& folder, const std::string& name,
                              const std::string& remedy) {
    stored_pair stored{folder / (name + ".pem"), folder / (name + ".key"), {}};
    auto certificate = text_of(stored.certificate_file);
    if (!certificate)
        return with_remedy(certificate.error().message, remedy);
    auto key = text_of(stored.key_file);
    if (!key)
        return with_remedy(key.error().message, remedy);
    stored.pair = {std::move(*certificate), std::move(*key)};
    if (auto checked = check(stored, remedy); !checked)
        return checked.error();
    return stored;
}

// The key goes first: a key alone is an unfinished creation, which the next start completes.
result<>
store(stored_pair& stored,
      const std::function<result<std::string>(const std::string& key_pem)>& make_certificate) {
    const bool new_key = stored.pair.key_pem.empty();
    if (new_key)
        stored.pair.key_pem = create_private_key();
    auto certificate = make_certificate(stored.pair.key_pem);
    if (!certificate)
        return certificate.error();
    stored.pair.certificate_pem = std::move(*certificate);
    if (new_key)
        if (auto written =
                write_file_atomically(stored.key_file, stored.pair.key_pem, private_file);
            !written)
            return written;
    return write_file_atomically(stored.certificate_file, stored.pair.certificate_pem, public_file);
}

result<> keep_ca(stored_pair& ca, timestamp now, std::vector<std::string>& notes) {
    const auto make = [now](const std::string& key) { return create_ca_certificate(key, now); };
    if (ca.pair.certificate_pem.empty()) {
        notes.push_back("CA certificate created: clients have to trust it");
        return store(ca, make);
    }
    const auto end = expiry_of(ca.pair.certificate_pem);
    if (!end)
        return end.error();
    if (now >= *end) {
        notes.push_back("CA certificate expired on " + iso_8601(*end) +
                        " and was replaced: clients have to trust the new one");
        return store(ca, make);
    }
    if (now + ca_warning_time >= *end)
        notes.push_back("CA certificate expires on " + iso_8601(*end) +
                        ": it will then be replaced, and clients have to trust the new one");
    return {};
}

result<> keep_server(stored_pair& server, const certificate_and_key& ca,
                     const naming_and_time& wanted, std::vector<std::string>& notes) {
    if (server.pair.certificate_pem.empty()) {
        notes.push_back("server certificate created");
    } else {
        const auto reason = why_renewal_is_needed(server.pair.certificate_pem, ca.certificate_pem,
                                                  wanted.names, wanted.now);
        if (!reason)
            return {};
        notes.push_back("server certificate renewed: " + *reason);
    }
    return store(server, [&](const std::string& key) {
        return create_server_certificate(ca, key, wanted.names, wanted.now);
    });
}

} // namespace

result<hub_certificates> create_certificates(const std::vector<std::string>& names, timestamp now) {
    certificate_and_key ca{{}, create_private_key()};
    auto ca_certificate = create_ca_certificate(ca.key_pem, now);
    if (!ca_certificate)
        return ca_certificate.error();
    ca.certificate_pem = std::move(*ca_certificate);
    certificate_and_key server{{}, create_private_key()};
    auto certificate = create_server_certificate(ca, server.key_pem, names, now);
    if (!certificate)
        return certificate.error();
    server.certificate_pem = std::move(*certificate);
    return hub_certificates{ca.certificate_pem, std::move(server), {}};
}

result<hub_certificates> load_or_create_certificates(const fs::path& folder,
                                                     const std::vector<std::string>& names,
                                                     timestamp now) {
    if (auto checked = alternative_names(names); !checked)
        return checked.error();
    auto ca = load_pair(folder, "ca",
                        "restore ca.pem and ca.key, or remove both to start with a new CA, which "
                        "clients have to trust again");
    if (!ca)
        return ca.error();
    auto server = load_pair(folder, "server",
                            "restore server.pem and server.key, or remove both to have new ones");
    if (!server)
        return server.error();
    std::vector<std::string> notes;
    if (auto kept = keep_ca(*ca, now, notes); !kept)
        return kept.error();
    if (auto kept = keep_server(*server, ca->pair, {names, now}, notes); !kept)
        return kept.error();
    return hub_certificates{ca->pair.certificate_pem, server->pair, std::move(notes)};
}

} // namespace iothub::net
