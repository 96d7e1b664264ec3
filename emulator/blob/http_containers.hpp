#pragma once
// The hub's seam to blob storage, over HTTP and HTTPS. Wired by app/server.

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>
#include <utility>

#include "emulator/blob/exchange.hpp"
#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::blob {

class http_containers final : public core::blob_containers {
public:
    // `trusted_pem`: authorities to trust beyond the system's, or nothing. Containers end before
    // the executor's loop.
    http_containers(boost::asio::any_io_executor executor, std::string trusted_pem,
                    const exchange_limits& limits = {})
        : executor_(std::move(executor))
        , trusted_pem_(std::move(trusted_pem))
        , limits_(limits) {}

    result<std::unique_ptr<core::blob_container>> open(const std::string& sas_uri) override;

private:
    boost::asio::any_io_executor executor_;
    std::string trusted_pem_;
    exchange_limits limits_;
};

} // namespace iothub::blob
