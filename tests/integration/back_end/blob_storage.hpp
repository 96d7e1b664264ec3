#pragma once
// A container of block blobs in memory, over HTTP on a free loopback port: as much of blob storage
// as imports and exports use, without a check of the signature.

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace iothub::test {

class blob_storage {
public:
    blob_storage();
    ~blob_storage();
    blob_storage(const blob_storage&) = delete;
    blob_storage& operator=(const blob_storage&) = delete;

    // "http://127.0.0.1:40000/account/c?sig=x"
    std::string uri() const;

    std::string blob(const std::string& name); // empty where there is none
    void put(const std::string& name, const std::string& bytes);

private:
    void serve();
    std::string answer_to(const std::string& request);
    std::string answer_to_put(const std::string& name, const std::string& parameters,
                              const std::string& body);
    std::string answer_to_get(const std::string& name, const std::string& request);

    std::mutex mutex_;
    std::map<std::string, std::string> blobs_;
    std::map<std::string, std::string> blocks_; // of the blob that is being written, by their ids
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

} // namespace iothub::test
