#pragma once
// The seam to blob storage: what export and import jobs (service API §1.5; rows J04, J05) do with a
// container that a shared access signature opens. blob/http_containers implements it, a test's fake
// keeps blobs in memory. Called by transfer_service and its runs.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "common/result.hpp"

namespace iothub::core {

// A part of a blob, and how large the whole is.
struct blob_piece {
    std::string bytes;
    std::uint64_t blob_size = 0;
};

struct byte_range {
    std::uint64_t first = 0;
    std::size_t length = 0;
};

// One operation at a time. Its callback is called once, never from within the call, and may destroy
// the container. Errors are blob_container_validation_error and say what was refused by whom,
// without the signature.
class blob_container {
public:
    using done = std::function<void(result<>)>;
    using piece_taken = std::function<void(result<blob_piece>)>;

    // Drops what is under way: its callback is not called.
    virtual ~blob_container() = default;

    // Keeps a part of a blob until commit_blocks(): number 0 is the first; at most 8 MiB.
    virtual void put_block(const std::string& blob, std::size_t number, std::string bytes,
                           done answered) = 0;

    // Makes the first `count` blocks the blob, in place of what it was. None: it is empty.
    virtual void commit_blocks(const std::string& blob, std::size_t count, done answered) = 0;

    // As much of the range as there is; nothing where it begins behind the blob's end.
    virtual void read(const std::string& blob, byte_range range, piece_taken taken) = 0;

    virtual void remove(const std::string& blob, done answered) = 0;

    // Tries whether the container may be listed.
    virtual void list(done answered) = 0;
};

class blob_containers {
public:
    virtual ~blob_containers() = default;

    // Nothing is asked of the storage yet. blob_container_validation_error where the text is not
    // the URI of a container.
    virtual result<std::unique_ptr<blob_container>> open(const std::string& sas_uri) = 0;
};

} // namespace iothub::core
