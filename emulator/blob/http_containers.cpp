#include "emulator/blob/http_containers.hpp"

#include "emulator/blob/container_uri.hpp"
#include "emulator/blob/http_container.hpp"

namespace iothub::blob {

result<std::unique_ptr<core::blob_container>> http_containers::open(const std::string& sas_uri) {
    auto where = parse_container_uri(sas_uri);
    if (!where) {
        return where.error();
    }
    std::shared_ptr<net::tls_client_context> tls;
    if (where->tls) {
        auto made = net::tls_client_context::create(trusted_pem_);
        if (!made) {
            return error{errc::blob_container_validation_error, made.error().message};
        }
        tls = *std::move(made);
    }
    return std::unique_ptr<core::blob_container>(
        std::make_unique<http_container>(executor_, *std::move(where), std::move(tls), limits_));
}

} // namespace iothub::blob
