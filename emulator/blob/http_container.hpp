#pragma once
// A blob container over HTTP (Azure Storage REST, version 2020-10-02: Put Block, Put Block List,
// Put Blob, Get Blob, Delete Blob, List Blobs). Opened by http_containers.

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/blob/container_uri.hpp"
#include "emulator/blob/exchange.hpp"
#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::blob {

class http_container final : public core::blob_container {
public:
    // `tls` for https only.
    http_container(boost::asio::any_io_executor executor, container_uri where,
                   std::shared_ptr<net::tls_client_context> tls, const exchange_limits& limits);
    ~http_container() override;

    void put_block(const std::string& blob, std::size_t number, std::string bytes,
                   done answered) override;
    void commit_blocks(const std::string& blob, std::size_t count, done answered) override;
    void read(const std::string& blob, core::byte_range range, piece_taken taken) override;
    void remove(const std::string& blob, done answered) override;
    void list(done answered) override;

private:
    struct request {
        std::string name; // of the operation, for errors
        std::string method;
        std::string blob; // none: the container itself
        std::string parameters;
        std::string headers; // whole lines
        std::string body = {};
    };

    void ask(const request& what, exchange::handler handle);
    void ask(const request& what, int expected_status, done answered);
    std::string bytes_of(const request& what) const;

    boost::asio::any_io_executor executor_;
    container_uri where_;
    std::shared_ptr<net::tls_client_context> tls_;
    exchange_limits limits_;
    std::shared_ptr<exchange> present_;
};

} // namespace iothub::blob
